package publish

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRoomIsTakenBack(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "made", "on", "the", "way")
	path, leave, err := MakeRoom(dir, "shop")
	require.NoError(t, err)
	require.Equal(t, filepath.Join(dir, "shop"), path)
	require.DirExists(t, path)
	leave()
	require.Empty(t, names(t, base))
}

// What is in use, or was there before, stays.
func TestRoomThatIsUsedStays(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "out")
	_, leave, err := MakeRoom(dir, "shop")
	require.NoError(t, err)
	night := publishGeneration(t, dir, "2011-12-10", 1)
	leave()
	requireGeneration(t, night, 1)

	require.NoError(t, os.MkdirAll(filepath.Join(base, "before", "shop"), 0o750))
	_, leave, err = MakeRoom(filepath.Join(base, "before"), "shop")
	require.NoError(t, err)
	leave()
	require.DirExists(t, filepath.Join(base, "before", "shop"))
}

func TestRoomThatCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, _, err := MakeRoom(file, "shop")
	require.ErrorContains(t, err, "not a directory; a file stands where a folder is needed")
	_, _, err = MakeRoom(t.TempDir(), "../shop")
	require.ErrorContains(t, err, "cannot be a folder's name")
}

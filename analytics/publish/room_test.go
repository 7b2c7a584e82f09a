package publish

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
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

// A link to a disk that is not mounted stays, so that the next run does not begin
// anew in its place.
func TestRoomBehindALinkToNothing(t *testing.T) {
	base := t.TempDir()
	gone := filepath.Join(base, "disk")
	for _, at := range []string{"out", "out/shop"} {
		link := filepath.Join(base, at)
		require.NoError(t, os.MkdirAll(filepath.Dir(link), 0o750))
		require.NoError(t, os.Symlink(gone, link))
		for range 2 {
			_, _, err := MakeRoom(filepath.Join(base, "out"), "shop")
			require.EqualError(t, err, "publish: cannot use "+link+": it is a link to "+gone+", which is not there; "+
				"mount the disk that it leads to, mend the link, or choose another folder with --out")
			to, err := os.Readlink(link)
			require.NoError(t, err)
			require.Equal(t, gone, to)
		}
		require.NoDirExists(t, gone)
		require.NoError(t, os.Remove(link))
	}
}

func TestRoomThatCannotBe(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, _, err := MakeRoom(file, "shop")
	require.ErrorContains(t, err, "not a directory; a file stands where a folder is needed")
	_, _, err = MakeRoom(t.TempDir(), "../shop")
	require.ErrorContains(t, err, "cannot be a folder's name")
}

func TestNoRoomSaysWhatToDo(t *testing.T) {
	err := NoRoom(fmt.Errorf("duckdb: no folder: %w", &fs.PathError{Op: "mkdir", Path: "/out/shop/.spill-1", Err: syscall.EROFS}), "/out/shop")
	require.EqualError(t, err, "publish: cannot keep working files in /out/shop: read-only file system; "+
		"let this user write there or choose another folder with --out")
	require.ErrorIs(t, err, syscall.EROFS)
}

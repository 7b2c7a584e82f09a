package publish

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// publishKeeping publishes a night of which a number of nights are kept, and gives those
// that it removed.
func publishKeeping(t *testing.T, dir, night string, count int) []string {
	t.Helper()
	s := stage(t, dir, night)
	s.KeepNights(count)
	generation(t, s, 1)
	_, err := s.Commit(nil)
	require.NoError(t, err)
	return s.Removed()
}

func TestOlderNightsAreRemoved(t *testing.T) {
	dir := t.TempDir()
	shop := filepath.Join(dir, "shop")
	for _, night := range []string{"2011-12-01", "2011-12-02", "2011-12-03", "2011-12-04"} {
		require.Empty(t, publishKeeping(t, dir, night, 0), "all are kept")
	}
	require.Equal(t, []string{"2011-12-01", "2011-12-02"}, publishKeeping(t, dir, "2011-12-05", 3))
	require.Equal(t, []string{".lock", "2011-12-03", "2011-12-04", "2011-12-05", "latest"}, names(t, shop))
	require.Empty(t, publishKeeping(t, dir, "2011-12-05", 3), "the same night again")
	require.Equal(t, []string{"2011-12-03"}, publishKeeping(t, dir, "2011-12-06", 3))
}

// A night that is made up for late is among the oldest. It stays, and so does the one before it.
func TestTonightAndTheNightThatItFollowsStay(t *testing.T) {
	dir := t.TempDir()
	for _, night := range []string{"2011-11-01", "2011-11-02", "2011-12-02", "2011-12-03"} {
		publishKeeping(t, dir, night, 0)
	}
	require.Equal(t, []string{"2011-11-01"}, publishKeeping(t, dir, "2011-12-01", 2))
	require.Equal(t, []string{".lock", "2011-11-02", "2011-12-01", "2011-12-02", "2011-12-03", "latest"}, names(t, filepath.Join(dir, "shop")))
	require.Equal(t, []string{"2011-11-02", "2011-12-01", "2011-12-02"}, publishKeeping(t, dir, "2011-12-04", 2))
}

func TestOnlyWholeNightsAreCountedAndRemoved(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	shop := filepath.Join(dir, "shop")
	for _, night := range []string{"2011-12-02", "2011-12-03", "2011-12-04"} {
		publishKeeping(t, dir, night, 0)
	}
	moved := filepath.Join(elsewhere, "2011-12-01")
	require.NoError(t, os.Rename(filepath.Join(shop, "2011-12-02"), moved))
	require.NoError(t, os.Symlink(moved, filepath.Join(shop, "2011-12-02")))
	require.NoError(t, os.Mkdir(filepath.Join(shop, "2011-11-30"), 0o750)) // without _SUCCESS
	require.NoError(t, os.Mkdir(filepath.Join(shop, "2010"), 0o750))

	require.Equal(t, []string{"2011-12-03"}, publishKeeping(t, dir, "2011-12-05", 2))
	require.Equal(t, []string{".lock", "2010", "2011-11-30", "2011-12-02", "2011-12-04", "2011-12-05", "latest"}, names(t, shop))
	requireGeneration(t, moved, 1)
}

// keepsFolders is a disk on which folders cannot be removed, as one that fails.
type keepsFolders struct{ disk }

func (keepsFolders) removeAll(string) error { return errors.New("input/output error") }

func TestWhatCouldNotBeRemovedIsGoneForReadersAndGoesLater(t *testing.T) {
	dir := t.TempDir()
	shop := filepath.Join(dir, "shop")
	for _, night := range []string{"2011-12-01", "2011-12-02"} {
		publishKeeping(t, dir, night, 0)
	}
	s := stage(t, dir, "2011-12-03")
	s.KeepNights(2)
	generation(t, s, 1)
	s.home.on = keepsFolders{s.home.on}
	_, err := s.Commit(nil)
	require.NoError(t, err, "the night is published all the same")
	require.Equal(t, []string{"2011-12-01"}, s.Removed())
	require.Equal(t, []string{".lock", ".retired-2011-12-01", "2011-12-02", "2011-12-03", "latest"}, names(t, shop))
	require.NoFileExists(t, filepath.Join(shop, ".retired-2011-12-01", SuccessFile), "it passes for no publication")

	require.NoError(t, stage(t, dir, "2011-12-04").Abort())
	require.Equal(t, []string{".lock", "2011-12-02", "2011-12-03", "latest"}, names(t, shop))
}

//go:build unix

package publish

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/regular"
)

// elsewhere is a folder that is not the package's, with the files of a
// publication and one more folder.
func elsewhere(t *testing.T) (path string, requireUntouched func()) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "elsewhere")
	require.NoError(t, os.MkdirAll(filepath.Join(path, "more"), 0o750))
	for _, file := range []string{"customers.csv", "segments.csv", ManifestFile, SuccessFile, filepath.Join("more", "file")} {
		require.NoError(t, os.WriteFile(filepath.Join(path, file), []byte("7"), 0o600))
	}
	return path, func() {
		t.Helper()
		require.Equal(t, []string{SuccessFile, "customers.csv", "more", ManifestFile, "segments.csv"}, names(t, path))
		require.Equal(t, []string{"file"}, names(t, filepath.Join(path, "more")))
		requireGeneration(t, path, 7)
	}
}

// Whatever working name is a link to somewhere else, the link goes and that place
// stays as it was.
func TestCleanUpFollowsNoLink(t *testing.T) {
	for _, name := range []string{
		".staging-2011-12-09", ".staging-2011-12-10", ".staging-2011-12-11", ".replaced-2011-12-10", ".latest-new",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			publishGeneration(t, dir, "2011-12-10", 1)
			place, requireUntouched := elsewhere(t)
			require.NoError(t, os.Symlink(place, filepath.Join(dir, "shop", name)))
			s := stage(t, dir, "2011-12-11")
			requireUntouched()
			generation(t, s, 2)
			_, err := s.Commit(nil)
			require.NoError(t, err)
			requireUntouched()
			require.Equal(t, []string{".lock", "2011-12-10", "2011-12-11", "latest"}, names(t, filepath.Join(dir, "shop")))
		})
	}
}

// The staging folder is taken for a link while the night is worked on.
func TestAbortFollowsNoLink(t *testing.T) {
	dir := t.TempDir()
	place, requireUntouched := elsewhere(t)
	s := stage(t, dir, "2011-12-10")
	require.NoError(t, os.Remove(s.path))
	require.NoError(t, os.Symlink(place, s.path))
	require.NoError(t, s.Abort())
	requireUntouched()
	require.Equal(t, []string{".lock"}, names(t, filepath.Join(dir, "shop")))
}

// A night that was moved to another disk and linked back keeps all it has there,
// whichever way it is replaced.
func TestNightThatIsALink(t *testing.T) {
	for name, swap := range map[string]func(a, b string) error{
		"exchanged": exchange, "in two steps": func(_, _ string) error { return syscall.ENOSYS },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			place, requireUntouched := elsewhere(t)
			publishGeneration(t, dir, "2011-12-09", 1)
			night := filepath.Join(dir, "shop", "2011-12-10")
			require.NoError(t, os.Symlink(place, night))
			s := stage(t, dir, "2011-12-10")
			requireGeneration(t, filepath.Join(dir, "shop", LatestLink), 7)
			s.home.on = swapDisk{swap: swap}
			generation(t, s, 2)
			_, err := s.Commit(nil)
			require.NoError(t, err)
			requireGeneration(t, night, 2)
			info, err := os.Lstat(night)
			require.NoError(t, err)
			require.True(t, info.IsDir())
			requireUntouched()
			require.Equal(t, []string{".lock", "2011-12-09", "2011-12-10", "latest"}, names(t, filepath.Join(dir, "shop")))
		})
	}
}

// A run was killed between the two steps that replace such a night.
func TestNightThatIsALinkIsRestored(t *testing.T) {
	dir := t.TempDir()
	place, requireUntouched := elsewhere(t)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "shop"), 0o750))
	require.NoError(t, os.Symlink(place, filepath.Join(dir, "shop", ".replaced-2011-12-10")))
	require.NoError(t, stage(t, dir, "2011-12-11").Abort())
	requireGeneration(t, filepath.Join(dir, "shop", "2011-12-10"), 7)
	requireUntouched()
}

// The output folder and the job's folder may be links: that is the user's wish.
func TestOutputFolderThatIsALink(t *testing.T) {
	for _, linked := range []string{".", "shop"} {
		base, dir := t.TempDir(), filepath.Join(t.TempDir(), "out")
		if linked == "shop" {
			require.NoError(t, os.Mkdir(dir, 0o750))
		}
		require.NoError(t, os.Symlink(base, filepath.Join(dir, linked)))
		publishGeneration(t, dir, "2011-12-10", 1)
		publishGeneration(t, dir, "2011-12-10", 2)
		requireGeneration(t, filepath.Join(dir, "shop", "latest"), 2)
		info, err := os.Lstat(filepath.Join(dir, linked))
		require.NoError(t, err)
		require.NotZero(t, info.Mode()&os.ModeSymlink)
	}
}

// A lock that is a link, a pipe or a folder is refused at once, and what a link
// leads to is not made.
func TestLockThatIsNoFile(t *testing.T) {
	for name, put := range map[string]func(path string) error{
		"a link":   func(path string) error { return os.Symlink(filepath.Join(filepath.Dir(path), "made"), path) },
		"a pipe":   func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"a folder": func(path string) error { return os.Mkdir(path, 0o700) },
	} {
		dir := t.TempDir()
		require.NoError(t, os.Mkdir(filepath.Join(dir, "shop"), 0o750))
		lock := filepath.Join(dir, "shop", LockFile)
		require.NoError(t, put(lock))
		_, err := Begin(dir, "shop", day(t, "2011-12-10"))
		require.EqualError(t, err, "publish: cannot lock "+lock+": it is "+name+", not a regular file; move it away and run again")
		require.ErrorIs(t, err, regular.ErrNotRegular)
		require.Equal(t, []string{LockFile}, names(t, filepath.Join(dir, "shop")))
	}
}

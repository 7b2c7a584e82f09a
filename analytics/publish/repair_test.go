package publish

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// killed gives a series with generation 1 published and generation 2 sealed in
// its staging folder, as a kill just before Commit's renames leaves it.
func killed(t *testing.T) (dir string, home series) {
	t.Helper()
	dir = t.TempDir()
	publishGeneration(t, dir, "2011-12-10", 1)
	s := stage(t, dir, "2011-12-10")
	generation(t, s, 2)
	require.NoError(t, s.seal(nil))
	require.NoError(t, s.lock.Unlock()) // as the kernel does for the dead
	s.closed, s.released = true, true
	return dir, s.home
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	require.NoError(t, os.Rename(from, to))
}

// Every state in which a run can be killed, made by hand in the order of its
// steps. want is the generation that the next Begin must find.
func TestBeginMendsWhatAKilledRunLeft(t *testing.T) {
	const night = "2011-12-10"
	for _, c := range []struct {
		name string
		want int
		kill func(t *testing.T, s series)
	}{
		{"while files are written", 1, func(t *testing.T, s series) {
			t.Helper()
			require.NoError(t, os.Remove(filepath.Join(s.staging(night), SuccessFile)))
		}},
		{"sealed, not in place", 1, func(*testing.T, series) {}},
		{"after the exchange", 2, func(t *testing.T, s series) {
			t.Helper()
			rename(t, s.final(night), s.path("held"))
			rename(t, s.staging(night), s.final(night))
			rename(t, s.path("held"), s.staging(night))
		}},
		{"during the removal of the exchanged", 2, func(t *testing.T, s series) {
			t.Helper()
			rename(t, s.final(night), s.path("held"))
			rename(t, s.staging(night), s.final(night))
			rename(t, s.path("held"), s.staging(night))
			require.NoError(t, os.Remove(filepath.Join(s.staging(night), SuccessFile)))
		}},
		{"between the two steps", 1, func(t *testing.T, s series) {
			t.Helper()
			rename(t, s.final(night), s.replaced(night))
		}},
		{"after the two steps", 2, func(t *testing.T, s series) {
			t.Helper()
			rename(t, s.final(night), s.replaced(night))
			rename(t, s.staging(night), s.final(night))
		}},
		{"while latest was made", 1, func(t *testing.T, s series) {
			t.Helper()
			require.NoError(t, os.Symlink(night, s.path(newLatestName)))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, home := killed(t)
			c.kill(t, home)
			s := stage(t, dir, "2011-12-11")
			requireGeneration(t, home.final(night), c.want)
			requireGeneration(t, home.path(LatestLink), c.want)
			require.Equal(t, []string{".lock", ".staging-2011-12-11", night, "latest"}, names(t, home.folder))
			require.NoError(t, s.Abort())
		})
	}
}

// A first publication can be killed between its renaming and latest's.
func TestBeginPointsLatestAtANightThatWasKilledBeforeIt(t *testing.T) {
	dir := t.TempDir()
	first := publishGeneration(t, dir, "2011-12-10", 1)
	link := filepath.Join(dir, "shop", LatestLink)
	require.NoError(t, os.Remove(link))
	require.NoError(t, stage(t, dir, "2011-12-09").Abort())
	requireGeneration(t, link, 1)
	requireGeneration(t, first, 1)
}

func TestBeginTouchesNothingElse(t *testing.T) {
	dir := t.TempDir()
	foreign := []string{
		".staging-notes", ".staging-", ".staging-2011-13-01", ".replaced-old", ".stagings", ".latest", "2011-12-01", "notes", "staging-2011-12-10",
	}
	for _, name := range foreign {
		require.NoError(t, os.MkdirAll(filepath.Join(dir, "shop", name, "kept"), 0o750))
	}
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "other", ".staging-2011-12-10", "kept"), 0o750))
	publishGeneration(t, dir, "2011-12-10", 1)
	for _, name := range foreign {
		require.DirExists(t, filepath.Join(dir, "shop", name, "kept"))
	}
	require.DirExists(t, filepath.Join(dir, "other", ".staging-2011-12-10", "kept"))
}

// Somebody put an unfinished folder into the gap of a two-step replacement.
func TestBeginKeepsTheOnlyWholeCopy(t *testing.T) {
	dir, home := killed(t)
	rename(t, home.final("2011-12-10"), home.replaced("2011-12-10"))
	require.NoError(t, os.Mkdir(home.final("2011-12-10"), 0o750))
	_, err := Begin(dir, "shop", day(t, "2011-12-10"))
	require.ErrorContains(t, err, "move one of the two away and run again")
	requireGeneration(t, home.replaced("2011-12-10"), 1)
}

// Every answer by which a system says that it cannot exchange leads to the two
// steps.
func TestCommitWithoutExchange(t *testing.T) {
	for _, refusal := range []error{syscall.ENOSYS, syscall.EINVAL, syscall.EOPNOTSUPP, syscall.EPERM, errors.ErrUnsupported} {
		dir := t.TempDir()
		publishGeneration(t, dir, "2011-12-10", 1)
		s := stage(t, dir, "2011-12-10")
		s.home.on = swapDisk{swap: func(_, _ string) error { return refusal }}
		generation(t, s, 2)
		path, err := s.Commit(nil)
		require.NoError(t, err)
		requireGeneration(t, path, 2)
		require.Equal(t, []string{".lock", "2011-12-10", "latest"}, names(t, filepath.Join(dir, "shop")))
	}
}

// An error that does not speak of ability must not lead to the weaker way.
func TestCommitReportsAFailedExchange(t *testing.T) {
	dir := t.TempDir()
	first := publishGeneration(t, dir, "2011-12-10", 1)
	s := stage(t, dir, "2011-12-10")
	s.home.on = swapDisk{swap: func(_, _ string) error { return syscall.EIO }}
	generation(t, s, 2)
	_, err := s.Commit(nil)
	require.ErrorIs(t, err, syscall.EIO)
	require.NoError(t, s.Abort())
	requireGeneration(t, first, 1)
	require.Equal(t, []string{".lock", "2011-12-10", "latest"}, names(t, filepath.Join(dir, "shop")))
}

// The second of the two steps fails, here because its source has gone: the
// first is taken back on the spot.
func TestCommitTakesTheFirstStepBack(t *testing.T) {
	dir := t.TempDir()
	first := publishGeneration(t, dir, "2011-12-10", 1)
	s := stage(t, dir, "2011-12-10")
	s.home.on = swapDisk{swap: func(a, _ string) error {
		require.NoError(t, os.RemoveAll(a))
		return syscall.EINVAL
	}}
	_, err := s.Commit(nil)
	require.ErrorIs(t, err, os.ErrNotExist)
	requireGeneration(t, first, 1)
}

// The new night is in place when latest turns out to be blocked. The error says
// so, a second Commit is barred, and the next Begin makes up for the rest.
func TestCommitThatCannotRepoint(t *testing.T) {
	dir := t.TempDir()
	publishGeneration(t, dir, "2011-12-10", 1)
	s := stage(t, dir, "2011-12-11")
	generation(t, s, 2)
	link := filepath.Join(dir, "shop", LatestLink)
	require.NoError(t, os.Remove(link))
	require.NoError(t, os.MkdirAll(filepath.Join(link, "in the way"), 0o750))
	_, err := s.Commit(nil)
	require.ErrorContains(t, err, "2011-12-11 is already in place")
	_, err = s.Commit(nil)
	require.ErrorIs(t, err, errClosed)
	require.NoError(t, s.Abort())
	requireGeneration(t, filepath.Join(dir, "shop", "2011-12-11"), 2)

	require.NoError(t, os.RemoveAll(link))
	require.NoError(t, stage(t, dir, "2011-12-12").Abort())
	requireGeneration(t, link, 2)
}

package publish

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// swapDisk is a disk whose folders change places as swap says.
type swapDisk struct {
	realDisk
	swap func(a, b string) error
}

func (d swapDisk) exchange(a, b string) error { return d.swap(a, b) }

// recorder is a disk that remembers what was done to it, in order, with paths as seen
// from the folder of the nights.
type recorder struct {
	realDisk
	swap func(a, b string) error // nil: folders can be exchanged
	home string

	mu   sync.Mutex
	done []string
}

func (r *recorder) note(what string, paths ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, path := range paths {
		if short, err := filepath.Rel(r.home, path); err == nil && filepath.IsAbs(path) {
			paths[i] = short
		}
	}
	event := strings.Join(append([]string{what}, paths...), " ")
	if n := len(r.done); n == 0 || r.done[n-1] != event { // one write of many
		r.done = append(r.done, event)
	}
}

func (r *recorder) create(path string) (diskFile, error) {
	r.note("create", path)
	f, err := r.realDisk.create(path)
	return recordedFile{f, r, path}, err
}

func (r *recorder) mkdir(path string) error {
	r.note("mkdir", path)
	return r.realDisk.mkdir(path)
}

func (r *recorder) rename(from, to string) error {
	r.note("rename", from, to)
	return r.realDisk.rename(from, to)
}

func (r *recorder) exchange(a, b string) error {
	if r.swap != nil {
		return r.swap(a, b)
	}
	r.note("exchange", a, b)
	return r.realDisk.exchange(a, b)
}

func (r *recorder) symlink(target, path string) error {
	r.note("symlink", target, path)
	return r.realDisk.symlink(target, path)
}

func (r *recorder) remove(path string) error {
	if _, err := os.Lstat(path); err == nil {
		r.note("remove", path)
	}
	return r.realDisk.remove(path)
}

func (r *recorder) removeAll(path string) error {
	r.note("remove all", path)
	return r.realDisk.removeAll(path)
}

func (r *recorder) sync(folder string) error {
	r.note("sync", folder)
	return r.realDisk.sync(folder)
}

type recordedFile struct {
	diskFile
	*recorder
	path string
}

func (f recordedFile) Write(p []byte) (int, error) {
	f.note("write", f.path)
	return f.diskFile.Write(p)
}

func (f recordedFile) Sync() error {
	f.note("sync", f.path)
	return f.diskFile.Sync()
}

// recorded publishes a night with one file, and gives what was done to the disk by
// Begin, and then by all that followed.
func recorded(t *testing.T, r *recorder, dir string) (begun, committed []string) {
	t.Helper()
	s, err := series{filepath.Join(dir, "shop"), r}.begin(day(t, "2011-12-10"))
	require.NoError(t, err)
	begun, r.done = r.done, nil
	put(t, s, "customers.csv", "a\n")
	_, err = s.Commit(map[string]int{"generation": 1})
	require.NoError(t, err)
	return begun, r.done
}

func newRecorder(dir string) *recorder { return &recorder{home: filepath.Join(dir, "shop")} }

// sealed is how a night is written before it has its name.
var sealed = []string{
	"create .staging-2011-12-10/customers.csv", "write .staging-2011-12-10/customers.csv", "sync .staging-2011-12-10/customers.csv",
	"create .staging-2011-12-10/run.json", "write .staging-2011-12-10/run.json", "sync .staging-2011-12-10/run.json",
	"create .staging-2011-12-10/_SUCCESS", "sync .staging-2011-12-10/_SUCCESS",
	"sync .staging-2011-12-10",
}

// A power cut keeps what was synced and, of the rest, whatever it likes: each change is on
// the disk before the next one that rests on it. No test that kills a process sees that.
func TestOrderOfTheFirstPublication(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	begun, committed := recorded(t, newRecorder(dir), dir)
	require.Equal(t, []string{
		"mkdir ..", "sync ../..", "mkdir .", "sync ..",
		"sync .", // repair begins so, and finds nothing
		"mkdir .staging-2011-12-10",
	}, slices.Compact(begun))
	require.Equal(t, slices.Concat(sealed, []string{
		"rename .staging-2011-12-10 2011-12-10",
		"sync .",
		"symlink 2011-12-10 .latest-new", "rename .latest-new latest",
		"sync .",
	}), committed)
}

func TestOrderOfAReplacement(t *testing.T) {
	if err := exchange(t.TempDir(), t.TempDir()); cannotExchange(err) {
		t.Skip("folders cannot be exchanged in one step on this system")
	}
	dir := t.TempDir()
	publishGeneration(t, dir, "2011-12-10", 1)
	_, committed := recorded(t, newRecorder(dir), dir)
	require.Equal(t, slices.Concat(sealed, []string{
		"exchange .staging-2011-12-10 2011-12-10",
		"sync .",
		"remove .staging-2011-12-10/_SUCCESS", "remove all .staging-2011-12-10",
	}), committed)
}

func TestOrderOfAReplacementInTwoSteps(t *testing.T) {
	dir := t.TempDir()
	publishGeneration(t, dir, "2011-12-10", 1)
	r := newRecorder(dir)
	r.swap = func(_, _ string) error { return syscall.EINVAL }
	_, committed := recorded(t, r, dir)
	require.Equal(t, slices.Concat(sealed, []string{
		"rename 2011-12-10 .replaced-2011-12-10",
		"sync .",
		"rename .staging-2011-12-10 2011-12-10",
		"sync .",
		"remove .replaced-2011-12-10/_SUCCESS", "remove all .replaced-2011-12-10",
	}), committed)
}

// What a killed run left is mended before the new one begins.
func TestOrderOfRepair(t *testing.T) {
	for name, c := range map[string]struct {
		kill func(t *testing.T, s series)
		want []string
	}{
		"not in place": {func(*testing.T, series) {}, []string{
			"sync .",
			"remove .staging-2011-12-10/_SUCCESS", "remove all .staging-2011-12-10",
			"sync .",
		}},
		"between the two steps": {func(t *testing.T, s series) {
			rename(t, s.final("2011-12-10"), s.replaced("2011-12-10"))
		}, []string{
			"sync .",
			"rename .replaced-2011-12-10 2011-12-10",
			"remove .staging-2011-12-10/_SUCCESS", "remove all .staging-2011-12-10",
			"sync .",
		}},
		"after the two steps": {func(t *testing.T, s series) {
			rename(t, s.final("2011-12-10"), s.replaced("2011-12-10"))
			rename(t, s.staging("2011-12-10"), s.final("2011-12-10"))
		}, []string{
			"sync .",
			"remove .replaced-2011-12-10/_SUCCESS", "remove all .replaced-2011-12-10",
			"sync .",
		}},
		"while latest was made": {func(t *testing.T, s series) {
			require.NoError(t, os.RemoveAll(s.staging("2011-12-10")))
			require.NoError(t, os.Remove(s.path(LatestLink)))
			require.NoError(t, os.Symlink("2011-12-10", s.path(newLatestName)))
		}, []string{
			"sync .",
			"remove .latest-new",
			"sync .",
			"symlink 2011-12-10 .latest-new", "rename .latest-new latest",
			"sync .",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			dir, home := killed(t)
			c.kill(t, home)
			r := newRecorder(dir)
			s, err := series{home.folder, r}.begin(day(t, "2011-12-11"))
			require.NoError(t, err)
			require.Equal(t, append(c.want, "mkdir .staging-2011-12-11"), r.done)
			r.done = nil
			require.NoError(t, s.Abort())
			require.Equal(t, []string{"remove all .staging-2011-12-11"}, r.done)
		})
	}
}

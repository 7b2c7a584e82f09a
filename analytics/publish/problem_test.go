package publish

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestProblemsSayWhatWhereAndWhatToDo(t *testing.T) {
	other := errors.New("something else")
	for _, c := range []struct {
		err  error
		want string
	}{
		{syscall.ENOSPC, "publish: cannot write out/a.csv: no space left on device; " + adviceSpace},
		{syscall.EDQUOT, "publish: cannot write out/a.csv: disk quota exceeded; " + adviceSpace},
		{&os.PathError{Op: "open", Path: "out/a.csv", Err: syscall.EACCES}, "publish: cannot write out/a.csv: permission denied; " + adviceAccess},
		{&os.LinkError{Op: "rename", Old: "a", New: "b", Err: syscall.EPERM}, "publish: cannot write out/a.csv: operation not permitted; " + adviceAccess},
		{syscall.EROFS, "publish: cannot write out/a.csv: read-only file system; " + adviceAccess},
		{syscall.ENOTDIR, "publish: cannot write out/a.csv: not a directory; " + adviceFolder},
		{other, "publish: cannot write out/a.csv: something else"},
	} {
		err := explain(c.err, "write", "out/a.csv")
		require.EqualError(t, err, c.want)
		require.ErrorIs(t, err, bareCause(c.err))
	}
	require.NoError(t, explain(nil, "write", "out/a.csv"))
}

func TestOutputPathThatIsAFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "out")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for _, out := range []string{file, filepath.Join(file, "deeper")} {
		_, err := Begin(out, "shop", day(t, "2011-12-10"))
		require.ErrorContains(t, err, adviceFolder)
		require.ErrorContains(t, err, file)
	}
	// The same one level down: the job's own folder, and the night's.
	_, err := Begin(dir, "out", day(t, "2011-12-10"))
	require.ErrorContains(t, err, adviceFolder)
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "shop"), 0o750))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "shop", "2011-12-10"), nil, 0o600))
	_, err = Begin(dir, "shop", day(t, "2011-12-10"))
	require.ErrorContains(t, err, adviceFolder)
}

func TestOutputFolderThatCannotBeWritten(t *testing.T) {
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("permissions do not stop this user")
	}
	dir := t.TempDir()
	require.NoError(t, os.Chmod(dir, 0o500)) //nolint:gosec // a folder needs its x bit
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	_, err := Begin(dir, "shop", day(t, "2011-12-10"))
	require.ErrorIs(t, err, os.ErrPermission)
	require.ErrorContains(t, err, adviceAccess)
}

// latest may be a folder after a copy that followed links. It is not ours to
// remove, and the run must say so before it works all night.
func TestLatestThatIsNoLink(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "shop", "latest"), 0o750))
	_, err := Begin(dir, "shop", day(t, "2011-12-10"))
	require.ErrorContains(t, err, "latest is not a link")
	require.DirExists(t, filepath.Join(dir, "shop", "latest"))
	require.NoError(t, os.Remove(filepath.Join(dir, "shop", "latest")))
	publishGeneration(t, dir, "2011-12-10", 1) // the lock was not kept
}

// On /dev/full every write fails as on a full disk.
func TestFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full here: ", err)
	}
	dir := t.TempDir()
	s := stage(t, dir, "2011-12-10")
	f := newFile(filepath.Join(s.path, "customers.csv"), full)
	s.files["customers.csv"] = f
	_, err = f.Write([]byte("small enough for the buffer"))
	require.NoError(t, err)
	_, err = f.Write(make([]byte, 2*bufferBytes))
	require.ErrorIs(t, err, syscall.ENOSPC)
	require.ErrorContains(t, f.Close(), adviceSpace)
	require.ErrorContains(t, f.Close(), adviceSpace, "the second Close must not hide it")
	require.Empty(t, s.Files())
	_, err = s.Commit(nil)
	require.ErrorIs(t, err, syscall.ENOSPC)
	require.Len(t, strings.Split(err.Error(), "\n"), 1)
	require.NoDirExists(t, filepath.Join(dir, "shop", "2011-12-10"))
}

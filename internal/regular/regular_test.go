//go:build unix

package regular_test

import (
	"io"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/internal/regular"
)

func TestRegularFilesAreRead(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	require.NoError(t, os.WriteFile(file, []byte("content"), 0o600))
	require.NoError(t, os.Symlink(file, link))
	for _, path := range []string{file, link} {
		f, err := regular.Open(path)
		require.NoError(t, err)
		content, err := io.ReadAll(f)
		require.NoError(t, err)
		require.Equal(t, "content", string(content))
		require.NoError(t, f.Close())
		content, err = regular.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, "content", string(content))
	}
	_, err := regular.Open(filepath.Join(dir, "absent"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

// Whatever else bears the name, and links to it, is refused at once.
func TestOthersAreRefused(t *testing.T) {
	dir := t.TempDir()
	pipe, socket := filepath.Join(dir, "pipe"), filepath.Join(dir, "socket")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	listener, err := net.Listen("unix", socket)
	require.NoError(t, err)
	defer func() { require.NoError(t, listener.Close()) }()
	for path, want := range map[string]string{
		pipe: "it is a pipe, not a regular file", socket: "it is a socket, not a regular file",
		dir: "it is a folder, not a regular file", "/dev/zero": "it is a device, not a regular file",
	} {
		link := filepath.Join(t.TempDir(), "link")
		require.NoError(t, os.Symlink(path, link))
		for _, name := range []string{path, link} {
			done := make(chan error, 1)
			go func() {
				_, err := regular.Open(name)
				done <- err
			}()
			select {
			case err := <-done:
				require.EqualError(t, err, "open "+name+": "+want)
				require.ErrorIs(t, err, regular.ErrNotRegular)
			case <-time.After(10 * time.Second):
				require.Fail(t, "hangs", name)
			}
		}
	}
}

// A working file may be absent, and is no link, wherever that leads.
func TestOwnFiles(t *testing.T) {
	dir := t.TempDir()
	file, link, pipe := filepath.Join(dir, "file"), filepath.Join(dir, "link"), filepath.Join(dir, "pipe")
	require.NoError(t, regular.CheckOwn(file))
	require.NoError(t, os.Symlink(file, link))
	require.EqualError(t, regular.CheckOwn(link), "open "+link+": it is a link, not a regular file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	require.NoError(t, regular.CheckOwn(file))
	require.ErrorIs(t, regular.CheckOwn(link), regular.ErrNotRegular)
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	require.ErrorIs(t, regular.CheckOwn(pipe), regular.ErrNotRegular)
}

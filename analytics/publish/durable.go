package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// syncFolder waits until the disk has the folder's list of names. Without it a power cut
// may bring back an older list, although the files themselves are safe.
func syncFolder(on disk, path string) error { return explain(on.sync(path), "sync", path) }

// makeFolders is os.MkdirAll whose folders survive a power cut: each new name
// is synced into its parent.
func makeFolders(on disk, path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		return explain(syscall.ENOTDIR, "use", path)
	}
	if err == nil {
		return nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return explain(err, "use", path)
	}
	if to, err := os.Readlink(path); err == nil {
		return fmt.Errorf("publish: cannot use %s: it is a link to %s, which is not there; %s", path, to, adviceLink)
	}
	parent := filepath.Dir(path)
	if err := makeFolders(on, parent); err != nil {
		return err
	}
	// Another job may make the shared parents at the same moment.
	if err := on.mkdir(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return explain(err, "make folder", path)
	}
	return syncFolder(on, parent)
}

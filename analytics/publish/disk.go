package publish

import (
	"errors"
	"io"
	"os"
	"runtime"
	"syscall"
)

// disk is how this package changes what is on a disk; it reads without it. The order of
// changes is what a power cut tests: a recorder in this place sees all of them.
type disk interface {
	create(path string) (diskFile, error) // a file that was not there before
	mkdir(path string) error
	rename(from, to string) error
	exchange(a, b string) error // makes two folders change places in one step
	symlink(target, path string) error
	remove(path string) error
	removeAll(path string) error
	sync(folder string) error // waits until the disk has the folder's list of names
}

// diskFile is a file being written.
type diskFile interface {
	io.WriteCloser
	Sync() error
}

// realDisk is that of the machine.
type realDisk struct{}

func (realDisk) create(path string) (diskFile, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (realDisk) mkdir(path string) error           { return os.Mkdir(path, 0o755) }
func (realDisk) rename(from, to string) error      { return os.Rename(from, to) }
func (realDisk) exchange(a, b string) error        { return exchange(a, b) }
func (realDisk) symlink(target, path string) error { return os.Symlink(target, path) }
func (realDisk) remove(path string) error          { return os.Remove(path) }
func (realDisk) removeAll(path string) error       { return os.RemoveAll(path) }

// sync is without effect where folders cannot be synced: Windows cannot open them for
// this, and NTFS journals names itself; some network file systems order names on their
// server and refuse the call.
func (realDisk) sync(folder string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	err = f.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		err = nil
	}
	return errors.Join(err, f.Close())
}

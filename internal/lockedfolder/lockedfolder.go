// Package lockedfolder keeps folders that belong to one run for as long as it lives.
//
// A folder has a lock in it. The kernel keeps locks, so that a run that is killed holds
// none, and it makes no difference in which container it lived or what its process was
// called.
package lockedfolder

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/gofrs/flock"
)

// LockName is the file in a folder that is locked.
const LockName = ".lock"

// Take locks a folder; nil where somebody else has it, or has removed it.
func Take(path string) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(path, LockName))
	held, err := lock.TryLock()
	if err != nil || !held {
		return nil, err
	}
	// Who removed the folder may have held the lock a moment ago: then this is the
	// lock of a folder that is no more.
	mine, err := lock.Stat()
	if err == nil {
		var there fs.FileInfo
		if there, err = os.Lstat(lock.Path()); err == nil && os.SameFile(mine, there) {
			return lock, nil
		}
	}
	_ = lock.Unlock()
	return nil, err
}

// Remove removes a folder whose lock is held, the lock last: a folder without one is
// anybody's, and who takes it then removes it.
func Remove(path string, lock *flock.Flock) error {
	entries, err := os.ReadDir(path)
	errs := []error{there(err)}
	for _, entry := range entries {
		if entry.Name() != LockName {
			errs = append(errs, os.RemoveAll(filepath.Join(path, entry.Name())))
		}
	}
	if runtime.GOOS == "windows" { // where a file that is open cannot be removed
		_ = lock.Unlock()
	}
	errs = append(errs, there(os.Remove(lock.Path())))
	if err := os.Remove(path); !errors.Is(err, syscall.ENOTEMPTY) {
		errs = append(errs, there(err))
	}
	return errors.Join(append(errs, lock.Unlock())...)
}

// RemoveDead removes a folder if no run that lives has it.
func RemoveDead(path string) error {
	if info, err := os.Lstat(filepath.Join(path, LockName)); err == nil && !info.Mode().IsRegular() {
		return nil // a lock that is a link or a pipe is nothing that a run has made
	}
	lock, err := Take(path)
	if err != nil || lock == nil {
		return err
	}
	return Remove(path, lock)
}

// there passes over what is gone already.
func there(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

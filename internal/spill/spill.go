// Package spill makes the folders that hold, while a run lasts, what does not fit
// into its memory: customers' data, which must not outlive it.
//
// Only this user can look into such a folder, and a lock in it is held for as long as
// its run lives. Whoever makes the next one first removes those whose runs are dead:
// killed, or gone with the machine. The kernel keeps locks, so that it makes no
// difference in which container a run lives or what its process is called.
package spill

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"github.com/gofrs/flock"
)

const (
	// prefix begins the names of the folders. Listings and patterns pass over names
	// with a dot.
	prefix = ".clientele-spill-"
	// formerPrefix began them in versions that put them in the system's temporary
	// folder.
	formerPrefix = "clientele-spill-"
	lockName     = ".lock"
)

// Folder is a folder in use.
type Folder struct {
	path string
	lock *flock.Flock
}

// Make makes a folder in parent, which must be there; empty: in the system's temporary
// folder. It removes what dead runs left in parent and in the temporary folder.
func Make(parent string) (*Folder, error) {
	if parent == "" {
		parent = os.TempDir()
	}
	sweep(parent)
	if temporary := os.TempDir(); temporary != parent {
		sweep(temporary)
	}
	// Between its making and its locking a folder looks like that of a dead run. Then
	// it is removed, and the next one is tried.
	const tries = 100
	for range tries {
		path, err := os.MkdirTemp(parent, prefix+"*") // for this user alone
		if err != nil {
			return nil, err
		}
		lock, err := take(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, errors.Join(err, os.RemoveAll(path))
		}
		if lock != nil {
			return &Folder{path, lock}, nil
		}
	}
	return nil, fmt.Errorf("%s: folders vanish as soon as they are made", parent)
}

// Path is where the folder is.
func (f *Folder) Path() string { return f.path }

// Remove removes the folder with all that is in it. A second call does nothing.
func (f *Folder) Remove() error {
	if f == nil || f.lock == nil {
		return nil
	}
	lock := f.lock
	f.lock = nil
	return remove(f.path, lock)
}

// take locks a folder; nil where somebody else has it, or has removed it.
func take(path string) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(path, lockName))
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

// remove removes a folder whose lock is held, the lock last: a folder without one is
// anybody's, and who takes it then removes it.
func remove(path string, lock *flock.Flock) error {
	entries, err := os.ReadDir(path)
	errs := []error{there(err)}
	for _, entry := range entries {
		if entry.Name() != lockName {
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

// there passes over what is gone already.
func there(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// isOurs tells whether a run names its folders so: a prefix, and the digits that
// os.MkdirTemp puts behind it. clientele-spill-notes is somebody's own.
func isOurs(name string) bool {
	number, ok := strings.CutPrefix(name, prefix)
	if !ok {
		number, ok = strings.CutPrefix(name, formerPrefix)
	}
	return ok && number != "" && strings.Trim(number, "0123456789") == ""
}

// sweep removes the folders of dead runs. What cannot be removed, such as another
// user's, is left for whose it is: it keeps nobody from working.
func sweep(parent string) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	for _, entry := range entries {
		name := entry.Name()
		// A link of that name is nothing that a run has made.
		if !entry.IsDir() || !isOurs(name) {
			continue
		}
		path := filepath.Join(parent, name)
		if info, err := os.Lstat(filepath.Join(path, lockName)); err == nil && !info.Mode().IsRegular() {
			continue // nor is a lock that is a link or a pipe
		}
		if lock, err := take(path); err == nil && lock != nil {
			_ = remove(path, lock)
		}
	}
}

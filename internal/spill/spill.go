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
	"strings"

	"github.com/gofrs/flock"

	"clientele/internal/lockedfolder"
)

const (
	// prefix begins the names of the folders. Listings and patterns pass over names
	// with a dot.
	prefix = ".clientele-spill-"
	// formerPrefix began them in versions that put them in the system's temporary
	// folder.
	formerPrefix = "clientele-spill-"
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
		lock, err := lockedfolder.Take(path)
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
	return lockedfolder.Remove(f.path, lock)
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
		_ = lockedfolder.RemoveDead(filepath.Join(parent, name))
	}
}

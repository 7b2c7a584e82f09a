package cache

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Files that are being written hold customers' data as entries do, and no run takes them. A run
// that ends early removes its own; what one leaves that is killed, the next run removes.

// room makes an empty file.
func (f *Folder) room() (string, error) {
	file, err := os.CreateTemp(f.path, "*"+partEnding) // for this user alone
	if err != nil {
		return "", err
	}
	f.mu.Lock()
	f.parts[file.Name()] = true
	f.mu.Unlock()
	return file.Name(), file.Close()
}

// written says that a file is not being written any more.
func (f *Folder) written(path string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.parts, path)
}

// drop removes a file that is being written. One that stays the next run removes.
func (f *Folder) drop(path string) {
	_ = os.Remove(path)
	f.written(path)
}

// dropAll removes all that this run is writing.
func (f *Folder) dropAll() {
	for _, path := range slices.Collect(maps.Keys(f.parts)) {
		f.drop(path)
	}
}

// sweep removes what earlier runs were writing, where no other run is at work.
func (f *Folder) sweep() error {
	alone, err := f.lock.TryLock()
	if err != nil || !alone {
		return err
	}
	return errors.Join(f.removeParts(), f.lock.Unlock())
}

// removeParts removes all files that are being written, for a run that is alone.
func (f *Folder) removeParts() error {
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), partEnding) && !e.IsDir() {
			errs = append(errs, os.Remove(filepath.Join(f.path, e.Name())))
		}
	}
	return errors.Join(errs...)
}

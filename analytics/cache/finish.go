package cache

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// idleRuns is how many runs may pass over an entry whose file is still there before it is
// removed: who tries another mapping for a week and goes back finds it.
const idleRuns = 7

// usage says which run used which entry last.
type usage struct {
	Run  int            `json:"run"` // counts the runs that finished and tidied up
	Last map[string]int `json:"last"`
	// Gone are entries whose file a run that failed did not have, and since when, in seconds since 1970.
	Gone map[string]int64 `json:"gone,omitempty"`
}

// goneFor is how long the file of an entry is gone before a run that fails removes the entry. Nights
// are a day apart, and who tries a failed night again does so within hours: half a day lies between.
const goneFor = 12 * time.Hour

// Finish removes what is not needed any more and leaves the folder: entries whose file is not
// among tonight's at once, the others when no run has used them for a while. Where another
// run is at work nothing is removed: the last one to finish does it.
func (f *Folder) Finish() error {
	return f.leave(func(lock *flock.Flock, alone bool) error {
		var errs []error
		if alone {
			errs = append(errs, f.tidy(true))
		} else if shared, err := lock.TryRLock(); err != nil || !shared {
			return err // whoever has the folder removes what is being written
		}
		// Last: a full disk must not keep what was to be removed.
		return errors.Join(append(errs, f.stamps.write(f.at(stampsName)))...)
	})
}

// Close leaves the folder after a run that failed. What it was writing is removed. Entries stay,
// but for those whose file was gone half a day before, on a run that failed: exports that arrive in
// part fail one night, and their entries are of use on the next. A second call does nothing.
func (f *Folder) Close() error {
	err := f.leave(func(_ *flock.Flock, alone bool) error {
		switch {
		case !alone:
			return nil
		case f.listed:
			return f.tidy(false)
		}
		return f.removeParts()
	})
	if err != nil {
		return fmt.Errorf("cache: %w", err)
	}
	return nil
}

// leave gives the folder back after a last act, which is told whether no other run is at work. A
// second call does nothing.
func (f *Folder) leave(act func(lock *flock.Flock, alone bool) error) error {
	if f == nil || f.lock == nil {
		return nil
	}
	lock := f.lock
	f.lock = nil
	f.dropAll()
	if err := lock.Unlock(); err != nil {
		return err
	}
	alone, err := lock.TryLock()
	if err == nil {
		err = act(lock, alone)
	}
	return errors.Join(err, lock.Unlock())
}

// tidy removes what is not needed, for a run that is alone. A run that is not done says nothing of
// what is of use.
func (f *Folder) tidy(done bool) error {
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return err
	}
	u := readUsage(f.at(usageName))
	next := usage{Run: u.Run, Last: map[string]int{}, Gone: map[string]int64{}}
	if done {
		next.Run++
	}
	owned := map[string]bool{lockName: true, usageName: true, stampsName: !done || len(f.stamps.now) > 0, noteName: !done || f.noted}
	for _, e := range entries {
		name, is := strings.CutSuffix(e.Name(), manifestEnding)
		if _, of := bytesOf(name); !is || !of {
			continue
		}
		m, there := f.hasFilesOf(name)
		last, since := f.lastUse(name, u, next.Run), f.goneSince(name, u)
		stays := there && next.Run-last < idleRuns
		if !there && !done && f.opened.Sub(since) < goneFor {
			stays, next.Gone[name] = true, since.Unix()
		}
		if !stays {
			f.use.Forgotten++
			continue
		}
		next.Last[name] = last
		owned[e.Name()] = true
		for _, data := range m.files() {
			owned[data] = true
		}
	}
	text, err := json.Marshal(next)
	if err != nil {
		return err
	}
	return errors.Join(removeOthers(f.path, entries, owned), writeWhole(f.at(usageName), text))
}

// lastUse is the run that used an entry last; run is this one.
func (f *Folder) lastUse(name string, u usage, run int) int {
	if last, known := u.Last[name]; known && !f.used[name] {
		return last
	}
	return run
}

// goneSince is when a run that failed first missed the file of an entry: now, if none did before.
func (f *Folder) goneSince(name string, u usage) time.Time {
	if since, before := u.Gone[name]; before {
		return time.Unix(since, 0)
	}
	return f.opened
}

// hasFilesOf tells whether all files that an entry has rows or cells of are among tonight's.
func (f *Folder) hasFilesOf(name string) (m manifest, has bool) {
	m, err := readManifest(f.at(name + manifestEnding))
	has = err == nil && f.contents[m.Content]
	for _, other := range m.Beside {
		has = has && f.contents[other]
	}
	return m, has
}

// removeOthers removes all files of a folder but those that stay. A cache makes no folders in it:
// those that are there stay.
func removeOthers(folder string, entries []os.DirEntry, stay map[string]bool) error {
	var errs []error
	for _, e := range entries {
		if !stay[e.Name()] && !e.IsDir() {
			errs = append(errs, os.Remove(filepath.Join(folder, e.Name())))
		}
	}
	return errors.Join(errs...)
}

// readUsage reads which run used what; damaged, it begins anew.
func readUsage(path string) (u usage) {
	text, err := os.ReadFile(path)
	if err == nil && json.Unmarshal(text, &u) == nil && u.Last != nil {
		return u
	}
	return usage{Last: map[string]int{}}
}

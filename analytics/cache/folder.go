package cache

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// The files of a folder beside those of entries.
const (
	lockName   = ".lock"
	usageName  = "usage.json"
	stampsName = "stamps.json"
	noteName   = "note.json"
	// The endings of the files of an entry, and of those that are being written.
	manifestEnding = ".json"
	dataEnding     = ".parquet"
	partEnding     = ".part"
)

// Folder is the cache of one job, in use by one run.
type Folder struct {
	path string
	lock *flock.Flock // shared with other runs until Finish

	opened time.Time // before any file of the night was read

	mu       sync.Mutex
	sizes    map[int64]bool  // of the files that have entries
	used     map[string]bool // names of the entries that tonight took or made
	contents map[string]bool // fingerprints of tonight's files
	listed   bool            // these are all of them
	parts    map[string]bool // paths of the files that this run is writing
	use      Use
	stamps   stamps
	noted    bool
}

// Use is what a run took from a cache.
type Use struct {
	Files     int      `json:"files"`               // that could be taken from it
	Unchanged int      `json:"unchanged"`           // that were
	Rows      int64    `json:"rows"`                // in these
	Summed    int      `json:"summed,omitempty"`    // of these, files of which a sum was taken, and no row
	Rebuilt   bool     `json:"rebuilt,omitempty"`   // their sum was not as it was written: it was made again
	Damaged   []string `json:"damaged,omitempty"`   // exports whose entry was not as it was written: they were read again
	Trouble   string   `json:"trouble,omitempty"`   // why nothing more is kept
	Trusted   int      `json:"trusted,omitempty"`   // files that were taken for unchanged by size and time
	Forgotten int      `json:"forgotten,omitempty"` // entries that were removed
}

// Open opens the folder of a job, and makes it where it is not there. Only this user can
// look into it.
func Open(ctx context.Context, dir, job string) (*Folder, error) {
	path, err := filepath.Abs(filepath.Join(dir, job))
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o700); err != nil {
		return nil, err
	}
	f := &Folder{path: path, lock: flock.New(filepath.Join(path, lockName), flock.SetPermissions(0o600)), used: map[string]bool{}, contents: map[string]bool{}, parts: map[string]bool{}}
	f.opened = time.Now() //nolint:forbidigo // times of files are held against it, and nothing that is published
	if err := f.sweep(); err != nil {
		return nil, err
	}
	if err := f.share(ctx); err != nil {
		return nil, err
	}
	if err := f.list(); err != nil {
		return nil, errors.Join(err, f.lock.Unlock())
	}
	f.stamps = readStamps(f.at(stampsName))
	return f, nil
}

// share takes the lock that runs share. Another run that tidies up is done soon: who holds the
// folder for longer is none.
func (f *Folder) share(ctx context.Context) error {
	const often, most = 20 * time.Millisecond, 10 * time.Second
	waiting, stop := context.WithTimeout(ctx, most)
	defer stop()
	_, err := f.lock.TryRLockContext(waiting, often)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return fmt.Errorf("%s is locked by another program", f.path)
	}
	return err
}

// Path is where the folder is.
func (f *Folder) Path() string { return f.path }

func (f *Folder) at(name string) string { return filepath.Join(f.path, name) }

// list notes the sizes of the files that have entries.
func (f *Folder) list() error {
	entries, err := os.ReadDir(f.path)
	f.sizes = map[int64]bool{}
	for _, e := range entries {
		if bytes, is := bytesOf(e.Name()); is && strings.HasSuffix(e.Name(), manifestEnding) {
			f.sizes[bytes] = true
		}
	}
	return err
}

// MayHold tells whether any entry is of a file of that size: else there is no need to know
// the file's fingerprint.
func (f *Folder) MayHold(bytes int64) bool { return f.sizes[bytes] }

// Of says that a file with the fingerprint is among tonight's: entries of it may stay.
func (f *Folder) Of(content string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.contents[content] = true
}

// Listed says that all of tonight's files were named: entries of no other are needed.
func (f *Folder) Listed() { f.listed = true }

// Asked counts files that could be taken from the folder.
func (f *Folder) Asked(files int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.use.Files += files
}

// Took counts a file that was.
func (f *Folder) Took(e *Entry, rows int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.used[e.name] = true
	f.use.Unchanged++
	f.use.Rows += rows
}

// TookSum counts files of which a sum was taken.
func (f *Folder) TookSum(e *Entry, files int, rows int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.used[e.name] = true
	f.use.Unchanged += files
	f.use.Summed += files
	f.use.Rows += rows
}

// Stays says that an entry is of use, though nothing was taken from it.
func (f *Folder) Stays(k Key) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.used[k.Name()] = true
}

// Again forgets what was counted: the exports are read once more.
func (f *Folder) Again() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.use.Files, f.use.Unchanged, f.use.Summed, f.use.Rows = 0, 0, 0, 0
}

// Fail notes that nothing can be kept any more. A cache that fails stops no night.
func (f *Folder) Fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.use.Trouble == "" {
		f.use.Trouble = err.Error()
	}
}

// Failed tells whether nothing is kept any more.
func (f *Folder) Failed() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.use.Trouble != ""
}

// Use is what was taken so far.
func (f *Folder) Use() Use {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.use
}

package publish

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"clientele/internal/regular"
)

// Staging is the folder in which one night's files are gathered before they
// appear. Files may be created and written from several goroutines at once.
type Staging struct {
	home  series
	night string
	path  string // where the files are until Commit
	lock  *flock.Flock

	stopped func() error // gives why files take no more; nothing: they do

	mu       sync.Mutex
	files    map[string]*File
	folders  []string // within the publication
	closed   bool     // Commit or Abort was called: the folder takes no more files
	keeps    bool     // the lock, beyond Commit
	nights   int      // how many are kept; 0: all
	gone     []string // nights that Commit removed
	released bool     // the lock is no longer held
}

// FileInfo describes one published file, as run.json lists it.
type FileInfo struct {
	Path   string `json:"path"`   // relative to the publication
	Rows   int64  `json:"rows"`   // data rows, without a header; 0 where the file is no table
	Bytes  int64  `json:"bytes"`  // size
	SHA256 string `json:"sha256"` // of the whole file, in lower-case hex
}

// Begin opens the staging folder for the night asOf (a calendar day in its own
// location) of the job name under dir, making the folders that are missing.
//
// It holds the job's lock until [Staging.Commit], or where [Staging.KeepLock] was
// called until [Staging.Abort]; while
// another run holds it the error is [ErrBusy]. With the lock in hand it mends
// what killed runs left behind: unfinished staging folders are removed, a
// two-step replacement that stopped half-way is undone, nights that are kept no
// longer are gone, and latest is pointed at the newest publication. Nothing else
// in the folder is touched.
func Begin(dir, name string, asOf time.Time) (*Staging, error) {
	home, err := newSeries(dir, name)
	if err != nil {
		return nil, err
	}
	return home.begin(asOf)
}

func (s series) begin(asOf time.Time) (*Staging, error) {
	night, err := formatNight(asOf)
	if err != nil {
		return nil, err
	}
	if err := makeFolders(s.on, s.folder); err != nil {
		return nil, err
	}
	lock, err := s.acquire()
	if err != nil {
		return nil, err
	}
	staging := &Staging{
		home: s, night: night, path: s.staging(night), lock: lock,
		stopped: func() error { return nil }, files: map[string]*File{},
	}
	if err := staging.open(); err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return staging, nil
}

// StopWith makes every write to a file fail from the end of ctx on. Call it before
// the first file is created.
func (s *Staging) StopWith(ctx context.Context) { s.stopped = ctx.Err }

// KeepLock has Commit leave the lock to [Staging.Abort], for a run that has more to do that no
// other run of the job may get between.
func (s *Staging) KeepLock() { s.keeps = true }

// open mends the series and makes the empty staging folder. Obstacles to the
// commit are found here, before the night's work rather than after it.
func (s *Staging) open() error {
	if err := s.home.checkNames(s.night); err != nil {
		return err
	}
	if err := s.home.repair(); err != nil {
		return err
	}
	return explain(s.home.on.mkdir(s.path), "make folder", s.path)
}

// acquire takes the lock of the series. The lock file stays when the lock is
// released: removing it would let two runs lock two files of the same name.
//
// Nothing but a regular file is locked: a pipe would be waited for, and what a link
// leads to is nobody's lock.
func (s series) acquire() (*flock.Flock, error) {
	if err := regular.CheckOwn(s.path(LockFile)); err != nil {
		return nil, explain(err, "lock", s.path(LockFile))
	}
	lock := flock.New(s.path(LockFile), flock.SetPermissions(0o644))
	held, err := lock.TryLock()
	if err != nil {
		return nil, explain(err, "lock", s.path(LockFile))
	}
	if !held {
		return nil, fmt.Errorf("publish: %s: %w", s.folder, ErrBusy)
	}
	return lock, nil
}

// Folder is where the files are until [Staging.Commit]: those that are closed can be read.
func (s *Staging) Folder() string { return s.path }

// Create starts the file of that name in the publication: a plain name, or one in a folder
// such as lists/email.csv. run.json and _SUCCESS are written by [Staging.Commit] alone.
func (s *Staging) Create(file string) (*File, error) {
	folder, isFile := FolderOf(file)
	if !isFile {
		return nil, fmt.Errorf("publish: %q cannot be a published file's name; want a plain name such as customers.csv, or one in a folder such as lists/email.csv", file)
	}
	if file == ManifestFile || file == SuccessFile {
		return nil, fmt.Errorf("publish: %s is written by the commit; choose another name", file)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errClosed
	}
	if err := s.makeFolder(folder); err != nil {
		return nil, err
	}
	f, err := createFile(s.home.on, filepath.Join(s.path, filepath.FromSlash(file)))
	if err != nil {
		return nil, err
	}
	f.name, f.stopped = file, s.stopped
	s.files[file] = f
	return f, nil
}

// FolderOf is the folder within a publication of a file's name, such as lists or
// feeds/klaviyo; empty: the publication itself. is tells whether the name can be that of a
// file.
func FolderOf(file string) (folder string, is bool) {
	is = true
	for element := range strings.SplitSeq(file, "/") {
		is = is && isPlain(element)
	}
	return file[:max(0, strings.LastIndexByte(file, '/'))], is
}

// isPlain tells whether a name is a single path element that no system hides.
func isPlain(name string) bool {
	return name != "" && !strings.HasPrefix(name, ".") && !strings.ContainsAny(name, "/\\\x00")
}

// makeFolder makes a folder within the publication, once, and the one that it is in; empty:
// it is there.
func (s *Staging) makeFolder(name string) error {
	if name == "" || slices.Contains(s.folders, name) {
		return nil
	}
	above, _ := FolderOf(name)
	if err := s.makeFolder(above); err != nil {
		return err
	}
	path := filepath.Join(s.path, filepath.FromSlash(name))
	if err := s.home.on.mkdir(path); err != nil {
		return explain(err, "make folder", path)
	}
	s.folders = append(s.folders, name)
	return nil
}

// Files lists the files closed so far, by name. run.json and _SUCCESS are not
// among them.
func (s *Staging) Files() []FileInfo {
	s.mu.Lock()
	defer s.mu.Unlock()
	infos := make([]FileInfo, 0, len(s.files))
	for _, f := range s.files {
		if info, ok := f.info(); ok {
			infos = append(infos, info)
		}
	}
	slices.SortFunc(infos, func(a, b FileInfo) int { return strings.Compare(a.Path, b.Path) })
	return infos
}

// Abort drops the night: it closes and removes what was staged and releases
// the lock. After Commit has succeeded it releases a lock that was kept, and a
// second time it does nothing, so it can be deferred as soon as Begin returns.
func (s *Staging) Abort() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.released {
		return nil
	}
	s.closed, s.released = true, true
	for _, f := range s.files {
		f.drop()
	}
	return errors.Join(s.home.discard(s.path), s.lock.Unlock())
}

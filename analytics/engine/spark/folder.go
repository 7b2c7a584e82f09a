package spark

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/gofrs/flock"
	"github.com/google/uuid"

	"clientele/analytics/engine/dialect"
	"clientele/internal/lockedfolder"
)

// FolderOptions say which folder a run stages in.
type FolderOptions struct {
	Stage string // the folder of all jobs, a whole path
	Job   string // its name
	Run   string // id of the run: the same run, begun again, goes on from what it finds

	// Inputs stands for the content of all that the run reads. What was staged is taken up
	// only where nothing of that has changed. Empty: it is not known, and nothing is taken up.
	Inputs string
}

// Folder is the stage of one run:
//
//	STAGE/JOB/RUN/.lock               held while the run lasts
//	STAGE/JOB/RUN/NAME.ATTEMPT/       where the cluster wrote what is staged under a name
//	STAGE/JOB/RUN/NAME.json           that it did, written last
//
// Each attempt has a folder of its own, so that a server that dies, or one that is slow to
// die, leaves nothing among the rows of another.
type Folder struct {
	connection *Connection
	options    FolderOptions
	path       string
	lock       *flock.Flock
	rows       map[string]staged
	resumed    []string
}

// ErrStageBusy says that the same run is under way.
var ErrStageBusy = errors.New("the same run is under way and stages there; wait for its end")

// OpenFolder makes or finds the folder of a run, and tries whether the cluster writes where
// this machine reads.
func OpenFolder(ctx context.Context, c *Connection, o FolderOptions) (*Folder, error) {
	f := &Folder{connection: c, options: o, path: filepath.Join(o.Stage, plain(o.Job), plain(o.Run)), rows: map[string]staged{}}
	if err := CheckStage(o.Stage); err != nil {
		return nil, err
	}
	err := errors.Join(makeShared(filepath.Dir(f.path)), makeShared(f.path))
	if err != nil {
		return nil, fmt.Errorf("engine.stage: %w", err)
	}
	if f.lock, err = lockedfolder.Take(f.path); err != nil {
		return nil, fmt.Errorf("engine.stage: %w", err)
	}
	if f.lock == nil {
		return nil, fmt.Errorf("%s: %w", f.path, ErrStageBusy)
	}
	if err := f.probe(ctx); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// CheckStage looks whether this machine can write to the folder of all jobs, before anybody
// asks the cluster. It is not made: a share that is not mounted would be a folder of this
// machine alone.
func CheckStage(stage string) error {
	is, err := os.Stat(stage)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("engine.stage: there is no folder %s; mount the share, or make the folder, for this program and the cluster's user to write to", stage)
	case err != nil:
		return fmt.Errorf("engine.stage: %w", err)
	case !is.IsDir():
		return fmt.Errorf("engine.stage: %s is no folder; name the folder that the cluster and this machine share", stage)
	}
	try, err := os.MkdirTemp(stage, ".clientele-")
	if err == nil {
		err = os.Remove(try)
	}
	if err != nil {
		return fmt.Errorf("engine.stage: this program cannot write there: %w; give its user, and that of the cluster, the right to", err)
	}
	return nil
}

// makeShared makes a folder. The cluster's user writes there, too: what is made is open to the
// group, and keeps it.
func makeShared(path string) error {
	err := os.Mkdir(path, 0o770)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil
	case err != nil:
		return err
	}
	return os.Chmod(path, 0o770|fs.ModeSetgid) // whatever the mask of new files
}

// plain makes a name of a folder in which the cluster sees no pattern.
func plain(name string) string {
	made := notPlain.ReplaceAllString(name, "_")
	if made == name {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	return made + "-" + hex.EncodeToString(sum[:4]) // as two names may become one
}

var notPlain = regexp.MustCompile(`[^\pL\pN_-]`)

// probes is how many tasks write a row each before the run begins: enough to have each
// machine of a middling cluster do one.
const probes = 32

// probe lets tasks all over the cluster write, and looks whether all of it is here. Where
// the machines share no folder, the driver would lose the rows of the others in silence.
func (f *Folder) probe(ctx context.Context) (err error) {
	folder := f.attempt("probe")
	defer func() {
		// Who cannot remove this could not remove customers' data either.
		if left := os.RemoveAll(folder); err == nil && left != nil {
			err = fmt.Errorf("engine.stage: what the cluster writes cannot be removed: %w", left)
		}
	}()
	sql := fmt.Sprintf("SELECT id FROM range(0, %d, 1, %d)", probes, probes)
	if err := f.insert(ctx, folder, sql); err != nil {
		return fmt.Errorf("engine.stage: %w", err)
	}
	files, err := look(ctx, folder)
	if err != nil {
		return fmt.Errorf("engine.stage: %w", err)
	}
	if len(files) != probes {
		return fmt.Errorf("engine.stage: %d tasks of the cluster wrote into %s, and the files of %d are here; name a folder that all its machines share with this one", probes, f.options.Stage, len(files))
	}
	return nil
}

// Write implements Stage. It does nothing where the same was staged by a run that did not
// come to its end.
func (f *Folder) Write(ctx context.Context, name, sql string) error {
	statement := f.connection.digest(f.options.Inputs, sql)
	if f.options.Inputs != "" {
		if s, ok := recall(f.record(name), statement); ok {
			f.rows[name], f.resumed = s, append(f.resumed, name)
			return nil
		}
	}
	if err := f.forget(name); err != nil {
		return err
	}
	s := staged{Statement: statement}
	err := f.connection.again(ctx, func() error {
		folder := f.attempt(name)
		s.Folder = filepath.Base(folder)
		return f.insert(ctx, folder, sql)
	})
	if err != nil {
		return errors.Join(err, f.forget(name))
	}
	if s.Files, err = look(ctx, f.folder(s)); err != nil {
		return err
	}
	if err := f.check(ctx, s); err != nil {
		return err
	}
	f.rows[name] = s
	return s.write(f.record(name))
}

func (f *Folder) insert(ctx context.Context, folder, sql string) error {
	return f.connection.session.Exec(ctx, "INSERT OVERWRITE DIRECTORY "+dialect.Spark.Literal(asURI(folder))+" USING parquet "+sql)
}

// check holds the rows that the cluster counts in a folder against those in the files
// that are here.
func (f *Folder) check(ctx context.Context, s staged) error {
	here, err := rowsOf(f.folder(s), s.Files)
	if err != nil {
		return err
	}
	rows, err := f.connection.Rows(ctx, "SELECT CAST(count(*) AS STRING) FROM parquet."+dialect.Spark.Identifier(asURI(f.folder(s))))
	if err != nil {
		return err
	}
	defer rows.Release()
	if !rows.Next() {
		return errors.New("spark: a count without a row")
	}
	if there := rows.RecordBatch().Column(0).ValueStr(0); there != strconv.FormatInt(here, 10) {
		return fmt.Errorf("%s: the cluster counts %s rows there, and this machine %d: they must share the folder", f.folder(s), there, here)
	}
	return nil
}

// Path implements Stage.
func (f *Folder) Path(name string) string { return asURI(f.folder(f.rows[name])) }

// Files implements Stage.
func (f *Folder) Files(name string) ([]string, error) {
	s, ok := f.rows[name]
	if !ok {
		return nil, fmt.Errorf("spark: nothing was staged as %s", name)
	}
	var paths []string
	for _, file := range s.Files {
		paths = append(paths, filepath.Join(f.folder(s), file.Name))
	}
	return paths, nil
}

// Resumed are the names of what an earlier run had staged.
func (f *Folder) Resumed() []string { return f.resumed }

func (f *Folder) folder(s staged) string { return filepath.Join(f.path, s.Folder) }

func (f *Folder) record(name string) string { return filepath.Join(f.path, plain(name)+".json") }

// attempt names a folder that nobody has written to.
func (f *Folder) attempt(name string) string {
	return filepath.Join(f.path, plain(name)+"."+strings.ReplaceAll(uuid.NewString(), "-", ""))
}

// forget removes what was staged under a name, of each attempt.
func (f *Folder) forget(name string) error {
	errs := []error{there(os.Remove(f.record(name)))}
	entries, err := os.ReadDir(f.path)
	errs = append(errs, there(err))
	for _, e := range entries {
		if of, _, ok := strings.Cut(e.Name(), "."); e.IsDir() && ok && of == plain(name) {
			errs = append(errs, os.RemoveAll(filepath.Join(f.path, e.Name())))
		}
	}
	return errors.Join(errs...)
}

// Close ends the use of the folder. What is in it stays, for the same run to go on from.
func (f *Folder) Close() error { return f.lock.Unlock() }

// Remove removes the folder when its run is at its end.
func (f *Folder) Remove() error {
	err := lockedfolder.Remove(f.path, f.lock)
	_ = os.Remove(filepath.Dir(f.path)) // unless it holds other runs
	return err
}

// RemoveDead removes what earlier runs of the job did not come to the end of: customers' data,
// which nobody will ask for any more. Runs that are under way keep theirs.
func (f *Folder) RemoveDead() error {
	job := filepath.Dir(f.path)
	entries, err := os.ReadDir(job)
	errs := []error{there(err)}
	for _, e := range entries {
		run := filepath.Join(job, e.Name())
		if run == f.path {
			continue
		}
		if _, err := os.Lstat(filepath.Join(run, lockedfolder.LockName)); err == nil { // else it is none of ours
			errs = append(errs, lockedfolder.RemoveDead(run))
		}
	}
	return errors.Join(errs...)
}

// there passes over what is gone already.
func there(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// asURI is a folder of this machine as the cluster calls it. Spark takes the path as it
// is, without escapes.
func asURI(folder string) string { return "file://" + filepath.ToSlash(folder) }

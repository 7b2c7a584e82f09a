package analytics

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"syscall"

	"clientele/analytics/engine"
	"clientele/analytics/job"
	"clientele/analytics/publish"
)

// openEngine opens the engine of a run that publishes. What does not fit into its memory
// goes beside the publications: customers' data stay on the disk that is meant for them,
// which has more room than the system's temporary folder. as is how it was opened. Call leave
// after the engine is closed.
func openEngine(ctx context.Context, j *job.Job, o Options) (e engine.Engine, as engine.Options, leave func(), err error) {
	dir, leave := o.SpillDir, func() {}
	if dir == "" {
		if dir, leave, err = publish.MakeRoom(j.OutputDir(), j.Name); err != nil {
			return nil, as, nil, err
		}
	}
	o.SpillDir = dir
	as = o.engineOptions()
	if e, err = engine.OpenDuckDB(ctx, as); err != nil {
		leave()
		if _, ok := errors.AsType[*fs.PathError](err); ok { // the folder, or its lock
			err = publish.NoRoom(err, dir)
		}
		return nil, as, nil, err
	}
	return e, as, leave, nil
}

// openEngineToLook is openEngine for commands that publish nothing.
func openEngineToLook(ctx context.Context, j *job.Job, o Options) (engine.Engine, engine.Options, error) {
	return openToSee(j, o, func(as engine.Options) (engine.Engine, error) { return engine.OpenDuckDB(ctx, as) })
}

// openToSee opens what has an engine, for commands that publish nothing. It takes the temporary
// folder if there are no publications yet, or if this user may not write beside them.
func openToSee[T any](j *job.Job, o Options, open func(engine.Options) (T, error)) (e T, as engine.Options, err error) {
	as = o.engineOptions()
	if o.SpillDir == "" {
		as.SpillDir = filepath.Join(j.OutputDir(), j.Name)
	}
	e, err = open(as)
	for _, no := range []error{fs.ErrNotExist, fs.ErrPermission, syscall.EROFS, syscall.ENOTDIR} {
		if o.SpillDir == "" && errors.Is(err, no) {
			as.SpillDir = ""
			e, err = open(as)
			return e, as, err
		}
	}
	return e, as, err
}

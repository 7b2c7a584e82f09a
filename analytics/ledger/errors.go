package ledger

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/job"
)

// DataError says that an export cannot be used. The job file may be right; the data are
// not.
type DataError struct {
	Path    string // the export, as the job file spells it
	Line    int64  // of the export, from 1; 0: none
	Message string
	Empty   bool // it holds nothing: no names of columns and no rows
}

// Error implements error.
func (e *DataError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d: %s", e.Path, e.Line, e.Message)
	}
	return e.Path + ": " + e.Message
}

// isEmpty tells whether an error says that an export holds nothing.
func isEmpty(err error) bool {
	said, is := errors.AsType[*DataError](err)
	return is && said.Empty
}

// unreadable turns the engine's error about a batch that it could not read into a
// DataError; nil stays nil.
func (b *batch) unreadable(ctx context.Context, err error) error {
	var data *DataError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &data), engine.IsOutOfMemory(err): // the second is no fault of the file
		return err
	}
	said := err
	if sql := (*engine.SQLError)(nil); errors.As(err, &sql) && sql.OfData {
		said = engine.WithoutValues(err)
	}
	e := &DataError{Path: b.files[0].path, Message: fmt.Sprintf("cannot be read to its end: %v", said)}
	if len(b.files) > 1 {
		e.Path = fmt.Sprintf("%s or one of the %d files after it", e.Path, len(b.files)-1)
	}
	for _, f := range b.files {
		if strings.Contains(err.Error(), f.open) {
			e.Path = f.path
		}
	}
	return e
}

// violation is a place in the job file that does not fit the exports.
func violation(s job.Source, index int, key, format string, args ...any) job.Violation {
	return job.Violation{
		At:      s.Position(key),
		Key:     s.Root(index) + "." + key,
		Message: fmt.Sprintf(format, args...),
	}
}

package modeltable

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/ledger"
	"clientele/clv"
)

// Table is a summary table: one customer, or Weight equal ones, per row.
type Table struct {
	ID    []string
	Panel clv.Panel // Weight nil where the table has none
	Spend []float64 // mean per repeat purchase; nil where the table has none
	path  string
}

// Read reads a summary table: Parquet where the path ends in .parquet or .pq,
// otherwise CSV, which may be compressed (.gz, .zst). A table without the
// needed columns or with a value that no customer can have is a
// [ledger.DataError], which names the line or, in Parquet, the row.
func Read(ctx context.Context, e engine.Engine, path string) (*Table, error) {
	t := &Table{path: path}
	var err error
	if name := strings.ToLower(path); strings.HasSuffix(name, ".parquet") || strings.HasSuffix(name, ".pq") {
		err = t.readParquet(ctx, e)
	} else {
		err = t.readCSV(ctx)
	}
	if err != nil {
		return nil, err
	}
	if t.Panel.Len() == 0 {
		return nil, t.fail("holds a header and no rows")
	}
	return t, nil
}

// fail is a fault of the table as a whole.
func (t *Table) fail(format string, args ...any) error {
	return &ledger.DataError{Path: t.path, Message: fmt.Sprintf(format, args...)}
}

// reason is an error without the path of its file, which messages say already.
func reason(err error) error {
	if at, ok := errors.AsType[*fs.PathError](err); ok {
		return at.Err
	}
	return err
}

package modeltable

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"strings"

	"clientele/analytics/engine"
	"clientele/analytics/ledger"
	"clientele/clv"
	"clientele/internal/regular"
)

// Table is a summary table, or a part of one: one customer, or Weight equal ones,
// per row.
type Table struct {
	ID    []string
	Panel clv.Panel // Weight and LnGaps nil where the table has none
	Spend []float64 // mean per repeat purchase; nil where the table has none
	path  string
	lines []int // of text: where each row begins
	first int   // of Parquet: rows of the file before these
}

// shardRows is how many rows are scored in one go. Rows of equal (x, t) share
// their work, so that a million rows in shards of 65,536 took 2.0 CPU seconds, in
// shards of this size 0.9, and at once 0.5; a shard takes some 50 MB.
const shardRows = 1 << 18

// scanner walks through a table.
type scanner struct {
	Table      // the rows since the last shard was handed out
	rows   int // seen
	handed int // rows handed out
	limit  int // rows of a shard
	use    func(*Table) error
}

// Read reads a summary table: Parquet where the path ends in .parquet or .pq,
// otherwise CSV, which may be compressed (.gz, .zst). A table without the
// needed columns or with a value that no customer can have is a
// [ledger.DataError], which names the line or, in Parquet, the row.
func Read(ctx context.Context, e engine.Engine, path string) (*Table, error) {
	var all *Table
	err := scan(ctx, e, path, math.MaxInt, func(t *Table) error {
		all = t
		return nil
	})
	return all, err
}

// Scan is Read in shards, so that a table of any length takes little memory. A
// shard is the callee's for as long as use runs.
func Scan(ctx context.Context, e engine.Engine, path string, use func(*Table) error) error {
	return scan(ctx, e, path, shardRows, use)
}

func scan(ctx context.Context, e engine.Engine, path string, limit int, use func(*Table) error) (err error) {
	s := &scanner{Table: Table{path: path}, limit: limit, use: use}
	if err := regular.Check(path); err != nil {
		return s.fail("cannot be read: %v", reason(err))
	}
	if name := strings.ToLower(path); strings.HasSuffix(name, ".parquet") || strings.HasSuffix(name, ".pq") {
		err = s.readParquet(ctx, e)
	} else {
		err = s.readCSV(ctx)
	}
	if err != nil {
		return err
	}
	if s.handed+len(s.ID) == 0 {
		return s.fail("holds a header and no rows")
	}
	return s.hand()
}

// hand hands out the rows that have come together.
func (s *scanner) hand() error {
	if len(s.ID) == 0 {
		return nil
	}
	if err := s.use(&s.Table); err != nil {
		return err
	}
	s.handed += len(s.ID)
	if s.limit < math.MaxInt {
		s.Table = s.emptied()
		s.first = s.handed
	}
	return nil
}

// emptied is the table without rows, its memory and its columns kept.
func (t *Table) emptied() Table {
	e := Table{ID: t.ID[:0], path: t.path, lines: t.lines[:0]}
	e.Panel = clv.Panel{X: t.Panel.X[:0], TX: t.Panel.TX[:0], T: t.Panel.T[:0]}
	if t.Panel.Weight != nil {
		e.Panel.Weight = t.Panel.Weight[:0]
	}
	if t.Panel.LnGaps != nil {
		e.Panel.LnGaps = t.Panel.LnGaps[:0]
	}
	if t.Spend != nil {
		e.Spend = t.Spend[:0]
	}
	return e
}

// place says where a row stands. A customer's id would name who is in the file.
func (t *Table) place(row int) string {
	if row < len(t.lines) {
		return t.line(t.lines[row])
	}
	return fmt.Sprintf("%s: row %d", t.path, t.first+row+1)
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

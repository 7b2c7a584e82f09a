package engine

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// ForEach runs a statement and hands its record batches to visit, one after
// the other; a batch lives until visit returns.
func ForEach(ctx context.Context, e Engine, sql string, visit func(arrow.RecordBatch) error, args ...any) error {
	reader, err := e.Query(ctx, sql, args...)
	if err != nil {
		return err
	}
	defer reader.Release()
	for reader.Next() {
		if err := visit(reader.RecordBatch()); err != nil {
			return err
		}
	}
	return reader.Err()
}

// Columns takes the columns of a batch by name and keeps the first error, so
// that a caller can take them all and look once.
type Columns struct {
	Batch arrow.RecordBatch
	Err   error
}

// Take gives the named column as its Arrow type T. The memory belongs to the engine and
// lasts as long as the batch: clone texts that are kept. A missing column is a mistake in
// the program's own SQL.
func Take[T arrow.Array](c *Columns, name string) T {
	var none T
	at := c.Batch.Schema().FieldIndices(name)
	if len(at) != 1 {
		c.Err = cmp.Or(c.Err, fmt.Errorf("result has no single column %q: %s", name, c.Batch.Schema()))
		return none
	}
	column, ok := c.Batch.Column(at[0]).(T)
	if !ok {
		c.Err = cmp.Or(c.Err, fmt.Errorf("result column %q is %s, not %T", name, c.Batch.Column(at[0]).DataType(), none))
	}
	return column
}

// Text runs a statement with a small answer and gives its cells as text, row
// by row; NULL is the empty text.
func Text(ctx context.Context, e Engine, sql string, args ...any) ([][]string, error) {
	var rows [][]string
	err := ForEach(ctx, e, sql, func(b arrow.RecordBatch) error {
		for i := range int(b.NumRows()) {
			row := make([]string, b.NumCols())
			for c, column := range b.Columns() {
				if !column.IsNull(i) {
					row[c] = strings.Clone(column.ValueStr(i)) // the batch's memory is the engine's
				}
			}
			rows = append(rows, row)
		}
		return nil
	}, args...)
	return rows, err
}

// Count is the number of rows of a table.
func Count(ctx context.Context, e Engine, table string) (rows int64, err error) {
	err = ForEach(ctx, e, "SELECT count(*) AS n FROM "+table, func(b arrow.RecordBatch) error {
		c := &Columns{Batch: b}
		if n := Take[*array.Int64](c, "n"); c.Err == nil {
			rows = n.Value(0)
		}
		return c.Err
	})
	return rows, err
}

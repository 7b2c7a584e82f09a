package modeltable

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/analytics/ledger"
)

// readParquet has the engine read a table whose columns may be of any type that
// can be taken for a number. Its rows come in the order of the file: an engine
// with engine.Options.KeepOrder promises that of a plain read, and each row has
// its number beside it.
func (s *scanner) readParquet(ctx context.Context, e engine.Engine) error {
	source := engine.ReadParquet(s.path)
	described, err := engine.Text(ctx, e, "DESCRIBE SELECT * FROM "+source)
	if err != nil {
		return s.fail("cannot be read: %v", err)
	}
	names := make([]string, len(described))
	for i, d := range described {
		names[i] = d[0]
	}
	numbers, err := s.numberColumns(names)
	if err != nil {
		return err
	}
	kind := described[slices.Index(names, idColumn)][1]
	columns := []string{ledger.TextSQL(idColumn, kind) + " AS " + idColumn, rowNumber(names) + " AS " + rowColumn}
	for _, n := range numbers {
		columns = append(columns, fmt.Sprintf("TRY_CAST(%[1]s AS DOUBLE) AS %[1]s, CAST(%[1]s AS VARCHAR) AS %[1]s_text", n))
	}
	err = engine.ForEach(ctx, e, "SELECT "+strings.Join(columns, ", ")+" FROM "+source, func(b arrow.RecordBatch) error {
		return s.addBatch(b, numbers)
	})
	if damaged, ok := errors.AsType[*engine.SQLError](err); ok {
		return s.fail("cannot be read to its end: %v", engine.WithoutValues(damaged))
	}
	return err
}

func (s *scanner) addBatch(b arrow.RecordBatch, numbers []string) error {
	c := engine.Columns{Batch: b}
	ids := engine.Take[*array.String](&c, idColumn)
	row := engine.Take[*array.Int64](&c, rowColumn)
	values, written := make([]*array.Float64, len(numbers)), make([]*array.String, len(numbers))
	for k, name := range numbers {
		values[k] = engine.Take[*array.Float64](&c, name)
		written[k] = engine.Take[*array.String](&c, name+"_text")
	}
	if c.Err != nil {
		return c.Err
	}
	cells := make([]cell, len(numbers))
	for i := range ids.Len() {
		for k := range cells {
			cells[k] = cell{values[k].Value(i), values[k].IsValid(i), text(written[k], i)}
		}
		id := strings.Clone(text(ids, i)) // the batch's memory is the engine's
		if row.IsValid(i) && row.Value(i) != int64(s.rows) {
			return s.fail("its rows came in another order than that of the file; please report this")
		}
		s.rows++
		if err := s.add(id, numbers, cells); err != nil {
			return rowError(fmt.Sprintf("%s: row %d", s.path, s.rows), err)
		}
		if len(s.ID) == s.limit {
			if err := s.hand(); err != nil {
				return err
			}
		}
	}
	return nil
}

// rowColumn is the place of a row in the file, from 0.
const rowColumn = "clientele_row"

// rowNumber is the engine's number of a row; NULL where a column of the table
// hides it.
func rowNumber(names []string) string {
	if slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, "file_row_number") }) {
		return "CAST(NULL AS BIGINT)"
	}
	return "file_row_number"
}

// text is a value of a column, "" for NULL.
func text(column *array.String, i int) string {
	if column.IsNull(i) {
		return ""
	}
	return column.Value(i)
}

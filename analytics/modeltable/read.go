package modeltable

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/analytics/ledger"
	"clientele/clv"
)

// Table is a summary table: one customer, or Weight equal ones, per row.
type Table struct {
	ID     []string
	Panel  clv.Panel // Weight nil where the table has none
	Spend  []float64 // mean per repeat purchase; nil where the table has none
	linear bool      // one line per row after a header: messages may name lines
	path   string
}

// Read reads a summary table. A table without the needed columns or with a
// value that no customer can have is a [ledger.DataError].
func Read(ctx context.Context, e engine.Engine, path string) (*Table, error) {
	source, linear := reader(path)
	fail := func(format string, args ...any) error {
		return &ledger.DataError{Path: path, Message: fmt.Sprintf(format, args...)}
	}
	described, err := engine.Text(ctx, e, "DESCRIBE SELECT * FROM "+source)
	if err != nil {
		return nil, fail("cannot be read: %v", err)
	}
	var names []string
	for _, d := range described {
		names = append(names, d[0])
	}
	for _, needed := range []string{"customer_id", "x", "t_x", "t"} {
		if !slices.Contains(names, needed) {
			return nil, fail("has no column %q; expected customer_id, x, t_x, t and, if known, spend and weight; found %s", needed, strings.Join(names, ", "))
		}
	}
	t := &Table{linear: linear, path: path}
	columns := []string{"CAST(customer_id AS VARCHAR) AS customer_id"}
	numbers := []string{"x", "t_x", "t"}
	for _, optional := range []string{"spend", "weight"} {
		if slices.Contains(names, optional) {
			numbers = append(numbers, optional)
		}
	}
	for _, n := range numbers {
		columns = append(columns, fmt.Sprintf("TRY_CAST(%[1]s AS DOUBLE) AS %[1]s, CAST(%[1]s AS VARCHAR) AS %[1]s_text", n))
	}
	err = engine.ForEach(ctx, e, "SELECT "+strings.Join(columns, ", ")+" FROM "+source, func(b arrow.RecordBatch) error {
		return t.append(b, numbers)
	})
	if err != nil {
		return nil, err
	}
	if t.Panel.Len() == 0 {
		return nil, fail("holds a header and no rows")
	}
	for i := range t.ID {
		if err := clv.CheckRow(t.Panel.X[i], t.Panel.TX[i], t.Panel.T[i]); err != nil {
			return nil, t.rowError(i, "%v", err)
		}
	}
	return t, nil
}

// reader is the table function for a path, and whether its rows are lines.
func reader(path string) (string, bool) {
	name := strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(path), ".gz"), ".zst")
	if strings.HasSuffix(name, ".parquet") || strings.HasSuffix(name, ".pq") {
		return "read_parquet(" + engine.Literal(path) + ")", false
	}
	return "read_csv(" + engine.Literal(path) + ", all_varchar = true, header = true)", true
}

func (t *Table) append(b arrow.RecordBatch, numbers []string) error {
	c := engine.Columns{Batch: b}
	ids := engine.Take[*array.String](&c, "customer_id")
	if c.Err != nil {
		return c.Err
	}
	first := len(t.ID)
	for i := range ids.Len() {
		id := ""
		if ids.IsValid(i) {
			id = strings.Clone(ids.Value(i))
		}
		t.ID = append(t.ID, id)
	}
	for _, name := range numbers {
		values := engine.Take[*array.Float64](&c, name)
		written := engine.Take[*array.String](&c, name+"_text")
		if c.Err != nil {
			return c.Err
		}
		into := t.column(name)
		for i := range values.Len() {
			if name == "spend" && written.IsNull(i) && t.Panel.X[first+i] == 0 {
				*into = append(*into, 0) // no repeat purchase, no spend on one
				continue
			}
			if values.IsNull(i) {
				found := "nothing"
				if written.IsValid(i) {
					found = fmt.Sprintf("%q", written.Value(i))
				}
				return t.rowError(first+i, "%s: expected a number, found %s", name, found)
			}
			*into = append(*into, values.Value(i))
		}
	}
	return nil
}

func (t *Table) column(name string) *[]float64 {
	switch name {
	case "x":
		return &t.Panel.X
	case "t_x":
		return &t.Panel.TX
	case "t":
		return &t.Panel.T
	case "weight":
		return &t.Panel.Weight
	default:
		return &t.Spend
	}
}

// rowError is a fault of row i, named by its line where rows are lines.
func (t *Table) rowError(i int, format string, args ...any) error {
	place := fmt.Sprintf("%s: row %d", t.path, i+1)
	if t.linear {
		const header = 1
		place = fmt.Sprintf("%s:%d", t.path, i+1+header)
	}
	return &ledger.DataError{Path: place, Message: fmt.Sprintf("customer %s: ", t.ID[i]) + fmt.Sprintf(format, args...)}
}

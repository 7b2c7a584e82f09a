package publication

import (
	"io"
	"iter"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"

	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
)

// Table is one of the two files with a row for each customer. It is never in memory as
// a whole.
type Table struct {
	order   []int // of the customers, row by row
	columns func(rows []int, first int) []publish.Col
	atOnce  int // rows that are in memory together
}

// Customers is the table that readers get, in the order of ranking: the best customer
// first.
func (t *Tables) Customers(ranking []int) Table {
	return Table{atOnce: publish.RowGroupRows, order: ranking, columns: func(rows []int, first int) []publish.Col {
		columns := t.listed(column.Customers, rows, first)
		for _, a := range t.attributes {
			columns = append(columns, a.Of(a.name, rows))
		}
		return columns
	}}
}

// State is the table that the next night reads, in order of id, so that two nights can
// be laid side by side.
func (t *Tables) State() Table {
	order := make([]int, t.customers)
	for i := range order {
		order[i] = i
	}
	return Table{atOnce: publish.RowGroupRows, order: order, columns: func(rows []int, first int) []publish.Col {
		return t.listed(column.State, rows, first)
	}}
}

// listed are the columns of a list that were given, for some customers, the first of
// whom stands in row first.
func (t *Tables) listed(list []*column.Column, rows []int, first int) []publish.Col {
	var columns []publish.Col
	for _, c := range list {
		if c == column.Rank {
			columns = append(columns, ranks(c.Name, first, len(rows)))
		} else if cells, given := t.cells[c]; given {
			columns = append(columns, cells.Of(c.Name, rows))
		}
	}
	return columns
}

// ranks count rows from first on.
func ranks(name string, first, size int) publish.Col {
	rank := make([]int64, size)
	for k := range rank {
		rank[k] = int64(first + k)
	}
	return publish.Col{Name: name, Values: rank}
}

// CSV writes the table as CSV and gives the number of rows.
func (t Table) CSV(w io.Writer, o publish.CSVOptions) (int64, error) {
	schema, err := t.schema()
	if err != nil {
		return 0, err
	}
	return publish.WriteCSV(w, schema, t.batches(), o)
}

// Parquet writes the table as Parquet and gives the number of rows.
func (t Table) Parquet(w io.Writer) (int64, error) {
	schema, err := t.schema()
	if err != nil {
		return 0, err
	}
	return publish.WriteParquet(w, schema, t.batches(), publish.ParquetOptions{})
}

func (t Table) schema() (*arrow.Schema, error) {
	empty, err := publish.NewTable(nil, t.columns(nil, 1)...)
	if err != nil {
		return nil, err
	}
	defer empty.Release()
	return empty.Schema(), nil
}

func (t Table) batches() iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		first := 1
		for rows := range slices.Chunk(t.order, t.atOnce) {
			batch, err := publish.NewTable(nil, t.columns(rows, first)...)
			if err != nil {
				yield(nil, err)
				return
			}
			more := yield(batch, nil)
			batch.Release()
			if !more {
				return
			}
			first += len(rows)
		}
	}
}

package publication

import (
	"fmt"
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
	columns []namedCells
}

// Customers is the table that readers get, in the order of ranking: the best customer
// first.
func (t *Tables) Customers(ranking []int) Table {
	return Table{order: ranking, columns: t.customerColumns()}
}

// SomeOfCustomers is the same with some of the columns, in the order of names. It refuses
// a name that no column has.
func (t *Tables) SomeOfCustomers(ranking []int, names []string) (Table, error) {
	var some []namedCells
	for _, name := range names {
		at := slices.IndexFunc(t.customerColumns(), func(c namedCells) bool { return c.name == name })
		if at < 0 {
			return Table{}, fmt.Errorf("publication: customers has no column %q tonight", name)
		}
		some = append(some, t.customerColumns()[at])
	}
	return Table{order: ranking, columns: some}, nil
}

// customerColumns are those of customers that were given, in their order.
func (t *Tables) customerColumns() []namedCells {
	columns := t.listed(column.Customers)
	for _, a := range t.attributes {
		columns = append(columns, namedCells{name: a.name, Cells: a.Cells})
	}
	return columns
}

// State is the table that the next night reads, in order of id, so that two nights can
// be laid side by side.
func (t *Tables) State() Table {
	order := make([]int, t.customers)
	for i := range order {
		order[i] = i
	}
	return Table{order: order, columns: t.listed(column.State)}
}

// namedCells is a column under its name.
type namedCells struct {
	name   string
	counts bool // it counts the rows, and has no cells
	Cells
}

// listed are the columns of a list that were given.
func (t *Tables) listed(list []*column.Column) []namedCells {
	var columns []namedCells
	for _, c := range list {
		if cells, given := t.cells[c]; given || c == column.Rank {
			columns = append(columns, namedCells{c.Name, c == column.Rank, cells})
		}
	}
	return columns
}

// written is the column for some customers, the first of whom stands in row first.
func (c namedCells) written(rows []int, first int) publish.Col {
	if c.counts {
		return ranks(c.name, first, len(rows))
	}
	return c.Of(c.name, rows)
}

// ranks count rows from first on.
func ranks(name string, first, size int) publish.Col {
	rank := make([]int64, size)
	for k := range rank {
		rank[k] = int64(first + k)
	}
	return publish.Col{Name: name, Values: rank}
}

// RowsOfText are the rows that become text together: as many as a few threads format at once.
const RowsOfText = 16_384

// CSV writes the table as CSV and gives the number of rows.
func (t Table) CSV(w io.Writer, o publish.CSVOptions) (int64, error) {
	schema, err := t.schema()
	if err != nil {
		return 0, err
	}
	return publish.WriteCSVColumns(w, schema, t.groups(RowsOfText), o)
}

// Parquet writes the table as Parquet and gives the number of rows.
func (t Table) Parquet(w io.Writer) (int64, error) {
	schema, err := t.schema()
	if err != nil {
		return 0, err
	}
	return publish.WriteParquetColumns(w, schema, t.groups(publish.RowGroupRows), publish.ParquetOptions{})
}

func (t Table) schema() (*arrow.Schema, error) { return publish.SchemaOf(t.cols(nil, 1)...) }

// cols are all columns of some rows, the first of which stands in row first.
func (t Table) cols(rows []int, first int) []publish.Col {
	cols := make([]publish.Col, len(t.columns))
	for i, c := range t.columns {
		cols[i] = c.written(rows, first)
	}
	return cols
}

// chunks are so many rows at a time, with the number of the first.
func (t Table) chunks(size int) iter.Seq2[int, []int] {
	return func(yield func(int, []int) bool) {
		first := 1
		for rows := range slices.Chunk(t.order, size) {
			if !yield(first, rows) {
				return
			}
			first += len(rows)
		}
	}
}

// groups are so many rows each, a column at a time.
func (t Table) groups(size int) iter.Seq[publish.RowGroup] {
	return func(yield func(publish.RowGroup) bool) {
		for first, rows := range t.chunks(size) {
			group := publish.RowGroup{Rows: len(rows), Col: func(i int) publish.Col { return t.columns[i].written(rows, first) }}
			if !yield(group) {
				return
			}
		}
	}
}

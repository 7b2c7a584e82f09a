package analytics

import (
	"io"
	"iter"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"

	"clientele/analytics/publish"
	"clientele/internal/concurrent"
)

func (n *night) writeCustomers(place *publish.Staging) error {
	rows := customerRows{n.ranking(), n.customerColumns}
	var all concurrent.Tasks
	for format, write := range map[string]func(io.Writer) (int64, error){"parquet": rows.parquet, "csv": rows.csv(csvFor(n.job))} {
		if slices.Contains(n.job.Output.Formats, format) {
			all.Go(func() error { return writeTable(place, "customers."+format, write) })
		}
	}
	return all.Wait()
}

// customerRows are a table with a row for each customer, which is never in memory
// as a whole: columns makes those of some customers, given the place of the first.
type customerRows struct {
	order   []int
	columns func(order []int, first int) []publish.Col
}

// csv writes the table as CSV and gives the number of rows.
func (r customerRows) csv(o publish.CSVOptions) func(io.Writer) (int64, error) {
	return func(w io.Writer) (int64, error) {
		schema, err := r.schema()
		if err != nil {
			return 0, err
		}
		return publish.WriteCSV(w, schema, r.batches(), o)
	}
}

// parquet writes the table as Parquet and gives the number of rows.
func (r customerRows) parquet(w io.Writer) (int64, error) {
	schema, err := r.schema()
	if err != nil {
		return 0, err
	}
	return publish.WriteParquet(w, schema, r.batches(), publish.ParquetOptions{})
}

func (r customerRows) schema() (*arrow.Schema, error) {
	empty, err := publish.NewTable(nil, r.columns(nil, 1)...)
	if err != nil {
		return nil, err
	}
	defer empty.Release()
	return empty.Schema(), nil
}

func (r customerRows) batches() iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		first := 1
		for some := range slices.Chunk(r.order, publish.RowGroupRows) {
			batch, err := publish.NewTable(nil, r.columns(some, first)...)
			if err != nil {
				yield(nil, err)
				return
			}
			more := yield(batch, nil)
			batch.Release()
			if !more {
				return
			}
			first += len(some)
		}
	}
}

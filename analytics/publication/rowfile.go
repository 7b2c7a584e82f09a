package publication

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"clientele/analytics/publish"
	"clientele/internal/concurrent"
)

// rowFile is a Parquet file of rows that are at hand as Go values, with how a row becomes
// cells and back.
type rowFile[Row any] struct {
	name   string
	schema *arrow.Schema
	add    func(to *array.RecordBuilder, r Row)
	of     func(b arrow.RecordBatch) func(i int) (Row, error)
	// compare is the order of the rows, in which no two are equal.
	compare func(a, b Row) int
}

// write writes rows, which stand in their order, and gives their number.
func (f rowFile[Row]) write(w io.Writer, rows []Row) (int64, error) {
	return publish.WriteParquet(w, f.schema, f.batches(rows), publish.ParquetOptions{})
}

func (f rowFile[Row]) batches(rows []Row) iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		for some := range slices.Chunk(rows, publish.RowGroupRows) {
			cells := array.NewRecordBuilder(memory.DefaultAllocator, f.schema)
			for _, r := range some {
				f.add(cells, r)
			}
			batch := cells.NewRecordBatch()
			more := yield(batch, nil)
			batch.Release()
			cells.Release()
			if !more {
				return
			}
		}
	}
}

// read reads the rows of a publication; none where run.json lists no such file, as in the
// publications of jobs that had none. The error is a [Damage].
func (f rowFile[Row]) read(p *Publication) (rows []Row, err error) {
	want, listed := p.Lists(f.name)
	if !listed {
		return nil, nil
	}
	in, err := p.OpenFile(f.name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	err = concurrent.Guard(func() (err error) {
		rows, err = f.parse(in, want.Rows)
		return err
	})
	if _, broke := errors.AsType[*concurrent.Panic](err); broke {
		err = errors.New("it is not in order as Parquet") // the library that reads it panics on some files
	}
	if err != nil {
		return nil, p.Damaged(f.name, err)
	}
	return rows, nil
}

func (f rowFile[Row]) parse(in *os.File, want int64) ([]Row, error) {
	table, err := file.NewParquetReader(in)
	if err != nil {
		return nil, err
	}
	if table.NumRows() != want {
		return nil, fmt.Errorf("it has %d rows, run.json says %d", table.NumRows(), want)
	}
	reader, err := pqarrow.NewFileReader(table, pqarrow.ArrowReadProperties{BatchSize: publish.RowGroupRows}, memory.DefaultAllocator)
	if err != nil {
		return nil, err
	}
	if err := f.checkSchema(reader); err != nil {
		return nil, err
	}
	batches, err := reader.GetRecordReader(context.Background(), nil, nil)
	if err != nil {
		return nil, err
	}
	defer batches.Release()
	rows := make([]Row, 0, want)
	for batches.Next() {
		if rows, err = f.append(rows, batches.RecordBatch()); err != nil {
			return nil, err
		}
	}
	if err := batches.Err(); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return rows, nil
}

// checkSchema refuses columns other than those that are written.
func (f rowFile[Row]) checkSchema(reader *pqarrow.FileReader) error {
	schema, err := reader.Schema()
	if err != nil {
		return err
	}
	if schema.NumFields() != f.schema.NumFields() {
		return fmt.Errorf("it has %d columns, want %d", schema.NumFields(), f.schema.NumFields())
	}
	for i, want := range f.schema.Fields() {
		found := schema.Field(i)
		if found.Name != want.Name || !arrow.TypeEqual(found.Type, want.Type) {
			return fmt.Errorf("column %d is %q of type %s, want %q of type %s", i+1, found.Name, found.Type, want.Name, want.Type)
		}
	}
	return nil
}

// append reads the rows of a batch.
func (f rowFile[Row]) append(rows []Row, b arrow.RecordBatch) ([]Row, error) {
	of := f.of(b)
	for i := range int(b.NumRows()) {
		row, err := of(i)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", len(rows)+1, err)
		}
		if n := len(rows); n > 0 && f.compare(rows[n-1], row) >= 0 {
			return nil, fmt.Errorf("row %d: it comes before the row above, or is the same; want the rows in order, each once", n+1)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

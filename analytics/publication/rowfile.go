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
	// compare is the order of the rows, in which no two are equal unless they may repeat.
	compare func(a, b Row) int
	repeats bool
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
func (f rowFile[Row]) read(p *Publication) ([]Row, error) {
	return f.readThose(p, func(Row) bool { return true })
}

// readThose reads the rows of which keep is true.
func (f rowFile[Row]) readThose(p *Publication, keep func(Row) bool) (rows []Row, err error) {
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
		rows, err = f.parse(in, want.Rows, keep)
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

func (f rowFile[Row]) parse(in *os.File, want int64, keep func(Row) bool) ([]Row, error) {
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
	kept := rowsOf[Row]{file: f, keep: keep}
	for batches.Next() {
		if err := kept.add(batches.RecordBatch()); err != nil {
			return nil, err
		}
	}
	if err := batches.Err(); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return kept.rows, nil
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

// rowsOf are rows of a file while it is read, as many as are kept.
type rowsOf[Row any] struct {
	file rowFile[Row]
	keep func(Row) bool
	rows []Row
	read int
	last Row
}

// add reads the rows of a batch.
func (r *rowsOf[Row]) add(b arrow.RecordBatch) error {
	of := r.file.of(b)
	for i := range int(b.NumRows()) {
		row, err := of(i)
		if err != nil {
			return fmt.Errorf("row %d: %w", r.read+1, err)
		}
		if order := 0; r.read > 0 {
			if order = r.file.compare(r.last, row); order > 0 || order == 0 && !r.file.repeats {
				return fmt.Errorf("row %d: it comes before the row above, or is the same; want the rows in order, each once", r.read+1)
			}
		}
		r.read, r.last = r.read+1, row
		if r.keep(row) {
			r.rows = append(r.rows, row)
		}
	}
	return nil
}

package publication

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"clientele/internal/concurrent"
)

// EachCustomerTexts calls a function with some columns of each customer, best first: columns
// of text, as a segment or a mapped attribute. The cells are only good until the next call.
// They come from customers.parquet or, where the job writes none, from customers.csv.
// The error wraps [ErrNoColumn] where a column is not there; others are those of
// [Publication.OpenFile].
func (p *Publication) EachCustomerTexts(columns []string, do func(cells []string)) error {
	if _, listed := p.Lists(CustomersParquet); !listed {
		return p.readCustomers(CustomersCSV, func(f *os.File) error { return eachCSVTexts(f, columns, do) })
	}
	return p.readCustomers(CustomersParquet, func(f *os.File) error {
		return eachParquetBatch(f, columns, func(b arrow.RecordBatch) error { return eachBatchTexts(b, columns, do) })
	})
}

// readCustomers reads one of the files with a row for each customer.
func (p *Publication) readCustomers(name string, read func(*os.File) error) (err error) {
	f, err := p.OpenFile(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	err = concurrent.Guard(func() error { return read(f) })
	if _, broke := errors.AsType[*concurrent.Panic](err); broke {
		err = errNoParquet
	}
	if err != nil {
		return p.Damaged(name, err)
	}
	return nil
}

// eachParquetBatch reads some columns, some rows at a time.
func eachParquetBatch(f *os.File, columns []string, do func(arrow.RecordBatch) error) error {
	in, err := file.NewParquetReader(f, file.WithReadProps(parquet.NewReaderProperties(memory.DefaultAllocator)))
	if err != nil {
		return err
	}
	const atOnce = 64 << 10 // rows
	reader, err := pqarrow.NewFileReader(in, pqarrow.ArrowReadProperties{BatchSize: atOnce}, memory.DefaultAllocator)
	if err != nil {
		return err
	}
	leaves := make([]int, len(columns))
	for i, name := range columns {
		if leaves[i] = in.MetaData().Schema.ColumnIndexByName(name); leaves[i] < 0 {
			return fmt.Errorf("%w: %s", ErrNoColumn, name)
		}
	}
	rows, err := reader.GetRecordReader(context.Background(), leaves, nil)
	if err != nil {
		return err
	}
	defer rows.Release()
	for rows.Next() {
		if err := do(rows.RecordBatch()); err != nil {
			return err
		}
	}
	if err := rows.Err(); !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

func eachBatchTexts(b arrow.RecordBatch, columns []string, do func([]string)) error {
	texts, cells := make([]*array.String, len(columns)), make([]string, len(columns))
	for i, name := range columns {
		at := b.Schema().FieldIndices(name)
		if len(at) != 1 {
			return fmt.Errorf("%w: %s", ErrNoColumn, name)
		}
		var isText bool
		if texts[i], isText = b.Column(at[0]).(*array.String); !isText {
			return fmt.Errorf("column %s is of type %s; want text", name, b.Column(at[0]).DataType())
		}
	}
	for row := range int(b.NumRows()) {
		for i, t := range texts {
			if cells[i] = ""; t.IsValid(row) {
				cells[i] = t.Value(row)
			}
		}
		do(cells)
	}
	return nil
}

func eachCSVTexts(f *os.File, columns []string, do func([]string)) error {
	r, err := readCells(f)
	if err != nil {
		return err
	}
	at, cells := make([]int, len(columns)), make([]string, len(columns))
	for i, name := range columns {
		if at[i] = slices.Index(r.names, name); at[i] < 0 {
			return fmt.Errorf("%w: %s", ErrNoColumn, name)
		}
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for i, k := range at {
			cells[i] = r.text(record[k])
		}
		do(cells)
	}
}

package publication

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/concurrent"
	"clientele/internal/money"
)

// EachCustomerCells calls a function with some columns of each customer, best first, as text:
// columns of any type, with the digits that customers.csv has for programs, whichever file
// they are read from. The cells are only good until the next call. Errors are those of
// [Publication.EachCustomerTexts].
func (p *Publication) EachCustomerCells(columns []string, do func(cells []string)) (err error) {
	if _, listed := p.Lists(CustomersParquet); !listed {
		return p.EachCustomerTexts(columns, do)
	}
	places, err := p.places()
	if err != nil {
		return err
	}
	f, err := p.OpenFile(CustomersParquet)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	err = concurrent.Guard(func() error { return eachParquetCells(f, columns, places, do) })
	if _, broke := errors.AsType[*concurrent.Panic](err); broke {
		err = errNoParquet
	}
	if err != nil {
		return p.Damaged(CustomersParquet, err)
	}
	return nil
}

// places are the digits of the columns of customers in CSV.
func (p *Publication) places() (map[string]int, error) {
	var job struct {
		Currency string `json:"currency"`
	}
	if err := json.Unmarshal(p.Settings, &job); err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	return column.Places(column.Customers, money.Places(job.Currency)), nil
}

func eachParquetCells(f *os.File, columns []string, places map[string]int, do func([]string)) error {
	in, err := file.NewParquetReader(f, file.WithReadProps(parquet.NewReaderProperties(memory.DefaultAllocator)))
	if err != nil {
		return err
	}
	const atOnce = 16 << 10 // rows: what is held as text of them is some megabytes
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
		if err := eachBatchCells(rows.RecordBatch(), columns, places, do); err != nil {
			return err
		}
	}
	if err := rows.Err(); !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// eachBatchCells writes a batch as customers.csv is written, and reads it back: digits are
// then the same by one piece of code.
func eachBatchCells(b arrow.RecordBatch, columns []string, places map[string]int, do func([]string)) error {
	var text bytes.Buffer
	var one iter.Seq2[arrow.RecordBatch, error] = func(yield func(arrow.RecordBatch, error) bool) { yield(b, nil) }
	if _, err := publish.WriteCSV(&text, b.Schema(), one, publish.CSVOptions{Places: places, Threads: 1}); err != nil {
		return err
	}
	lines := csv.NewReader(&text)
	lines.ReuseRecord = true
	header, err := lines.Read()
	if err != nil {
		return err
	}
	at, cells := make([]int, len(columns)), make([]string, len(columns))
	for i, name := range columns {
		at[i] = slices.Index(header, name)
	}
	for range b.NumRows() {
		line, err := lines.Read()
		if err != nil {
			return err
		}
		for i, k := range at {
			cells[i] = line[k]
		}
		do(cells)
	}
	return nil
}

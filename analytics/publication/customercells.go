package publication

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"

	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/money"
)

// EachCustomerCells calls a function with some columns of each customer, best first, as text:
// columns of any type, with the digits that customers.csv has for programs, whichever file
// they are read from. The cells are only good until the next call. Errors are those of
// [Publication.EachCustomerTexts].
func (p *Publication) EachCustomerCells(columns []string, do func(cells []string)) error {
	if _, listed := p.Lists(CustomersParquet); !listed {
		return p.EachCustomerTexts(columns, do)
	}
	places, err := p.places()
	if err != nil {
		return err
	}
	return p.readCustomers(CustomersParquet, func(f *os.File) error {
		return eachParquetBatch(f, columns, func(b arrow.RecordBatch) error { return eachBatchCells(b, columns, places, do) })
	})
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

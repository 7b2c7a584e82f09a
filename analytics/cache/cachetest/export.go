package cachetest

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// encode writes rows in the format that a name says; text may have lines around them.
func encode(name string, rows []row, framed bool) ([]byte, error) {
	switch filepath.Ext(name) {
	case ".jsonl":
		return encodeJSON(rows)
	case ".parquet":
		return encodeParquet(rows)
	case ".gz":
		text, err := encodeCSV(rows, framed)
		if err != nil {
			return nil, err
		}
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		if _, err := z.Write(text); err != nil {
			return nil, err
		}
		err = z.Close()
		return packed.Bytes(), err
	}
	return encodeCSV(rows, framed)
}

func encodeCSV(rows []row, framed bool) ([]byte, error) {
	var text bytes.Buffer
	if framed {
		text.WriteString("Sales of the shop\n\n")
	}
	w := csv.NewWriter(&text)
	if err := w.Write(columns); err != nil {
		return nil, err
	}
	for _, r := range rows {
		if err := w.Write(r.cells()); err != nil {
			return nil, err
		}
	}
	w.Flush()
	if framed {
		fmt.Fprintf(&text, "Total,,,%d.00%s\n\nWritten by the till\n", len(rows), strings.Repeat(",", len(columns)-4))
	}
	return text.Bytes(), w.Error()
}

func encodeJSON(rows []row) ([]byte, error) {
	var text bytes.Buffer
	lines := json.NewEncoder(&text)
	for _, r := range rows {
		all := map[string]string{}
		for _, c := range columns {
			all[c] = r[c]
		}
		if err := lines.Encode(all); err != nil {
			return nil, err
		}
	}
	return text.Bytes(), nil
}

// encodeParquet writes all columns as text; an empty cell is none.
func encodeParquet(rows []row) ([]byte, error) {
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		fields[i] = arrow.Field{Name: c, Type: arrow.BinaryTypes.String, Nullable: true}
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	defer b.Release()
	for _, r := range rows {
		for i, cell := range r.cells() {
			column := b.Field(i).(*array.StringBuilder) //nolint:forcetypeassert // all are text
			if cell == "" {
				column.AppendNull()
				continue
			}
			column.Append(cell)
		}
	}
	batch := b.NewRecordBatch()
	defer batch.Release()
	var out bytes.Buffer
	w, err := pqarrow.NewFileWriter(batch.Schema(), &out, parquet.NewWriterProperties(), pqarrow.DefaultWriterProps())
	if err != nil {
		return nil, err
	}
	if err := w.Write(batch); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}

package main

import (
	"bytes"
	"context"
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// placeInParquet names the first value that differs, column by column. The values may
// be the same and the bytes not, as where a column is encoded in another way.
func placeInParquet(was, is []byte) (string, error) {
	old, err := readParquet(was)
	if err != nil {
		return "", err
	}
	defer old.Release()
	now, err := readParquet(is)
	if err != nil {
		return "", err
	}
	defer now.Release()
	if !old.Schema().Equal(now.Schema()) {
		return placeInText([]byte(old.Schema().String()), []byte(now.Schema().String())), nil
	}
	if old.NumRows() != now.NumRows() {
		return fmt.Sprintf("had %d rows, has %d", old.NumRows(), now.NumRows()), nil
	}
	for i := range int(old.NumCols()) {
		a, b := texts(old.Column(i).Data()), texts(now.Column(i).Data())
		for row := range a {
			if a[row] != b[row] {
				return fmt.Sprintf("column %s, row %d: was %s, is %s", old.Schema().Field(i).Name, row+1, a[row], b[row]), nil
			}
		}
	}
	return "the values are the same, the bytes are not", nil
}

func readParquet(content []byte) (arrow.Table, error) {
	in, err := file.NewParquetReader(bytes.NewReader(content), file.WithReadProps(parquet.NewReaderProperties(memory.DefaultAllocator)))
	if err != nil {
		return nil, err
	}
	rows, err := pqarrow.NewFileReader(in, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		return nil, err
	}
	return rows.ReadTable(context.Background())
}

func texts(column *arrow.Chunked) []string {
	var found []string
	for _, chunk := range column.Chunks() {
		for i := range chunk.Len() {
			found = append(found, chunk.ValueStr(i))
		}
	}
	return found
}

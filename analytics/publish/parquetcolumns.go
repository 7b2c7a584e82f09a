package publish

import (
	"fmt"
	"io"
	"iter"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// RowGroup is some rows of a table whose columns are made one at a time: at most
// RowGroupRows, and fewer in the last one alone.
type RowGroup struct {
	Rows int
	Col  func(column int) Col // asked for once each, in the order of the schema
}

// WriteParquetColumns is [WriteParquet] for a table of whose rows no more than one column is
// at hand together. The bytes are the same: a Parquet file has a row group's columns one
// after the other. Values go from the slices of Go into pages; no Arrow arrays are made of
// them.
func WriteParquetColumns(w io.Writer, schema *arrow.Schema, groups iter.Seq[RowGroup], o ParquetOptions) (rows int64, err error) {
	if err := checkParquetSchema(schema); err != nil {
		return 0, err
	}
	sink := &footerSink{out: w}
	out, err := newColumnWriter(sink, schema, o.withDefaults())
	if err != nil {
		return 0, err
	}
	for group := range groups {
		if err := writeGroup(out, schema, group, rows); err != nil {
			_ = out.Close() // frees its buffers; what it says about a file given up does not matter
			return rows, err
		}
		rows += int64(group.Rows)
	}
	return rows, sink.end(out)
}

// newColumnWriter begins a file as newParquetWriter does.
func newColumnWriter(w *footerSink, schema *arrow.Schema, o ParquetOptions) (*file.Writer, error) {
	props := o.properties()
	columns, err := pqarrow.ToParquet(schema, props, pqarrow.NewArrowWriterProperties())
	if err != nil {
		return nil, fmt.Errorf("publish: parquet: %w", err)
	}
	out, err := file.NewParquetWriterWithError(w, columns.Root(), file.WithWriterProps(props), file.WithWriteMetadata(metadata.KeyValueMetadata{}))
	if err != nil {
		return nil, fmt.Errorf("publish: parquet: %w", err)
	}
	return out, nil
}

// writeGroup writes the columns of a row group. before is the number of rows in those before.
func writeGroup(out *file.Writer, schema *arrow.Schema, group RowGroup, before int64) error {
	chunks, err := out.AppendRowGroupChecked()
	if err != nil {
		return err
	}
	for i, field := range schema.Fields() {
		col := group.Col(i).withDayNumbers()
		if err := col.check(field, i, group.Rows, before); err != nil {
			return err
		}
		chunk, err := chunks.NextColumn()
		if err != nil {
			return err
		}
		if err := col.writeChunk(chunk); err != nil {
			return fmt.Errorf("publish: parquet: column %q: %w", col.Name, err)
		}
	}
	return chunks.Close()
}

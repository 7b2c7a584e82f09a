package publish

import (
	"io"
	"iter"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// RowGroup is some rows of a table whose columns are made one at a time: at most
// RowGroupRows, and fewer in the last one alone.
type RowGroup struct {
	Rows int
	Col  func(column int) Col // in the order of the schema
}

// WriteParquetColumns is [WriteParquet] for a table of whose rows no more than one column is
// at hand together. The bytes are the same: a Parquet file has a row group's columns one
// after the other.
func WriteParquetColumns(w io.Writer, schema *arrow.Schema, groups iter.Seq[RowGroup], o ParquetOptions) (rows int64, err error) {
	if err := checkParquetSchema(schema); err != nil {
		return 0, err
	}
	o = o.withDefaults()
	out, err := newParquetWriter(w, schema, o)
	if err != nil {
		return 0, err
	}
	for group := range groups {
		if err := writeGroup(out, schema, group, rows, o); err != nil {
			_ = out.Close() // frees its buffers; what it says about a file given up does not matter
			return rows, err
		}
		rows += int64(group.Rows)
	}
	return rows, out.Close()
}

// writeGroup writes the columns of a row group. before is the number of rows in those before.
func writeGroup(out *pqarrow.FileWriter, schema *arrow.Schema, group RowGroup, before int64, o ParquetOptions) error {
	if err := out.NewRowGroupChecked(); err != nil {
		return err
	}
	for i := range schema.NumFields() {
		col := group.Col(i)
		values, err := col.build(o.Allocator)
		if err != nil {
			return err
		}
		if err = checkColumn(schema.Field(i), i, col.Name, values, group.Rows, before); err == nil {
			err = out.WriteColumnData(values)
		}
		values.Release()
		if err != nil {
			return err
		}
	}
	return nil
}

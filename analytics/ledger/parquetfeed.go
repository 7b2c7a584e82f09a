package ledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"
	pq "github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"clientele/analytics/engine"
)

// A Parquet file with a column called file_index or file_row_number hides the
// engine's columns of these names, by which it tells where a row stands. Such a
// file is read by Arrow's own reader, which is slower, and handed over as a
// feed with all its columns.

// newParquetFeed begins to read the one file of a batch.
func (b *batch) newParquetFeed(ctx context.Context, most int64) (*feed, error) {
	file, err := pq.OpenParquetFile(b.files[0].open, false)
	if err != nil {
		return nil, dataError(b.files[0], err)
	}
	columns, err := arrowReader(ctx, file)
	if err != nil {
		return nil, errors.Join(dataError(b.files[0], err), file.Close())
	}
	return startFeed(ctx, parquetFeedSchema(columns.Schema()), func(_ context.Context, f *feed) (err error) {
		defer func() { err = cmp.Or(err, file.Close()) }()
		defer columns.Release()
		if err := b.number(columns, most, f); err != nil {
			return dataError(b.files[0], err)
		}
		return nil
	}), nil
}

func arrowReader(ctx context.Context, file *pq.Reader) (pqarrow.RecordReader, error) {
	memory := mallocator.NewMallocator()
	r, err := pqarrow.NewFileReader(file, pqarrow.ArrowReadProperties{BatchSize: feedRows}, memory)
	if err != nil {
		return nil, err
	}
	return r.GetRecordReader(ctx, nil, nil)
}

// parquetFeedSchema is a file's columns under names of ours, and where a row
// stands.
func parquetFeedSchema(file *arrow.Schema) *arrow.Schema {
	fields := placeFields()
	for i, f := range file.Fields() {
		f.Name = unquoted(rawColumn(i))
		fields = append(fields, f)
	}
	return feedOf(fields)
}

// number hands over the batches of a file with the place of each row.
func (b *batch) number(columns pqarrow.RecordReader, most int64, f *feed) error {
	line := int64(0)
	for most <= 0 || line < most {
		more, err := nextRows(columns)
		if err != nil {
			return err
		}
		if !more {
			break
		}
		rows := columns.RecordBatch()
		numbered, err := numberedRows(f.schema, int32(b.first), line, rows)
		if err != nil {
			return err
		}
		if err := f.hand(numbered); err != nil {
			return err
		}
		line += rows.NumRows()
	}
	if err := columns.Err(); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

// nextRows goes to the next rows of a file. On some damaged pages the library
// panics.
func nextRows(columns pqarrow.RecordReader) (more bool, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("its pages are damaged: %v", cause)
		}
	}()
	return columns.Next(), nil
}

// numberedRows are the rows of a batch with their places before their columns.
func numberedRows(schema *arrow.Schema, file int32, before int64, rows arrow.RecordBatch) (arrow.RecordBatch, error) {
	places := placesOf(file, before, rows.NumRows())
	defer places[0].Release()
	defer places[1].Release()
	whole, err := array.NewStructArrayWithFields(append(places, rows.Columns()...), schema.Field(0).Type.(*arrow.StructType).Fields())
	if err != nil {
		return nil, err
	}
	defer whole.Release()
	return array.NewRecordBatch(schema, []arrow.Array{whole}, rows.NumRows()), nil
}

// placesOf are the columns of placeFields for rows that follow each other.
func placesOf(file int32, before, rows int64) []arrow.Array {
	memory := mallocator.NewMallocator()
	files, lines := array.NewInt32Builder(memory), array.NewInt64Builder(memory)
	defer files.Release()
	defer lines.Release()
	for i := range rows {
		files.Append(file)
		lines.Append(before + i + 1)
	}
	return []arrow.Array{files.NewArray(), lines.NewArray()}
}

// parquetFeedReader is parquetReader over a feed.
func (b *batch) parquetFeedReader() string {
	var members []string
	for i, c := range b.columns {
		if c.inFile() && c.digits <= mostDigits {
			members = append(members, engine.Literal(c.name)+", "+rawColumn(i))
		}
	}
	columns := []string{
		fileColumn, lineColumn,
		"CAST(json_object(" + strings.Join(members, ", ") + ") AS VARCHAR) AS " + textColumn,
		"FALSE AS " + malformedColumn,
		"FALSE AS " + footerColumn,
		b.contentColumnSQL(rawColumn) + " AS " + contentColumn,
	}
	columns = append(columns, untidySQL()...)
	for _, i := range b.usedOf(0) {
		column := rawColumn(i)
		switch c := b.columns[i]; {
		case c.kind == "TIMESTAMP": // Arrow takes those of 96 bits for times in UTC
			column = fmt.Sprintf("CAST(%[1]s AS TIMESTAMP) AS %[1]s", column)
		case c.folder:
			column = b.folderSQL(i) + " AS " + column
		}
		columns = append(columns, column)
	}
	return "(SELECT " + strings.Join(columns, ", ") + " FROM " + feedReader + ")"
}

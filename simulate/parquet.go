package simulate

import (
	"context"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// rowGroup is the number of rows in a row group: enough for long runs of each
// column, few enough that one group fits anywhere.
const rowGroup = 1 << 17

// money is the type of prices and amounts.
var money = &arrow.Decimal128Type{Precision: 18, Scale: 2}

// schema has the types of the columns.
func schema(o Options) *arrow.Schema {
	text := arrow.BinaryTypes.String
	types := []arrow.DataType{
		text, text, &arrow.TimestampType{Unit: arrow.Millisecond}, text, text,
		arrow.PrimitiveTypes.Int32, money, money, text, text, text,
	}
	columns := o.withAccount(Columns())
	fields := make([]arrow.Field, len(columns))
	for i, name := range columns {
		fields[i] = arrow.Field{Name: name, Type: types[i], Nullable: true}
	}
	return arrow.NewSchema(fields, nil)
}

// WriteParquet writes an export as Parquet with typed columns: text, a
// timestamp in milliseconds without a zone for time, int32 for quantity and
// decimal(18,2) for unit_price and amount; compressed with zstd. truth takes
// the table of TruthColumns as CSV and may be nil.
//
// A typed column cannot hold an unreadable time or amount: it is null there, and
// so are empty texts and columns that are cut off. All else is as in WriteCSV,
// row for row.
func WriteParquet(ctx context.Context, w, truth io.Writer, o Options) (Counts, error) {
	if err := o.Validate(); err != nil {
		return Counts{}, err
	}
	props := parquet.NewWriterProperties(
		parquet.WithCompression(compress.Codecs.Zstd),
		parquet.WithMaxRowGroupLength(rowGroup),
		parquet.WithStoreDecimalAsInteger(true),
		// Hardly any order has many lines: a dictionary would be as long as
		// the column.
		parquet.WithDictionaryFor("order_id", false),
		parquet.WithCreatedBy("clientele simulate"),
	)
	types := schema(o)
	// Wrapped, because the library closes a writer that can be closed.
	file, err := pqarrow.NewFileWriter(types, struct{ io.Writer }{w}, props, pqarrow.DefaultWriterProps())
	if err != nil {
		return Counts{}, fmt.Errorf("simulate: write parquet: %w", err)
	}
	counts, err := run(ctx, truth, o, batchSink(types, file))
	if err != nil {
		return counts, err
	}
	if err := file.Close(); err != nil {
		return counts, fmt.Errorf("simulate: write parquet: %w", err)
	}
	return counts, nil
}

// batchSink turns rows into batches and those into row groups.
func batchSink(types *arrow.Schema, file *pqarrow.FileWriter) sink[arrow.RecordBatch] {
	return sink[arrow.RecordBatch]{
		encode: func(rows []Row, out *arrow.RecordBatch) error {
			b := array.NewRecordBuilder(memory.DefaultAllocator, types)
			defer b.Release()
			b.Reserve(len(rows))
			for i := range rows {
				rows[i].build(b)
			}
			*out = b.NewRecordBatch()
			return nil
		},
		write: func(batch *arrow.RecordBatch) error {
			defer (*batch).Release()
			if err := file.WriteBuffered(*batch); err != nil {
				return fmt.Errorf("simulate: write parquet: %w", err)
			}
			return nil
		},
	}
}

// build appends the row to the columns of schema.
func (r *Row) build(b *array.RecordBuilder) {
	appendString(b.Field(0), r.Customer)
	appendString(b.Field(1), r.Order)
	if r.Flaw == NoTime || r.Flaw == BadTime {
		b.Field(2).AppendNull()
	} else {
		b.Field(2).(*array.TimestampBuilder).Append(arrow.Timestamp(r.Time.UnixMilli()))
	}
	appendString(b.Field(3), r.Product)
	if r.Flaw == CutOff {
		for _, missing := range b.Fields()[4:] {
			missing.AppendNull()
		}
		return
	}
	appendString(b.Field(4), r.Category)
	b.Field(5).(*array.Int32Builder).Append(r.Quantity)
	b.Field(6).(*array.Decimal128Builder).Append(decimal128.FromI64(int64(r.UnitPrice)))
	if r.Flaw == BadAmount {
		b.Field(7).AppendNull()
	} else {
		b.Field(7).(*array.Decimal128Builder).Append(decimal128.FromI64(int64(r.Amount)))
	}
	appendString(b.Field(8), r.Channel)
	appendString(b.Field(9), r.Region)
	if accounts := b.Fields()[10:]; len(accounts) > 0 {
		appendString(accounts[0], r.Account)
	}
}

// appendString appends a text to a text column, null where it is empty.
func appendString(b array.Builder, s string) {
	if s == "" {
		b.AppendNull()
		return
	}
	b.(*array.StringBuilder).Append(s)
}

package exports

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// parquetFolders is a warehouse's table of order lines as Parquet, a file for
// each month in folders such as year=2024/month=03, typed columns, customers as
// whole numbers. What came back is a row below zero of the same order.
//
// What counts: net_amount.
var parquetFolders = kind{
	name:    "parquet-folders", // Parquet in folders by year and month
	style:   style{locales: []*locale{english, german, chinese}, zone: "Europe/Berlin", lines: 1.4, scale: 5, refunds: true},
	reading: goods(func(c *Customer) string { return strconv.Itoa(100_000 + c.Number) }),
	write:   writeParquetFolders,
}

// warehouse is the schema of its table.
var warehouse = arrow.NewSchema([]arrow.Field{
	{Name: "order_id", Type: arrow.BinaryTypes.String},
	{Name: "customer_id", Type: arrow.PrimitiveTypes.Int64},
	{Name: "order_ts", Type: &arrow.TimestampType{Unit: arrow.Microsecond, TimeZone: "UTC"}},
	{Name: "product", Type: arrow.BinaryTypes.String},
	{Name: "category", Type: arrow.BinaryTypes.String},
	{Name: "quantity", Type: arrow.PrimitiveTypes.Int32},
	{Name: "net_amount", Type: &arrow.Decimal128Type{Precision: 18, Scale: 2}},
}, nil)

func writeParquetFolders(s *Shop, f *folder) error {
	var months []string
	byMonth := map[string][]note{}
	for _, n := range creditNotes(s) {
		month := n.at.UTC().Format("2006-01")
		if byMonth[month] == nil {
			months = append(months, month)
		}
		byMonth[month] = append(byMonth[month], n)
	}
	for _, month := range months {
		data, err := parquetOf(byMonth[month])
		if err != nil {
			return err
		}
		f.add(fmt.Sprintf("orders/year=%s/month=%s/part-0.parquet", month[:4], month[5:]), data, len(byMonth[month]))
	}
	return nil
}

// parquetOf is one file.
func parquetOf(notes []note) ([]byte, error) {
	b := array.NewRecordBuilder(memory.DefaultAllocator, warehouse)
	defer b.Release()
	for _, n := range notes {
		b.Field(0).(*array.StringBuilder).Append(fmt.Sprintf("W%07d", n.Order.Number))
		b.Field(1).(*array.Int64Builder).Append(int64(100_000 + n.Order.Customer.Number))
		b.Field(2).(*array.TimestampBuilder).Append(arrow.Timestamp(n.at.UnixNano() / int64(time.Microsecond)))
		b.Field(3).(*array.StringBuilder).Append(n.Product.Name)
		b.Field(4).(*array.StringBuilder).Append(n.Product.Category)
		b.Field(5).(*array.Int32Builder).Append(int32(n.quantity))
		b.Field(6).(*array.Decimal128Builder).Append(decimal128.FromI64(int64(n.amount)))
	}
	batch := b.NewRecordBatch()
	defer batch.Release()
	var out bytes.Buffer
	properties := parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd), parquet.WithCreatedBy("warehouse"))
	w, err := pqarrow.NewFileWriter(warehouse, &out, properties, pqarrow.DefaultWriterProps())
	if err != nil {
		return nil, err
	}
	if err := w.Write(batch); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

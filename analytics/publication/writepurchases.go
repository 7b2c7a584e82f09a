package publication

import (
	"io"
	"iter"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// PurchaseDays are the purchase days of all customers, to be written: those of customer i
// are Days[Start[i]:Start[i+1]], ascending.
type PurchaseDays struct {
	IDs   []string // in order
	Start []int64
	Days  []calendar.Day
	Spend func(day int) money.Amount // on one of Days
}

// purchasesSchema is that of purchases.parquet.
var purchasesSchema = arrow.NewSchema([]arrow.Field{
	{Name: purchasesID, Type: arrow.BinaryTypes.String},
	{Name: purchasesDays, Type: arrow.ListOfNonNullable(arrow.FixedWidthTypes.Date32)},
	{Name: purchasesSpend, Type: arrow.ListOfNonNullable(&arrow.Decimal128Type{Precision: money.Precision, Scale: money.Scale})},
}, nil)

// Parquet writes purchases.parquet and gives the number of rows.
func (p PurchaseDays) Parquet(w io.Writer) (int64, error) {
	return publish.WriteParquet(w, purchasesSchema, p.batches(), publish.ParquetOptions{})
}

// batches are those of one row group each, so that no second copy of all is in memory.
func (p PurchaseDays) batches() iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		first := 0
		for ids := range slices.Chunk(p.IDs, publish.RowGroupRows) {
			batch := p.batch(ids, first)
			more := yield(batch, nil)
			batch.Release()
			if !more {
				return
			}
			first += len(ids)
		}
	}
}

// batch has some customers, of whom the first stands in place first.
func (p PurchaseDays) batch(ids []string, first int) arrow.RecordBatch {
	rows := array.NewRecordBuilder(memory.DefaultAllocator, purchasesSchema)
	defer rows.Release()
	rows.Field(0).(*array.StringBuilder).AppendValues(ids, nil)
	days, spend := rows.Field(1).(*array.ListBuilder), rows.Field(2).(*array.ListBuilder)
	day, amount := days.ValueBuilder().(*array.Date32Builder), spend.ValueBuilder().(*array.Decimal128Builder)
	from, to := p.Start[first], p.Start[first+len(ids)]
	day.Reserve(int(to - from))
	amount.Reserve(int(to - from))
	for i := range ids {
		days.Append(true)
		spend.Append(true)
		for k := p.Start[first+i]; k < p.Start[first+i+1]; k++ {
			day.UnsafeAppend(arrow.Date32(p.Days[k]))
			amount.UnsafeAppend(p.Spend(int(k)).Num())
		}
	}
	return rows.NewRecordBatch()
}

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
	// Margin is what one of Days brought; nil: the file does not have it.
	Margin func(day int) money.Amount
}

// schema is that of purchases.parquet.
func (p PurchaseDays) schema() *arrow.Schema {
	amounts := arrow.ListOfNonNullable(&arrow.Decimal128Type{Precision: money.Precision, Scale: money.Scale})
	fields := []arrow.Field{
		{Name: purchasesID, Type: arrow.BinaryTypes.String},
		{Name: purchasesDays, Type: arrow.ListOfNonNullable(arrow.FixedWidthTypes.Date32)},
		{Name: purchasesSpend, Type: amounts},
	}
	if p.Margin != nil {
		fields = append(fields, arrow.Field{Name: purchasesMargin, Type: amounts})
	}
	return arrow.NewSchema(fields, nil)
}

// Parquet writes purchases.parquet and gives the number of rows.
func (p PurchaseDays) Parquet(w io.Writer) (int64, error) {
	batches := batchesOf(p.IDs, purchasesGroup, p.batch)
	return publish.WriteParquet(w, p.schema(), batches, publish.ParquetOptions{RowGroupRows: purchasesGroup})
}

// purchasesGroup is how many customers a row group of purchases.parquet has. Those of a row
// group have ten or more days each, and whoever writes or reads one holds all of them: an
// eighth of the customers makes as many values as other files have in a row group.
const purchasesGroup = publish.RowGroupRows / 8

// batchesOf are batches of one row group of so many customers each, so that no second copy
// of all is in memory. batch makes one of some customers, of whom the first stands in place first.
func batchesOf(ids []string, group int, batch func(ids []string, first int) arrow.RecordBatch) iter.Seq2[arrow.RecordBatch, error] {
	return func(yield func(arrow.RecordBatch, error) bool) {
		first := 0
		for some := range slices.Chunk(ids, group) {
			rows := batch(some, first)
			more := yield(rows, nil)
			rows.Release()
			if !more {
				return
			}
			first += len(some)
		}
	}
}

// batch has some customers, of whom the first stands in place first.
func (p PurchaseDays) batch(ids []string, first int) arrow.RecordBatch {
	rows := array.NewRecordBuilder(memory.DefaultAllocator, p.schema())
	defer rows.Release()
	rows.Field(0).(*array.StringBuilder).AppendValues(ids, nil)
	days := rows.Field(1).(*array.ListBuilder)
	day := days.ValueBuilder().(*array.Date32Builder)
	day.Reserve(int(p.Start[first+len(ids)] - p.Start[first]))
	for i := range ids {
		days.Append(true)
		for k := p.Start[first+i]; k < p.Start[first+i+1]; k++ {
			day.UnsafeAppend(arrow.Date32(p.Days[k]))
		}
	}
	p.fill(rows.Field(2).(*array.ListBuilder), p.Start[first:first+len(ids)+1], p.Spend)
	if p.Margin != nil {
		p.fill(rows.Field(3).(*array.ListBuilder), p.Start[first:first+len(ids)+1], p.Margin)
	}
	return rows.NewRecordBatch()
}

// fill writes an amount for each day of some customers; start is where those of each begin,
// and then where the last end.
func (p PurchaseDays) fill(lists *array.ListBuilder, start []int64, of func(day int) money.Amount) {
	amount := lists.ValueBuilder().(*array.Decimal128Builder)
	amount.Reserve(int(start[len(start)-1] - start[0]))
	for i := range start[1:] {
		lists.Append(true)
		for k := start[i]; k < start[i+1]; k++ {
			amount.UnsafeAppend(of(int(k)).Num())
		}
	}
}

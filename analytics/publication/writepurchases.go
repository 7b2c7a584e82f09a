package publication

import (
	"io"
	"iter"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"

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
	groups := groupsOf(len(p.IDs), purchasesGroup, p.group)
	return publish.WriteParquetColumns(w, p.schema(), groups, publish.ParquetOptions{RowGroupRows: purchasesGroup})
}

// purchasesGroup is how many customers a row group of purchases.parquet has. Those of a row
// group have ten or more days each, and whoever writes or reads one holds all of them: an
// eighth of the customers makes as many values as other files have in a row group.
const purchasesGroup = publish.RowGroupRows / 8

// groupsOf are row groups of so many customers each, so that no second copy of all is in
// memory. col makes one of the columns of some customers.
func groupsOf(customers, size int, col func(i, from, to int) publish.Col) iter.Seq[publish.RowGroup] {
	return func(yield func(publish.RowGroup) bool) {
		for from := 0; from < customers; from += size {
			to := min(from+size, customers)
			if !yield(publish.RowGroup{Rows: to - from, Col: func(i int) publish.Col { return col(i, from, to) }}) {
				return
			}
		}
	}
}

// group makes one of the columns of some customers.
func (p PurchaseDays) group(i, from, to int) publish.Col {
	switch i {
	case 0:
		return publish.Col{Name: purchasesID, Values: p.IDs[from:to]}
	case 1:
		return listsOf(purchasesDays, p.Start[from:to+1], func(day int) arrow.Date32 { return arrow.Date32(p.Days[day]) })
	case 2:
		return amountsOf(purchasesSpend, p.Start[from:to+1], p.Spend)
	}
	return amountsOf(purchasesMargin, p.Start[from:to+1], p.Margin)
}

// amountsOf are lists of amounts; see listsOf.
func amountsOf(name string, start []int64, of func(day int) money.Amount) publish.Col {
	c := listsOf(name, start, func(day int) decimal128.Num { return of(day).Num() })
	c.Scale = money.Scale
	return c
}

// listsOf has a value for each day of some customers; start is where those of each begin,
// and then where the last end.
func listsOf[T any](name string, start []int64, of func(day int) T) publish.Col {
	first := start[0]
	starts, values := make([]int64, len(start)), make([]T, start[len(start)-1]-first)
	for i, at := range start {
		starts[i] = at - first
	}
	for k := range values {
		values[k] = of(int(first) + k)
	}
	return publish.Col{Name: name, Values: values, Starts: starts}
}

package customers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/analytics/ledger"
)

// append adds a record batch of customers.sql to the table.
func (t *Table) append(b arrow.RecordBatch) error {
	c := &engine.Columns{Batch: b}
	texts(c, "customer", &t.ID)
	days(c, "first_day", &t.FirstDay)
	days(c, "last_day", &t.LastDay)
	counts(c, "orders", &t.Orders)
	counts(c, "purchase_days", &t.PurchaseDays)
	counts(c, "returns", &t.Returns)
	amounts(c, "net", &t.Net)
	amounts(c, "sold", &t.Sold)
	amounts(c, "cost", &t.Cost)
	amounts(c, "first_sold", &t.FirstSold)
	squares(c, "sum_squared_sold", &t.SumSquaredSold)
	t.appendRhythm(c)
	counts(c, "rfm_orders", &t.RFMOrders)
	t.appendRFMNet(c)
	if t.Activity != nil {
		t.Activity.append(c)
	}
	for i := range t.Attributes {
		a := &t.Attributes[i]
		texts(c, ledger.AttributeColumn(a.Name), &a.Values)
	}
	return c.Err
}

// take reads the named column, if all before it could be read, and appends its
// values; a batch's memory is the engine's, so values are copied.
func take[T any, C arrow.Array](c *engine.Columns, name string, into *[]T, value func(C, int) T) {
	column := engine.Take[C](c, name)
	if c.Err != nil {
		return
	}
	for i := range column.Len() {
		*into = append(*into, value(column, i))
	}
}

func texts(c *engine.Columns, name string, into *[]string) {
	take(c, name, into, func(a *array.String, i int) string {
		if a.IsNull(i) {
			return ""
		}
		return strings.Clone(a.Value(i))
	})
}

func days(c *engine.Columns, name string, into *[]int32) {
	take(c, name, into, func(a *array.Date32, i int) int32 { return int32(a.Value(i)) })
}

func counts(c *engine.Columns, name string, into *[]int64) {
	take(c, name, into, func(a *array.Int64, i int) int64 { return a.Value(i) })
}

func amounts(c *engine.Columns, name string, into *[]ledger.Money) {
	take(c, name, into, func(a *array.Decimal128, i int) ledger.Money { return ledger.MoneyOf(a.Value(i)) })
}

func squares(c *engine.Columns, name string, into *[]float64) {
	const places = 4
	take(c, name, into, func(a *array.Decimal128, i int) float64 { return a.Value(i).ToFloat64(places) })
}

// appendRhythm reads the lists of purchase days, which have no order, and
// appends what the stages need of the gaps between them. A window in SQL would
// sort every customer's days too, with all that it carries of them.
func (t *Table) appendRhythm(c *engine.Columns) {
	lists := engine.Take[*array.List](c, "days")
	if c.Err != nil {
		return
	}
	dates, ok := lists.ListValues().(*array.Date32)
	if !ok {
		c.Err = fmt.Errorf("result column %q is a list of %s, not of dates", "days", lists.ListValues().DataType())
		return
	}
	var purchases []int32
	for i := range lists.Len() {
		from, to := lists.ValueOffsets(i)
		purchases = purchases[:0]
		for k := from; k < to; k++ {
			purchases = append(purchases, int32(dates.Value(int(k))))
		}
		slices.Sort(purchases)
		t.addRhythm(purchases)
	}
}

// addRhythm appends one customer's purchase days, in order.
func (t *Table) addRhythm(purchases []int32) {
	if t.DayStart != nil {
		t.Days = append(t.Days, purchases...)
		t.DayStart = append(t.DayStart, int64(len(t.Days)))
	}
	var sum, squares int64
	var first [2]int64 // gaps
	for k, day := range purchases {
		sum += int64(day)
		if k == 0 {
			continue
		}
		gap := int64(day - purchases[k-1])
		squares += gap * gap
		if k <= len(first) {
			first[k-1] = gap
		}
	}
	t.SumDays, t.SumSquaredGaps = append(t.SumDays, sum), append(t.SumSquaredGaps, squares)
	t.FirstGap, t.SecondGap = append(t.FirstGap, first[0]), append(t.SecondGap, first[1])
}

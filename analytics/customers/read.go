package customers

import (
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
	counts(c, "first_gap", &t.FirstGap)
	counts(c, "second_gap", &t.SecondGap)
	counts(c, "sum_squared_gaps", &t.SumSquaredGaps)
	counts(c, "sum_days", &t.SumDays)
	counts(c, "rfm_orders", &t.RFMOrders)
	amounts(c, "rfm_net", &t.RFMNet)
	counts(c, "tier_orders", &t.TierOrders)
	counts(c, "tier_purchase_days", &t.TierPurchaseDays)
	amounts(c, "tier_net", &t.TierNet)
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

package customers

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
)

// Activity is what customers did day by day, from the first day that was asked
// for: days with an order or a return, ascending for each customer. Those of
// customer i are the entries Start[i] to Start[i+1] of every column.
type Activity struct {
	Start  []int64
	Day    []int32
	Orders []int64
	Net    []int64   // millionths of the currency, at most 10^18 either way
	Number [][]int64 // millionths; a column for each number that was asked for
}

func newActivity(numbers []string) *Activity {
	return &Activity{Start: []int64{0}, Number: make([][]int64, len(numbers))}
}

// append adds a batch. A customer's list is in no order.
func (a *Activity) append(c *engine.Columns) {
	lists := engine.Take[*array.List](c, "activity")
	if c.Err != nil {
		return
	}
	did, err := activityValues(lists.ListValues(), len(a.Number))
	if err != nil {
		c.Err = err
		return
	}
	var order []int
	for i := range lists.Len() {
		order = order[:0]
		if from, to := lists.ValueOffsets(i); lists.IsValid(i) { // null: nothing since the first day
			for k := from; k < to; k++ {
				order = append(order, int(k))
			}
		}
		slices.SortFunc(order, func(x, y int) int { return cmp.Compare(did.day.Value(x), did.day.Value(y)) })
		for _, k := range order {
			a.Day = append(a.Day, int32(did.day.Value(k)))
			a.Orders = append(a.Orders, did.orders.Value(k))
			a.Net = append(a.Net, fixedPoint(did.net, k))
			for n, number := range did.numbers {
				a.Number[n] = append(a.Number[n], fixedPoint(number, k))
			}
		}
		a.Start = append(a.Start, int64(len(a.Day)))
	}
}

// fixedPoint is a decimal of 18 digits in units of its last place.
func fixedPoint(column *array.Decimal128, at int) int64 { return int64(column.Value(at).LowBits()) }

// activityFields are the fields of the entries of a list.
type activityFields struct {
	day     *array.Date32
	orders  *array.Int64
	net     *array.Decimal128
	numbers []*array.Decimal128
}

func activityValues(values arrow.Array, numbers int) (activityFields, error) {
	var did activityFields
	const fixed = 3 // day, orders, net
	entries, ok := values.(*array.Struct)
	if !ok || entries.NumField() != fixed+numbers {
		return did, fmt.Errorf("result column %q is a list of %s, not of days, orders and %d amounts", "activity", values.DataType(), 1+numbers)
	}
	did.numbers = make([]*array.Decimal128, numbers)
	var isDay, isCount, isMoney bool
	did.day, isDay = entries.Field(0).(*array.Date32)
	did.orders, isCount = entries.Field(1).(*array.Int64)
	did.net, isMoney = entries.Field(2).(*array.Decimal128)
	for n := range did.numbers {
		var is bool
		did.numbers[n], is = entries.Field(fixed + n).(*array.Decimal128)
		isMoney = isMoney && is
	}
	if !isDay || !isCount || !isMoney {
		return did, fmt.Errorf("result column %q is a list of %s, not of a date, a count and decimals", "activity", entries.DataType())
	}
	return did, nil
}

package customers

import (
	"cmp"
	"fmt"
	"slices"

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

// append adds a batch. The lists of a customer are in one order, which need not
// be that of the days.
func (a *Activity) append(c *engine.Columns) {
	days := engine.Take[*array.List](c, "activity_days")
	orders := engine.Take[*array.List](c, "activity_orders")
	net := engine.Take[*array.List](c, "activity_net")
	numbers := make([]*array.List, len(a.Number))
	for k := range numbers {
		numbers[k] = engine.Take[*array.List](c, fmt.Sprintf("activity_number_%d", k))
	}
	if c.Err != nil {
		return
	}
	date, ok := days.ListValues().(*array.Date32)
	count, ok2 := orders.ListValues().(*array.Int32)
	if !ok || !ok2 {
		c.Err = fmt.Errorf("activity is lists of %s and %s, not of dates and counts", days.ListValues().DataType(), orders.ListValues().DataType())
		return
	}
	money := func(l *array.List) func(int64) int64 {
		values, ok := l.ListValues().(*array.Decimal128)
		if !ok {
			c.Err = fmt.Errorf("activity has a list of %s, not of decimals", l.ListValues().DataType())
			return nil
		}
		return func(at int64) int64 { return int64(values.Value(int(at)).LowBits()) }
	}
	netAt, numberAt := money(net), make([]func(int64) int64, len(numbers))
	for k, l := range numbers {
		numberAt[k] = money(l)
	}
	if c.Err != nil {
		return
	}
	var order []int64
	for i := range days.Len() {
		from, to := days.ValueOffsets(i)
		if days.IsNull(i) { // nothing in the window
			to = from
		}
		order = order[:0]
		for k := from; k < to; k++ {
			order = append(order, k-from)
		}
		slices.SortFunc(order, func(x, y int64) int {
			return cmp.Compare(date.Value(int(from+x)), date.Value(int(from+y)))
		})
		ordersFrom, _ := orders.ValueOffsets(i)
		netFrom, _ := net.ValueOffsets(i)
		for _, k := range order {
			a.Day = append(a.Day, int32(date.Value(int(from+k))))
			a.Orders = append(a.Orders, int64(count.Value(int(ordersFrom+k))))
			a.Net = append(a.Net, netAt(netFrom+k))
		}
		for n, l := range numbers {
			first, _ := l.ValueOffsets(i)
			for _, k := range order {
				a.Number[n] = append(a.Number[n], numberAt[n](first+k))
			}
		}
		a.Start = append(a.Start, int64(len(a.Day)))
	}
}

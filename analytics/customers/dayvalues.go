package customers

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/internal/money"
)

// dayValues are the columns of a batch of order.sql, or else of day.sql; nil: that was not
// asked for.
type dayValues struct {
	day *array.Date32

	isReturn, long *array.Boolean // of orders
	amount         *array.Decimal128

	orders, returns, longOrders, placed *array.Int32 // of days
	net, sold, bought, flow             *array.Decimal128
	orderAmounts                        *array.List

	cost, premium *array.Decimal128 // of both
	numbers       []*array.Decimal128
	unread        []*array.Int64
}

// dayValuesOf takes the columns.
func dayValuesOf(c *engine.Columns, numbers int) *dayValues {
	v := &dayValues{day: engine.Take[*array.Date32](c, "day")}
	takeIf(c, "is_return", &v.isReturn)
	takeIf(c, "long_order", &v.long)
	takeIf(c, "amount", &v.amount)
	takeIf(c, "orders", &v.orders)
	takeIf(c, "returns", &v.returns)
	takeIf(c, "long_orders", &v.longOrders)
	takeIf(c, "placed", &v.placed)
	takeIf(c, "net", &v.net)
	takeIf(c, "sold", &v.sold)
	takeIf(c, "bought", &v.bought)
	takeIf(c, "flow", &v.flow)
	takeIf(c, "order_amounts", &v.orderAmounts)
	takeIf(c, "cost", &v.cost)
	takeIf(c, "premium", &v.premium)
	for i := range numbers {
		v.numbers = append(v.numbers, engine.Take[*array.Decimal128](c, numberColumn(i)))
		v.unread = append(v.unread, engine.Take[*array.Int64](c, unreadColumn(i)))
	}
	return v
}

// takeIf takes a column where the batch has it.
func takeIf[T arrow.Array](c *engine.Columns, name string, into *T) {
	if c.Batch.Schema().HasField(name) {
		*into = engine.Take[T](c, name)
	}
}

// at is what a row says of a day.
func (v *dayValues) at(row int) dayDone {
	d := dayDone{day: int32(v.day.Value(row))}
	if v.isReturn != nil {
		v.addOrder(&d, row)
	} else {
		v.addDay(&d, row)
	}
	if v.cost != nil {
		d.cost = money.Of(v.cost.Value(row))
	}
	if v.premium != nil {
		d.premium = money.Of(v.premium.Value(row))
	}
	return d
}

// addOrder adds an order or a return.
func (v *dayValues) addOrder(d *dayDone, row int) {
	d.net = money.Of(v.amount.Value(row))
	d.flow = d.net
	if v.isReturn.Value(row) {
		d.returns = 1
		return
	}
	d.orders, d.placed, d.sold, d.bought = 1, 1, d.net, d.net
	if v.long.Value(row) {
		d.long = 1
	}
}

// addDay adds a day.
func (v *dayValues) addDay(d *dayDone, row int) {
	d.orders, d.returns, d.long = v.orders.Value(row), v.returns.Value(row), v.longOrders.Value(row)
	d.net, d.sold = money.Of(v.net.Value(row)), money.Of(v.sold.Value(row))
	d.placed, d.flow, d.bought = d.orders, d.net, d.sold
	if v.placed != nil {
		d.placed, d.flow = v.placed.Value(row), money.Of(v.flow.Value(row))
	}
	if v.bought != nil {
		d.bought = money.Of(v.bought.Value(row))
	}
}

// addAmounts adds what single orders of a row sold.
func (v *dayValues) addAmounts(to []money.Amount, d dayDone, row int) []money.Amount {
	switch {
	case d.orders == 0:
		return to
	case v.isReturn != nil:
		return append(to, d.sold)
	}
	amounts := v.orderAmounts.ListValues().(*array.Decimal128)
	for i, end := v.orderAmounts.ValueOffsets(row); i < end; i++ {
		to = append(to, money.Of(amounts.Value(int(i))))
	}
	return to
}

package customers

import (
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// dayDone is what a customer did on a day.
type dayDone struct {
	day             int32
	orders          int32   // 0: only returned
	sold            float64 // zero unless read, as all that follow
	net             money.Amount
	cost            money.Amount
	bought, premium money.Amount
}

// dayReader reads rows of day.sql, which are in order of customer and day, and lays the days
// of each customer beside the customers of the table, who are in order too.
type dayReader struct {
	walk
	done []dayDone // of the customer whose days are read
	from int32     // first day of the activity
	all  bool      // which has all days
}

func newDayReader(r Request, t *Table) *dayReader {
	d := &dayReader{}
	d.walk = walk{t: t, next: d.close}
	if r.Activity != nil {
		d.from, d.all = calendar.DayOf(r.Activity.From), r.Activity.From.IsZero()
	}
	return d
}

// take reads a batch.
func (r *dayReader) take(b arrow.RecordBatch) error {
	if r.at == 0 && r.done == nil {
		r.reserve()
	}
	c := &engine.Columns{Batch: b}
	ids, values := engine.Take[*array.String](c, "customer"), r.t.dayValues(c)
	if c.Err != nil {
		return c.Err
	}
	for row := range ids.Len() {
		if !r.reach(ids.Value(row)) {
			continue // never bought
		}
		d := values.at(row)
		r.done = append(r.done, d)
		if r.t.Activity != nil && d.day >= r.from {
			values.addActivity(r.t.Activity, row)
		}
	}
	return nil
}

// close closes a customer, all of whose days are read.
func (r *dayReader) close() {
	t := r.t
	if t.cohorts != nil {
		group := int32(0)
		if t.Group != nil {
			group = t.cohorts.groupOf(t.FirstLabels, r.at)
			t.Group = append(t.Group, group)
		}
		t.cohorts.add(r.done, group)
	}
	if t.DayStart != nil {
		t.keep(r.done)
	}
	if t.Sales != nil {
		t.Sales.keep(r.done)
	}
	if t.Activity != nil {
		t.Activity.Start = append(t.Activity.Start, int64(len(t.Activity.Day)))
	}
	r.done = r.done[:0]
}

// reserve makes room for all purchase days, whose number is known from their customers:
// columns that grow row by row are copied over and over. How many of them the activity has is
// known where it has all.
func (r *dayReader) reserve() {
	days := 0
	for _, n := range r.t.PurchaseDays {
		days += int(n)
	}
	if r.all {
		r.t.Activity.reserve(r.t.Len(), days)
	}
	r.t.reserveDays(days)
}

func (t *Table) reserveDays(days int) {
	if t.DayStart == nil {
		return
	}
	t.Days = slices.Grow(t.Days, days)
	t.DayStart = slices.Grow(t.DayStart, t.Len())
	if t.DaySold != nil {
		t.DaySold = slices.Grow(t.DaySold, days)
	}
	if t.DayNet != nil {
		t.DayNet.Grow(days)
	}
	if t.DayEarned != nil {
		t.DayEarned, t.DayOrders = slices.Grow(t.DayEarned, days), slices.Grow(t.DayOrders, days)
	}
	if t.Sales != nil {
		t.Sales.reserve(t.Len(), days)
	}
}

// keep appends the purchase days among the days of a customer.
func (t *Table) keep(done []dayDone) {
	for _, d := range done {
		if d.orders == 0 {
			continue
		}
		t.Days = append(t.Days, d.day)
		if t.DaySold != nil {
			t.DaySold = append(t.DaySold, d.sold)
		}
		if t.DayNet != nil {
			t.DayNet.Append(d.net)
		}
	}
	if t.DayEarned != nil {
		t.keepEarned(done)
	}
	t.DayStart = append(t.DayStart, int64(len(t.Days)))
}

// keepEarned appends what the purchase days among the days of a customer earned. What was
// returned on other days counts on the purchase day before or, before the first, on that.
func (t *Table) keepEarned(done []dayDone) {
	first := len(t.DayEarned)
	var early money.Amount
	for _, d := range done {
		earned := d.net.Minus(d.cost)
		switch last := len(t.DayEarned) - 1; {
		case d.orders > 0:
			t.DayEarned, t.DayOrders = append(t.DayEarned, earned.Plus(early)), append(t.DayOrders, d.orders)
			early = money.Amount{}
		case last >= first:
			t.DayEarned[last] = t.DayEarned[last].Plus(earned)
		default:
			early = early.Plus(earned)
		}
	}
}

// dayValues are the columns of rows of days; nil: that was not asked for.
type dayValues struct {
	day     *array.Date32
	orders  *array.Int32
	sold    *array.Float64
	net     *array.Decimal128
	cost    *array.Decimal128
	bought  *array.Decimal128
	premium *array.Decimal128

	placed  *array.Int32 // of the activity
	flow    *array.Decimal128
	numbers []*array.Decimal128
}

func (v dayValues) at(row int) dayDone {
	d := dayDone{day: int32(v.day.Value(row)), orders: v.orders.Value(row)}
	if v.sold != nil {
		d.sold = v.sold.Value(row)
	}
	if v.net != nil {
		d.net = money.Of(v.net.Value(row))
	}
	if v.cost != nil {
		d.cost = money.Of(v.cost.Value(row))
	}
	if v.bought != nil {
		d.bought = money.Of(v.bought.Value(row))
	}
	if v.premium != nil {
		d.premium = money.Of(v.premium.Value(row))
	}
	return d
}

// dayValues takes the columns that were asked for.
func (t *Table) dayValues(c *engine.Columns) dayValues {
	v := dayValues{day: engine.Take[*array.Date32](c, "day"), orders: engine.Take[*array.Int32](c, "orders")}
	if t.DaySold != nil {
		v.sold = engine.Take[*array.Float64](c, "sold")
	}
	for name, into := range map[string]**array.Decimal128{"net": &v.net, "cost": &v.cost, "bought": &v.bought, "premium": &v.premium} {
		if c.Batch.Schema().HasField(name) {
			*into = engine.Take[*array.Decimal128](c, name)
		}
	}
	if t.Activity == nil {
		return v
	}
	v.placed, v.flow = v.orders, v.net
	if c.Batch.Schema().HasField("placed") {
		v.placed, v.flow = engine.Take[*array.Int32](c, "placed"), engine.Take[*array.Decimal128](c, "flow")
	}
	for i := range t.Activity.Number {
		v.numbers = append(v.numbers, engine.Take[*array.Decimal128](c, numberColumn(i)))
	}
	return v
}

// addActivity adds a row to what customers did day by day.
func (v dayValues) addActivity(a *Activity, row int) {
	a.Day = append(a.Day, int32(v.day.Value(row)))
	if a.Orders != nil {
		a.Orders = append(a.Orders, int64(v.placed.Value(row)))
	}
	a.Net = append(a.Net, fixedPoint(v.flow.Value(row)))
	for n, number := range v.numbers {
		a.Number[n] = append(a.Number[n], fixedPoint(number.Value(row)))
	}
}

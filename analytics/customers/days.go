package customers

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"clientele/analytics/engine"
	"clientele/internal/money"
)

// dayDone is what a customer did on a day.
type dayDone struct {
	day             int32
	orders          int32 // 0: only returned; not read unless net is
	sold            float64
	net             money.Amount
	cost            money.Amount // zero unless costs are mapped and read
	bought, premium money.Amount // zero unless sales are read
}

// appendDays appends the days of each customer in order. The lists have no order: a window
// in SQL would have to sort all that it carries of each day.
func (t *Table) appendDays(c *engine.Columns) {
	lists := engine.Take[*array.List](c, "days")
	if c.Err != nil {
		return
	}
	values, err := t.dayValues(lists.ListValues())
	if err != nil {
		c.Err = err
		return
	}
	var done []dayDone
	before := t.Len() - lists.Len() // customers of earlier batches
	for i := range lists.Len() {
		from, to := lists.ValueOffsets(i)
		done = done[:0]
		for k := from; k < to; k++ {
			done = append(done, values.at(int(k)))
		}
		slices.SortFunc(done, func(a, b dayDone) int { return cmp.Compare(a.day, b.day) })
		if t.cohorts != nil {
			group := int32(0)
			if t.Group != nil {
				group = t.cohorts.groupOf(t.FirstLabels, before+i)
				t.Group = append(t.Group, group)
			}
			t.cohorts.add(done, group)
		}
		t.keep(done)
		if t.Sales != nil {
			t.Sales.keep(done)
		}
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

// dayValues are what the lists of days hold; nil: that was not asked for.
type dayValues struct {
	day     *array.Date32
	sold    *array.Float64
	orders  *array.Int32
	net     *array.Decimal128
	cost    *array.Decimal128
	bought  *array.Decimal128
	premium *array.Decimal128
}

func (v dayValues) at(k int) dayDone {
	d := dayDone{day: int32(v.day.Value(k)), orders: 1}
	if v.sold != nil {
		d.sold = v.sold.Value(k)
	}
	if v.net != nil {
		d.orders, d.net = v.orders.Value(k), money.Of(v.net.Value(k))
	}
	if v.cost != nil {
		d.cost = money.Of(v.cost.Value(k))
	}
	if v.bought != nil {
		d.bought = money.Of(v.bought.Value(k))
	}
	if v.premium != nil {
		d.premium = money.Of(v.premium.Value(k))
	}
	return d
}

func (t *Table) dayValues(values arrow.Array) (v dayValues, err error) {
	entries, is := values.(*array.Struct)
	if !is {
		return v, fmt.Errorf("result column %q is a list of %s, not of what was done on days", "days", values.DataType())
	}
	err = entry(entries, "day", &v.day)
	if err == nil && t.DaySold != nil {
		err = entry(entries, "sold", &v.sold)
	}
	if err == nil && (t.DayNet != nil || t.DayEarned != nil || t.cohorts != nil || t.Sales != nil) {
		if err = entry(entries, "orders", &v.orders); err == nil {
			err = entry(entries, "net", &v.net)
		}
	}
	for name, into := range map[string]**array.Decimal128{"cost": &v.cost, "bought": &v.bought, "premium": &v.premium} {
		if _, has := entries.DataType().(*arrow.StructType).FieldIdx(name); err == nil && has {
			err = entry(entries, name, into)
		}
	}
	return v, err
}

// entry finds the values of a field of the entries of lists.
func entry[A arrow.Array](entries *array.Struct, name string, into *A) error {
	at, known := entries.DataType().(*arrow.StructType).FieldIdx(name)
	if !known {
		return fmt.Errorf("result column %q has no field %q", "days", name)
	}
	values, is := entries.Field(at).(A)
	if !is {
		return fmt.Errorf("result column %q has a field %q of type %s", "days", name, entries.Field(at).DataType())
	}
	*into = values
	return nil
}

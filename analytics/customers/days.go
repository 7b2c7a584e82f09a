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
	day                   int32
	orders                int32 // 0: only returned
	returns, long         int32
	placed                int32 // orders as they were on the day, as flow is net
	net, sold, cost       money.Amount
	bought, premium, flow money.Amount
}

// plus adds what was done on the same day.
func (d *dayDone) plus(more dayDone) {
	d.orders, d.returns, d.long, d.placed = d.orders+more.orders, d.returns+more.returns, d.long+more.long, d.placed+more.placed
	d.net, d.sold, d.cost = d.net.Plus(more.net), d.sold.Plus(more.sold), d.cost.Plus(more.cost)
	d.bought, d.premium, d.flow = d.bought.Plus(more.bought), d.premium.Plus(more.premium), d.flow.Plus(more.flow)
}

// dayReader reads rows of order.sql or day.sql, which are in order of customer and day, and
// makes the table's customers and their days of them.
type dayReader struct {
	in       *reader
	t        *Table
	id       string           // of the customer whose rows are read
	done     []dayDone        // the customer's days
	numbers  [][]money.Amount // and what was summed of each number on each of them
	singles  []money.Amount   // single amounts in the RFM window
	rows     int              // that may come
	read     int              // rows so far
	days     int              // of the customers so far
	from     int32            // first day of the activity
	rfmFrom  int32
	perOrder bool // these are of orders
}

func newDayReader(in *reader) *dayReader {
	r := &dayReader{in: in, t: in.table, rfmFrom: calendar.DayOf(in.request.RFMFrom), perOrder: in.request.perOrder()}
	if a := in.request.Activity; a != nil {
		r.from = calendar.DayOf(a.From)
		r.numbers = make([][]money.Amount, len(a.Numbers))
	}
	return r
}

// take reads a batch.
func (r *dayReader) take(b arrow.RecordBatch) error {
	c := &engine.Columns{Batch: b}
	ids, values := engine.Take[*array.String](c, "customer"), dayValuesOf(c, len(r.numbers))
	if c.Err != nil {
		return c.Err
	}
	for row := range ids.Len() {
		if id := ids.Value(row); len(r.done) == 0 || id != r.id {
			r.close()
			r.id = r.in.labels.idOf(id)
		}
		r.add(values, row)
	}
	return c.Err
}

// add adds a row of the customer.
func (r *dayReader) add(values *dayValues, row int) {
	d := values.at(row)
	r.read++
	last := len(r.done) - 1
	if last >= 0 && r.done[last].day == d.day {
		r.done[last].plus(d)
		for n, number := range values.numbers {
			r.numbers[n][last] = r.numbers[n][last].Plus(money.Of(number.Value(row)))
		}
	} else {
		r.done = append(r.done, d)
		for n, number := range values.numbers {
			r.numbers[n] = append(r.numbers[n], money.Of(number.Value(row)))
		}
	}
	for n, unread := range values.unread {
		r.in.oddities.UnreadNumbers[n] += unread.Value(row)
	}
	if r.perOrder && d.day >= r.rfmFrom {
		r.singles = values.addAmounts(r.singles, d, row)
	}
}

// close closes a customer, all of whose days are read.
func (r *dayReader) close() {
	if len(r.done) == 0 {
		return
	}
	if slices.ContainsFunc(r.done, func(d dayDone) bool { return d.orders > 0 }) {
		r.keep()
	} else {
		r.in.leaveOut(r.id, r.done)
	}
	for _, d := range r.done {
		r.in.oddities.LongOrders += int64(d.long)
	}
	r.days += len(r.done)
	r.done, r.singles = r.done[:0], r.singles[:0]
	for n := range r.numbers {
		r.numbers[n] = r.numbers[n][:0]
	}
}

// keep makes a customer of the table.
func (r *dayReader) keep() {
	t := r.t
	if t.Len() == firstCustomers {
		t.reserveDays(daysOf(r.rows, r.read, r.days), r.from)
	}
	t.ID = append(t.ID, r.id)
	t.addHistory(r.done)
	r.addWindow()
	r.in.labels.give(t)
	if t.cohorts != nil {
		group := int32(0)
		if t.Group != nil {
			group = t.cohorts.groupOf(t.FirstLabels, t.Len()-1)
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
		t.Activity.keep(r.done, r.numbers, r.from)
	}
}

// expect is told how many rows may come at most.
func (r *dayReader) expect(rows int64) { r.rows = int(rows) }

// finish closes the last customer.
func (r *dayReader) finish() {
	r.close()
	r.t.fitDays()
	r.done, r.numbers, r.singles, r.id = nil, nil, nil, ""
}

// keep appends the purchase days among the days of a customer.
func (t *Table) keep(done []dayDone) {
	for i := range done {
		d := &done[i]
		if d.orders == 0 {
			continue
		}
		t.Days = append(t.Days, d.day)
		if t.DaySold != nil {
			t.DaySold = append(t.DaySold, d.sold.Float())
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
	for i := range done {
		d := &done[i]
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

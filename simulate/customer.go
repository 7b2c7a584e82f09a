package simulate

import "slices"

// maker makes customers one after another. It holds the dice and the room they
// need, so that one maker serves one worker.
type maker struct {
	*plan
	life, basket, returns, mess, touch *dice

	days     []float64
	rows     []Row
	taste    taste // of the customer in hand
	outcomes []Outcome
}

// newMaker makes a maker of the plan's customers.
func newMaker(p *plan) *maker {
	return &maker{plan: p, life: newDice(), basket: newDice(), returns: newDice(), mess: newDice(), touch: newDice()}
}

// customer appends the rows of customer i, counted from 0, to out in order of
// time, and counts them. What is true about the customer comes back; it is
// valid until the next call.
func (m *maker) customer(i int, out []Row, c *Counts) ([]Row, life) {
	m.life.reset(m.Seed, lifeDraws, i)
	m.basket.reset(m.Seed, basketDraws, i)
	m.returns.reset(m.Seed, returnDraws, i)
	m.mess.reset(m.Seed, messDraws, i)

	l := m.live(m.life, m.days)
	m.days = l.days
	m.rows = m.shop(i, &l, m.rows[:0], c)
	from := len(out)
	if contacts := m.contacts[i]; len(contacts) > 0 {
		out = m.contacted(i, &l, contacts, out, c)
		m.days = l.days
	} else {
		out = damage(m.mess, m.Mess, midnight(m.End), m.rows, out)
	}
	c.Customers++
	c.Orders += int64(len(l.days))
	c.add(out[from:])
	return out, l
}

// shop appends the rows of all orders and returns of a customer in order of
// time.
func (m *maker) shop(i int, l *life, rows []Row, c *Counts) []Row {
	m.taste = m.newTaste(m.basket, l)
	customer, account := m.customerID(i), m.account(i)
	sorted := true
	for n, day := range l.days {
		order := Row{Customer: customer, Order: m.orderID(i, n), Account: account}
		from := len(rows)
		rows = m.order(m.basket, order, m.taste, l, day, m.spend(m.life, l), rows)
		if m.returns.Float64() >= m.ReturnShare {
			continue
		}
		bought := len(rows)
		rows = m.giveBack(m.returns, rows[from:], day, rows)
		if len(rows) > bought {
			c.Returns++
			sorted = false
		}
	}
	if !sorted {
		// Orders may lie between an order and its return.
		slices.SortStableFunc(rows, byTime)
	}
	return rows
}

// byTime puts earlier rows first.
func byTime(a, b Row) int { return a.Time.Compare(b.Time) }

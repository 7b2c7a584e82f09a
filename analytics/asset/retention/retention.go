package retention

import (
	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// Result has the tables of a night.
type Result struct {
	tables         []table
	firstDay, asOf int32 // what the exports cover
}

// table has the periods of a unit, from that of the first day in the exports to the night's.
type table struct {
	unit
	from int32
	rows []row
}

// Ask says what the stage needs of each customer.
func Ask(_ *night.Frame, r *customers.Request) { r.KeepSales = true }

// Run counts the periods of all customers.
func Run(n night.Context) *Result {
	r := &Result{firstDay: calendar.DayOf(n.FirstDay), asOf: n.Today()}
	for _, u := range units {
		from, to := u.of(calendar.MonthOf(r.firstDay)), u.of(calendar.MonthOf(r.asOf))
		r.tables = append(r.tables, table{u, from, make([]row, to-from+1)})
	}
	var months, longer []spell
	for i := range n.Customers.ID {
		months = monthsOf(n.Customers, i, months[:0])
		for _, t := range r.tables {
			spells := months
			if t.unit != month {
				longer = t.join(months, longer[:0])
				spells = longer
			}
			t.add(spells, n.Customers.FirstDay[i])
		}
	}
	return r
}

// spell is what a customer did in a period: a month, or one of another unit.
type spell struct {
	period    int32
	purchases int64
	revenue   money.Amount
}

// monthsOf are the months in which a customer bought or gave back, in order.
func monthsOf(t *customers.Table, i int, into []spell) []spell {
	bought, boughtEnd := t.DayStart[i], t.DayStart[i+1]
	back, backEnd := t.Sales.BackStart[i], t.Sales.BackStart[i+1]
	until := calendar.Day(0) // of the last spell: the first day after it
	on := func(day int32) *spell {
		if len(into) == 0 || day >= until {
			m := calendar.MonthOf(day)
			until = (m + 1).FirstDay()
			into = append(into, spell{period: int32(m)})
		}
		return &into[len(into)-1]
	}
	for bought < boughtEnd || back < backEnd {
		if back == backEnd || bought < boughtEnd && t.Days[bought] <= t.Sales.BackDay[back] {
			s := on(t.Days[bought])
			s.purchases++
			s.revenue = s.revenue.Plus(t.Sales.Bought(bought))
			bought++
			continue
		}
		s := on(t.Sales.BackDay[back])
		s.revenue = s.revenue.Minus(t.Sales.Back.At(int(back)))
		back++
	}
	return into
}

// join puts months together to the periods of a unit.
func (t table) join(months, into []spell) []spell {
	for _, m := range months {
		period := t.of(calendar.Month(m.period))
		if last := len(into) - 1; last < 0 || into[last].period != period {
			into = append(into, spell{period: period})
		}
		s := &into[len(into)-1]
		s.purchases += m.purchases
		s.revenue = s.revenue.Plus(m.revenue)
	}
	return into
}

// add counts a customer, given what they did in each period.
func (t table) add(spells []spell, firstDay int32) {
	former := year.first(year.of(calendar.MonthOf(firstDay)) + 1) // the first month of the year after the first purchase
	var last *spell                                               // in which the customer was active
	for k := range spells {
		s := &spells[k]
		r := &t.rows[s.period-t.from]
		if s.purchases == 0 {
			r.Idle = r.Idle.Plus(s.revenue)
			continue
		}
		if last != nil && last.period+1 < s.period {
			t.churn(last)
		}
		r.active(s, last, t.first(s.period) >= former)
		last = s
	}
	if last != nil {
		t.churn(last)
	}
}

// churn counts a customer who was active in a spell and is not in the period after it.
func (t table) churn(s *spell) {
	at := int(s.period + 1 - t.from)
	if at >= len(t.rows) {
		return
	}
	r := &t.rows[at]
	r.Start, r.StartRevenue = r.Start+1, r.StartRevenue.Plus(s.revenue)
	r.Churned, r.ChurnedRevenue = r.Churned+1, r.ChurnedRevenue.Plus(s.revenue)
}

// active counts a customer who buys in the period; last is when they were active before, nil
// if they are new.
func (r *row) active(s, last *spell, former bool) {
	r.Active, r.Revenue = r.Active+1, r.Revenue.Plus(s.revenue)
	if last != nil || s.purchases > 1 {
		r.Repeat++
	}
	if former {
		r.Former, r.FormerRevenue = r.Former+1, r.FormerRevenue.Plus(s.revenue)
	}
	switch {
	case last == nil:
		r.New, r.NewRevenue = r.New+1, r.NewRevenue.Plus(s.revenue)
	case last.period+1 < s.period:
		r.Resurrected, r.ResurrectedRevenue = r.Resurrected+1, r.ResurrectedRevenue.Plus(s.revenue)
	default:
		r.Start, r.StartRevenue = r.Start+1, r.StartRevenue.Plus(last.revenue)
		r.Retained++
		if more := s.revenue.Minus(last.revenue); more.Num().Sign() >= 0 {
			r.Expansion = r.Expansion.Plus(more)
		} else {
			r.Contraction = r.Contraction.Minus(more)
		}
	}
}

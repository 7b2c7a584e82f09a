package revenue

import (
	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// Result is where the revenue of a night comes from.
type Result struct {
	Total   Sources
	Months  []Month              // from the first with any up to the night's
	Keeping *publication.Keeping // nil: the job does not say what customers cost
	// Customers is the same by customer, which nobody asks for once it is written.
	Customers *Customers
}

// Month is where the revenue of a month comes from.
type Month struct {
	calendar.Month
	Sources
}

// Needs are what the stage takes of others.
type Needs struct {
	// Referred tells who was brought by another customer; nil: no source says.
	Referred []bool
	// Winning is what winning a customer cost; nil: the job does not say.
	Winning func(customer int) money.Amount
}

// Ask says what the stage needs of each customer.
func Ask(f *night.Frame, r *customers.Request) {
	r.KeepSales = true
	r.NewThings = f.HasCategory
	r.SalesOrders = servingCosts(f.Job.CLV)
}

// Run tells the purchases of all customers by source.
func Run(n night.Context, needs Needs) *Result {
	t := n.Customers
	r := &Result{Customers: &Customers{ids: t.ID}}
	sums := months{}
	p := splitter{table: t, referred: needs.Referred, places: money.Places(n.Job.Currency), months: &sums}
	for i := range t.ID {
		s := p.customer(i)
		r.Customers.append(s)
		r.Total.add(s)
	}
	r.Months = sums.upTo(calendar.MonthOf(n.Today()))
	r.Keeping = keepingOf(n, needs.Winning)
	return r
}

// months are sums by month, from a first one on.
type months struct {
	first calendar.Month
	sums  []Sources

	last       int          // the place of the month that was asked for last
	from, next calendar.Day // its first day, and the first after it
}

// on is the sum of the month of a day. The first month may turn out to be an earlier one.
func (m *months) on(day calendar.Day) *Sources {
	if day < m.from || day >= m.next {
		m.open(calendar.MonthOf(day))
	}
	return &m.sums[m.last]
}

// open makes room for a month, and turns to it.
func (m *months) open(month calendar.Month) {
	if len(m.sums) == 0 {
		m.first = month
	}
	if month < m.first {
		m.sums = append(make([]Sources, m.first-month), m.sums...)
		m.first = month
	}
	m.last, m.from, m.next = int(month-m.first), month.FirstDay(), (month + 1).FirstDay()
	if lacking := m.last + 1 - len(m.sums); lacking > 0 {
		m.sums = append(m.sums, make([]Sources, lacking)...)
	}
}

// upTo lists the months up to a last one.
func (m *months) upTo(last calendar.Month) []Month {
	if len(m.sums) > 0 {
		m.open(last)
	}
	all := make([]Month, len(m.sums))
	for i, s := range m.sums {
		all[i] = Month{m.first + calendar.Month(i), s}
	}
	return all
}

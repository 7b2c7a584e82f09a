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

	ids       []string
	customers perCustomer
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
	r := &Result{ids: t.ID}
	sums := months{}
	p := splitter{table: t, referred: needs.Referred, places: money.Places(n.Job.Currency), add: sums.add}
	for i := range t.ID {
		s := p.customer(i)
		r.customers.append(s)
		r.Total = r.Total.Plus(s)
	}
	r.Months = sums.upTo(calendar.MonthOf(n.Today()))
	r.Keeping = keepingOf(n, needs.Winning)
	return r
}

// months are sums by month, from a first one on.
type months struct {
	first calendar.Month
	sums  []Sources
}

// add adds to a month. The first month may turn out to be an earlier one.
func (m *months) add(month calendar.Month, s Sources) {
	if len(m.sums) == 0 {
		m.first = month
	}
	if month < m.first {
		m.sums = append(make([]Sources, m.first-month), m.sums...)
		m.first = month
	}
	if lacking := int(month-m.first) + 1 - len(m.sums); lacking > 0 {
		m.sums = append(m.sums, make([]Sources, lacking)...)
	}
	at := &m.sums[month-m.first]
	*at = at.Plus(s)
}

// upTo lists the months up to a last one.
func (m *months) upTo(last calendar.Month) []Month {
	if len(m.sums) > 0 {
		m.add(last, Sources{})
	}
	all := make([]Month, len(m.sums))
	for i, s := range m.sums {
		all[i] = Month{m.first + calendar.Month(i), s}
	}
	return all
}

package customers

import (
	"cmp"
	"maps"
	"slices"

	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// cohorts add up what customers did by the month of their first purchase day, their labels
// on it, and the month in which they did it.
type cohorts struct {
	sums   map[cohortMonth]monthDone
	groups map[string]int32 // of labels, joined
	key    []byte
}

func newCohorts() *cohorts {
	return &cohorts{sums: map[cohortMonth]monthDone{}, groups: map[string]int32{}}
}

type cohortMonth struct {
	cohort, month calendar.Month
	group         int32
}

// monthDone is what the customers of a cohort did in a month.
type monthDone struct {
	publication.ActivityMonth
	earned money.Amount
}

// CohortMonth is what the customers of a cohort of one group of FirstLabels did in a month.
type CohortMonth struct {
	Cohort, Month calendar.Month
	Group         int32
	Orders        int64
	Earned        money.Amount // bought less returned, less what it cost where costs are mapped
}

// groupOf is the number of a customer's group of labels: the customers whose labels on the
// first purchase day are the same, in the order in which they are first seen.
func (c *cohorts) groupOf(labels []Attribute, customer int) int32 {
	c.key = c.key[:0]
	for _, a := range labels {
		c.key = append(append(c.key, a.Values[customer]...), 0)
	}
	group, known := c.groups[string(c.key)]
	if !known {
		group = int32(len(c.groups))
		c.groups[string(c.key)] = group
	}
	return group
}

// add adds the days of a customer, in order. One without a purchase is no customer.
func (c *cohorts) add(done []dayDone, group int32) {
	first := slices.IndexFunc(done, func(d dayDone) bool { return d.orders > 0 })
	if first < 0 {
		return
	}
	at := cohortMonth{cohort: calendar.MonthOf(done[first].day), group: group}
	for len(done) > 0 {
		// What was returned before the first purchase counts in its month.
		at.month = max(at.cohort, calendar.MonthOf(done[0].day))
		size := 1
		for size < len(done) && done[size].day < (at.month+1).FirstDay() {
			size++
		}
		c.addMonth(at, done[:size])
		done = done[size:]
	}
}

// addMonth adds what a customer did in a month.
func (c *cohorts) addMonth(at cohortMonth, done []dayDone) {
	sum := c.sums[at]
	bought := false
	for _, d := range done {
		if d.orders > 0 {
			sum.PurchaseDays++
			sum.Orders += int64(d.orders)
			bought = true
		}
		sum.Spend = sum.Spend.Plus(d.net)
		sum.earned = sum.earned.Plus(d.net).Minus(d.cost)
	}
	if bought {
		sum.Customers++
	}
	c.sums[at] = sum
}

// ordered are the months in order of cohort, month and group.
func (c *cohorts) ordered() []cohortMonth {
	return slices.SortedFunc(maps.Keys(c.sums), func(a, b cohortMonth) int {
		return cmp.Or(cmp.Compare(a.cohort, b.cohort), cmp.Compare(a.month, b.month), cmp.Compare(a.group, b.group))
	})
}

// months lists the sums over all groups by cohort, then by month; nil where none were
// asked for.
func (c *cohorts) months() []publication.ActivityMonth {
	if c == nil {
		return nil
	}
	rows := []publication.ActivityMonth{}
	for _, at := range c.ordered() {
		one := c.sums[at]
		if n := len(rows); n == 0 || rows[n-1].Cohort != at.cohort || rows[n-1].Month != at.month {
			rows = append(rows, publication.ActivityMonth{Cohort: at.cohort, Month: at.month})
		}
		sum := &rows[len(rows)-1]
		sum.Customers += one.Customers
		sum.PurchaseDays += one.PurchaseDays
		sum.Orders += one.Orders
		sum.Spend = sum.Spend.Plus(one.Spend)
	}
	return rows
}

// byGroup lists them by cohort, month and group.
func (c *cohorts) byGroup() []CohortMonth {
	rows := make([]CohortMonth, 0, len(c.sums))
	for _, at := range c.ordered() {
		one := c.sums[at]
		rows = append(rows, CohortMonth{Cohort: at.cohort, Month: at.month, Group: at.group, Orders: one.Orders, Earned: one.earned})
	}
	return rows
}

package customers

import (
	"cmp"
	"maps"
	"slices"

	"clientele/analytics/publication"
	"clientele/internal/calendar"
)

// cohorts add up what customers did by the month of their first purchase day and the month
// in which they did it.
type cohorts map[cohortMonth]publication.ActivityMonth

type cohortMonth struct{ cohort, month calendar.Month }

// add adds the days of a customer, in order. One without a purchase is no customer.
func (c cohorts) add(done []dayDone) {
	first := slices.IndexFunc(done, func(d dayDone) bool { return d.orders > 0 })
	if first < 0 {
		return
	}
	at := cohortMonth{cohort: calendar.MonthOf(done[first].day)}
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
func (c cohorts) addMonth(at cohortMonth, done []dayDone) {
	sum := c[at]
	bought := false
	for _, d := range done {
		if d.orders > 0 {
			sum.PurchaseDays++
			sum.Orders += int64(d.orders)
			bought = true
		}
		sum.Spend = sum.Spend.Plus(d.net)
	}
	if bought {
		sum.Customers++
	}
	c[at] = sum
}

// months lists the sums by cohort, then by month; nil where none were asked for.
func (c cohorts) months() []publication.ActivityMonth {
	if c == nil {
		return nil
	}
	order := slices.SortedFunc(maps.Keys(c), func(a, b cohortMonth) int {
		return cmp.Or(cmp.Compare(a.cohort, b.cohort), cmp.Compare(a.month, b.month))
	})
	rows := make([]publication.ActivityMonth, len(order))
	for i, at := range order {
		rows[i] = c[at]
		rows[i].Cohort, rows[i].Month = at.cohort, at.month
	}
	return rows
}

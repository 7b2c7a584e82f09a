// Package activity is the stage that says what customers did over time, whatever is made
// of it: the days on which each bought, and by month of the first purchase (cohort) what
// customers did month by month.
//
// In come the months and purchase days that the reduce found; out come activity.csv and,
// where the job wants it, what becomes purchases.parquet. The latter asks nothing of other
// stages, and is written before them.
package activity

import (
	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/worth/valuation"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// Result is what customers did.
type Result struct {
	Months []publication.ActivityMonth // of each cohort all months up to the night's, in order
	// Days are the purchase days of a customer, as they were published; nil: the job does
	// not want them.
	Days func(customer int) []calendar.Day
}

// Ask says what the stage needs of each customer.
func Ask(f *night.Frame, r *customers.Request) {
	r.Months = true
	r.KeepNet = f.Job.Output.Purchases
	r.KeepEarned = f.Job.Activation != nil
}

// Run lists the months of each cohort.
func Run(n night.Context) *Result {
	t := n.Customers
	r := &Result{Months: everyMonth(t.Months, calendar.MonthOf(n.Today()))}
	if n.Job.Output.Purchases {
		days, start := t.Days, t.DayStart
		r.Days = func(customer int) []calendar.Day { return days[start[customer]:start[customer+1]] }
	}
	return r
}

// Purchases are the purchase days of each customer; nil: the job does not want them.
func Purchases(n night.Context) *publication.PurchaseDays {
	t := n.Customers
	if t.DayNet == nil {
		return nil
	}
	p := &publication.PurchaseDays{IDs: t.ID, Start: t.DayStart, Days: t.Days, Spend: t.DayNet.At}
	if t.DayEarned != nil {
		margin := valuation.DayMargin(n.Job.CLV, n.HasCost)
		p.Margin = func(day int) money.Amount { return margin(t.DayEarned[day], t.DayOrders[day]) }
	}
	return p
}

// everyMonth adds the months in which a cohort did nothing, up to the last.
func everyMonth(found []publication.ActivityMonth, last calendar.Month) []publication.ActivityMonth {
	var all []publication.ActivityMonth
	for i, row := range found {
		all = append(all, row)
		until := last
		if next := i + 1; next < len(found) && found[next].Cohort == row.Cohort {
			until = found[next].Month - 1
		}
		for month := row.Month + 1; month <= until; month++ {
			all = append(all, publication.ActivityMonth{Cohort: row.Cohort, Month: month})
		}
	}
	return all
}

// Files are the months of cohorts.
func (r *Result) Files() []night.File {
	return []night.File{{Name: column.Activity.File, Columns: publication.ActivityColumns(r.Months)}}
}

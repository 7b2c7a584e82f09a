package tiers

import (
	"slices"
	"time"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/internal/calendar"
	"clientele/segment/tier"
)

// Ask says what tiers need of each customer.
func Ask(f *night.Frame, r *customers.Request) {
	if f.Job.Tiers != nil {
		used := usedBy(f.Job)
		r.Activity = &customers.ActivityRequest{From: activityFrom(f), Numbers: f.Job.MappedMetrics(), Orders: used(job.MetricOrders) || used(job.MetricPurchaseDays)}
	}
}

// usedBy tells which metrics the programme of a job looks at.
func usedBy(j *job.Job) func(metric string) bool {
	metrics := j.Tiers.Programme(j.Name).Metrics()
	return func(metric string) bool { return slices.Contains(metrics, metric) }
}

// replays tells whether this is the programme's first night and follows its rules through
// what came before.
func replays(f *night.Frame) bool {
	return f.Job.Tiers.Start == job.StartReplay && (f.Previous == nil || f.Previous.Tiers == nil)
}

// activityFrom is the first day that a tier may count tonight: of all when the
// history is replayed.
func activityFrom(f *night.Frame) time.Time {
	if replays(f) {
		return time.Time{}
	}
	last := f.Today()
	if f.Previous != nil {
		if day, err := calendar.Parse(f.Previous.AsOf); err == nil {
			last = day
		}
	}
	return countsFrom(f.Job.Tiers, last)
}

// countsFrom is the first day that a tier may count when the nights from the one
// after last on are replayed. A window of years may reach back over the year that
// a review looks at, which ended as long ago as a grace is. What is taken back by
// a return began as long ago as a term is, and rests on the window before it.
func countsFrom(t *job.Tiers, from calendar.Day) time.Time {
	if t.Returns == job.ReturnsReverse {
		const monthEnds = 31 // a term to the end of a short month is that much longer
		from = t.Term.Period().Before(from) - monthEnds
	}
	switch t.Window.Word {
	case job.Lifetime:
		return time.Time{}
	case "":
		return night.FirstDayOf(t.Window, calendar.TimeOf(from))
	}
	// The year that a review looks at, and the year before the present one, begin less than
	// two years before. The third year is a margin: activity that no window holds changes
	// nothing, and activity that is missing would.
	const years = 3
	threeYears := calendar.Period{Months: 12 * years}
	return calendar.TimeOf(t.Grace.Period().Before(threeYears.Before(from)))
}

// activityOf is what customers did by day in the terms of package tier, of what is used:
// ten million days take 80 MB for each metric.
func activityOf(a *customers.Activity, used func(metric string) bool, numbers []string) tier.Activity {
	const millionths = 1_000_000
	out := tier.Activity{Start: a.Start, Day: a.Day}
	count := func(name string, value []int64, scale int64) {
		out.Counted = append(out.Counted, tier.CountedMetric{Name: name, Value: value, Scale: scale})
	}
	if used(job.MetricSpend) {
		count(job.MetricSpend, a.Net, millionths)
	}
	if used(job.MetricOrders) {
		count(job.MetricOrders, a.Orders, 1)
	}
	if used(job.MetricPurchaseDays) {
		days := make([]int64, len(a.Orders))
		for i, orders := range a.Orders {
			days[i] = min(orders, 1)
		}
		count(job.MetricPurchaseDays, days, 1)
	}
	for k, name := range numbers {
		count(name, a.Number[k], millionths)
	}
	return out
}

package interests

import (
	"time"

	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/internal/calendar"
	"clientele/segment/interest"
)

// windows are the days that the tests look at.
type windows struct {
	from   time.Time                   // the first of all
	recent [interest.Windows]time.Time // the first of each window of recent days
}

// windowsOf are those of a night.
func windowsOf(f *night.Frame) windows {
	rule := f.Job.Stages.Interests
	w := windows{from: night.FirstDayOf(rule.Window, f.AsOf)}
	if w.from.Before(f.FirstDay) {
		w.from = f.FirstDay
	}
	days := int(f.Today()-calendar.DayOf(w.from)) + 1
	for k, span := range interest.Spans(days, rule.Recent) {
		w.recent[k] = f.AsOf.AddDate(0, 0, 1-span)
	}
	return w
}

// Ask says what lost interests need of each customer.
func Ask(f *night.Frame, r *customers.Request) {
	if !f.HasCategory && !f.HasProduct {
		return
	}
	w := windowsOf(f)
	r.Interests = customers.InterestRequest{
		Category: f.HasCategory, Product: f.HasProduct, From: w.from, RecentFrom: w.recent,
		FalseDiscoveries: f.Job.Stages.Interests.FalseDiscoveries,
	}
}

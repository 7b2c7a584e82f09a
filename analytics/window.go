package analytics

import (
	"time"

	"clientele/analytics/job"
)

// firstDayOf is the first day of the window that ends with asOf: the window is
// (asOf − length, asOf], so that one day's window is that day alone.
func firstDayOf(window job.Span, asOf time.Time) time.Time {
	switch {
	case window.Unbounded():
		return time.Time{}
	case window.Word == job.CalendarYear:
		return time.Date(asOf.Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return before(asOf, window).AddDate(0, 0, 1)
}

// before is the day a length of time before day. Months and years keep the day
// of the month or, where the month is too short, end with it: a month before
// 31 March is 28 or 29 February.
func before(day time.Time, length job.Span) time.Time {
	switch length.Unit {
	case job.Day:
		return day.AddDate(0, 0, -length.N)
	case job.Week:
		return day.AddDate(0, 0, -7*length.N)
	case job.Year:
		return monthsBefore(day, 12*length.N)
	default:
		return monthsBefore(day, length.N)
	}
}

func monthsBefore(day time.Time, n int) time.Time {
	firstOfMonth := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -n, 0)
	lastOfMonth := firstOfMonth.AddDate(0, 1, -1)
	return firstOfMonth.AddDate(0, 0, min(day.Day(), lastOfMonth.Day())-1)
}

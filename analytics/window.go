package analytics

import (
	"time"

	"clientele/analytics/job"
	"clientele/internal/calendar"
)

// firstDayOf is the first day of the window that ends with asOf, so that one
// day's window is that day alone.
func firstDayOf(window job.Span, asOf time.Time) time.Time {
	if window.Unbounded() {
		return time.Time{}
	}
	return calendarDay(period(window).Before(epochDays(asOf)) + 1)
}

// period is a span as calendar time; a word is no time at all.
func period(s job.Span) calendar.Period {
	switch s.Unit {
	case job.Day:
		return calendar.Period{Days: s.N}
	case job.Week:
		return calendar.Period{Days: 7 * s.N}
	case job.Month:
		return calendar.Period{Months: s.N}
	case job.Year:
		return calendar.Period{Months: 12 * s.N}
	}
	return calendar.Period{}
}

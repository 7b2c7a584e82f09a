package night

import (
	"time"

	"clientele/analytics/job"
	"clientele/internal/calendar"
)

const secondsPerDay = 24 * 60 * 60

// Day counts a calendar day since 1970-01-01.
func Day(at time.Time) int32 { return int32(at.Unix() / secondsPerDay) }

// Date is the calendar day so many days after 1970-01-01.
func Date(day int32) time.Time { return time.Unix(int64(day)*secondsPerDay, 0).UTC() }

// FirstDayOf is the first day of the window that ends with asOf, so that one
// day's window is that day alone.
func FirstDayOf(window job.Span, asOf time.Time) time.Time {
	if window.Unbounded() {
		return time.Time{}
	}
	return Date(Period(window).Before(Day(asOf)) + 1)
}

// Period is a span as calendar time; a word is no time at all.
func Period(s job.Span) calendar.Period {
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

package night

import (
	"time"

	"clientele/analytics/job"
	"clientele/internal/calendar"
)

// FirstDayOf is the first day of the window that ends with asOf, so that one
// day's window is that day alone.
func FirstDayOf(window job.Span, asOf time.Time) time.Time {
	if window.Unbounded() {
		return time.Time{}
	}
	return calendar.TimeOf(window.Period().Before(calendar.DayOf(asOf)) + 1)
}

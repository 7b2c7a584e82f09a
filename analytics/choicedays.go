package analytics

import (
	"time"

	"clientele/analytics/job"
	"clientele/internal/calendar"
)

// Models are weighed on fixed days, so that nights that were missed are caught up with
// to the same result: on Sundays or, by the month, on the first Sunday of each.
const daysInWeek = 7

// isChoiceDay tells whether models are weighed anew by what is known on a day.
func isChoiceDay(rule job.RefitRule, day int32) bool {
	sunday := calendarDay(day).Weekday() == time.Sunday
	switch rule {
	case job.RefitAlways:
		return sunday
	case job.RefitMonthly:
		return sunday && calendar.DateOf(day).Day <= daysInWeek
	case job.RefitNever:
	}
	return false
}

// choiceDays are those after a day, up to and including another.
func choiceDays(rule job.RefitRule, after, upTo int32) (days []int32) {
	for day := after + 1; day <= upTo; day++ {
		if isChoiceDay(rule, day) {
			days = append(days, day)
		}
	}
	return days
}

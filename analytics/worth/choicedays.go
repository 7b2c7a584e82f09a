package worth

import (
	"time"

	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
)

// Models are weighed on fixed days, so that nights that were missed are caught up with
// to the same result: on Sundays or, by the month, on the first Sunday of each.
const daysInWeek = 7

// daysToChoose are the days on which models are to be weighed anew: those since the
// night before that still matter tonight or, where nothing is known yet, the last.
func daysToChoose(f *night.Frame) []int32 {
	tonight := f.Today()
	kept, known := recall(f)
	if !known {
		return []int32{firstChoice(f.Job.CLV.Choose, calendar.DayOf(f.FirstDay), tonight)}
	}
	// What was weighed two moves ago has no part in tonight's weights.
	after := max(kept.stacking.On, tonight-3*publication.MovingDays)
	return choiceDays(f.Job.CLV.Choose, after, tonight)
}

// firstChoice is the day of a history's first choice: the last one on which others
// would choose, if much of the history was known by then, else tonight.
func firstChoice(rule job.RefitRule, first, tonight int32) int32 {
	if rule == job.RefitNever {
		rule = job.RefitMonthly
	}
	for day := tonight; day > tonight-2*publication.MovingDays; day-- {
		if isChoiceDay(rule, day) && tonight-day <= (tonight-first)/10 {
			return day
		}
	}
	return tonight
}

// isChoiceDay tells whether models are weighed anew by what is known on a day.
func isChoiceDay(rule job.RefitRule, day int32) bool {
	sunday := calendar.TimeOf(day).Weekday() == time.Sunday
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

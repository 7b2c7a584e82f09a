package analytics

import (
	"time"

	"clientele/analytics/ledger"
	"clientele/analytics/night"
	"clientele/internal/calendar"
)

const (
	// quietDays is how long exports may end before the night in any shop: the two
	// weeks of a holiday.
	quietDays = 14
	// longQuietDays is the same in a shop of fewDays days or fewer, whose own gaps
	// tell little: a quarter.
	longQuietDays = 91
	fewDays       = 20
	// timesLongest is how many times the longest time without a transaction in the
	// year before the newest one the exports may lag. Of n gaps alike the next is
	// the longest with a chance of 1/(n+1), whatever their distribution (Wilks,
	// 1941); twice the longest leaves room for gaps that are not alike.
	timesLongest = 2
	lookBackDays = 365
)

// quietLimit is how many days after its newest transaction a shop with such days
// begins to look as if its exports had stopped.
func quietLimit(days []ledger.DayRows) int32 {
	limit, longest, gaps := int32(quietDays), int32(0), 0
	for i := len(days) - 1; i > 0 && calendar.DayOf(days[len(days)-1].Day)-calendar.DayOf(days[i-1].Day) <= lookBackDays; i-- {
		longest = max(longest, calendar.DayOf(days[i].Day)-calendar.DayOf(days[i-1].Day))
		gaps++
	}
	if gaps < fewDays {
		limit = longQuietDays
	}
	return max(limit, timesLongest*longest)
}

// warnOfAge says that the exports end long before the night, so that everybody
// looks as if they had left. Who has set guard.age has set a limit already.
func warnOfAge(f *night.Frame, days []ledger.DayRows) {
	if g := f.Job.Guard; g != nil && g.Age != nil {
		return
	}
	for len(days) > 0 && days[len(days)-1].Day.After(f.AsOf) {
		days = days[:len(days)-1]
	}
	if len(days) == 0 {
		return
	}
	newest := days[len(days)-1].Day
	age := calendar.DayOf(f.AsOf) - calendar.DayOf(newest)
	if age <= quietLimit(days) {
		return
	}
	f.Warn("warning.old", "night", f.AsOf.Format(time.DateOnly), "days", plain(age), "newest", newest.Format(time.DateOnly))
}

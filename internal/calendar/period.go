package calendar

import "strconv"

// Period is a length of time: so many months, and then so many days.
type Period struct {
	Months, Days int
}

// After is the day that lies n periods after the anchor. All months are added
// in one step, so that what began on the 31st does not drift to the 28th.
func (p Period) After(anchor Day, n int) Day {
	if p.Months == 0 {
		return anchor + int32(n*p.Days)
	}
	return DateOf(anchor).addMonths(n*p.Months).Number() + int32(n*p.Days)
}

// Before is the newest day after which a whole period has passed by the day:
// the newest s with p.After(s, 1) <= day. A window of the period that ends with
// the day begins on the next one.
//
// It is not the way back by as many months. Six months after 29, 30 and 31
// August all end on the last of February, and so the six months to that day
// begin with September: otherwise they would hold what is six months old.
func (p Period) Before(day Day) Day {
	day -= int32(p.Days)
	if p.Months == 0 {
		return day
	}
	d := DateOf(day)
	before := d.addMonths(-p.Months)
	if d.Day == daysIn(d.Year, d.Month) {
		before.Day = daysIn(before.Year, before.Month)
	}
	return before.Number()
}

// IsZero tells whether the period has no length.
func (p Period) IsZero() bool { return p == Period{} }

// String writes `12 months`, `1 day`, or `1 month and 15 days`.
func (p Period) String() string {
	switch {
	case p.Days == 0 && p.Months != 0:
		return counted(p.Months, "month")
	case p.Months == 0:
		return counted(p.Days, "day")
	}
	return counted(p.Months, "month") + " and " + counted(p.Days, "day")
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

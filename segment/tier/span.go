package tier

import (
	"math"

	"clientele/internal/calendar"
)

// span is a stretch of days, both ends included.
type span struct {
	from, to int32
}

// always is the first day of a span without a beginning.
const always = math.MinInt32

// isYearly tells whether the window is made of years that begin on the
// anniversaries of some day.
func (w Window) isYearly() bool {
	return w.Kind == CalendarYear || w.Kind == MembershipYear || w.Kind == TierYear
}

// yearStart is the first day of the year, counted in anniversaries of anchor,
// that contains a day. Anniversaries of 29 February are on the 28th in years
// that have none.
func yearStart(anchor, day int32) int32 {
	years := calendar.DateOf(day).Year - calendar.DateOf(anchor).Year
	start := calendar.Period{Months: 12}.After(anchor, years)
	if start > day {
		start = calendar.Period{Months: 12}.After(anchor, years-1)
	}
	return start
}

// yearEnd is the last day of the year that contains a day.
func yearEnd(anchor, day int32) int32 {
	years := calendar.DateOf(day).Year - calendar.DateOf(anchor).Year
	next := calendar.Period{Months: 12}.After(anchor, years)
	if next <= day {
		next = calendar.Period{Months: 12}.After(anchor, years+1)
	}
	return next - 1
}

// today is the span that counts for rising on a day. Yearly windows begin on
// anniversaries of the anchor.
func (w Window) today(anchor, day int32) span {
	switch {
	case w.isYearly():
		return span{yearStart(anchor, day), day}
	case w.Kind == Lifetime:
		return span{always, day}
	}
	return span{w.Length.Before(day) + 1, day}
}

// review is the span of a yearly window that counts for staying on a day. It begins with
// the last year that ended by the end of the term, or by the day if that is sooner.
func (w Window) review(anchor, until, day int32) span {
	next := yearStart(anchor, min(until, day)+1)
	return span{yearStart(anchor, next-1), day}
}

// ofTerm is the span of a rolling window that counts at the review on the last day of a
// term. If both are whole months, it is counted from the anchor of the terms, so that the
// purchase that made the member does not count and every later day does: with terms of
// six months, a member since 30 August is reviewed on the last of February by what
// happened after 30 August, and a member since the 31st by what happened after the 31st.
func (p Programme) ofTerm(anchor, until int32) span {
	if n, ok := p.termsTo(anchor, until); ok && p.Term.Days == 0 && p.Window.Length.Days == 0 {
		between := calendar.Period{Months: n*p.Term.Months - p.Window.Length.Months}
		return span{between.After(anchor, 1) + 1, until}
	}
	return p.Window.today(anchor, until)
}

// termsTo is the number of terms from the anchor to the end of one of them; false if no
// term ends there, because the length was changed.
func (p Programme) termsTo(anchor, until int32) (n int, ok bool) {
	longest := p.Term.Months*31 + p.Term.Days
	n = max(1, int(until-anchor)/longest)
	for p.Term.After(anchor, n) < until {
		n++
	}
	return n, p.Term.After(anchor, n) == until
}

// lastYear is the whole year before the one of the day. It is for yearly windows only.
func (w Window) lastYear(anchor, day int32) span {
	end := yearStart(anchor, day) - 1
	return span{yearStart(anchor, end), end}
}

// termEnd is the end of the n-th term counted from a day. For yearly windows it is the
// first end of a year after a full term.
func (p Programme) termEnd(from int32, n int, yearAnchor int32) int32 {
	end := p.Term.After(from, n)
	if p.Window.isYearly() {
		return yearEnd(yearAnchor, end-1)
	}
	return end
}

// nextTerm is the end of the first term that ends after a day. The present term ends at
// until and is counted from anchor. If no term counted from anchor ends at until, because
// the length was changed, terms are counted from until on.
func (p Programme) nextTerm(anchor, until, day, yearAnchor int32) (newAnchor, newUntil int32) {
	if until > day {
		return anchor, until
	}
	// No term is longer than this, nor, with yearly windows, ends more than a
	// year later.
	longest := p.Term.Months*31 + p.Term.Days
	n := max(1, (int(until-anchor)-366)/longest)
	for p.termEnd(anchor, n, yearAnchor) < until {
		n++
	}
	if p.termEnd(anchor, n, yearAnchor) != until {
		anchor, n = until, 1
	}
	for {
		if end := p.termEnd(anchor, n, yearAnchor); end > day {
			return anchor, end
		}
		n++
	}
}

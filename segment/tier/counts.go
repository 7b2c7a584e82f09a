package tier

import "clientele/internal/calendar"

// Standing is a member as far as it matters from which day on things count.
type Standing struct {
	First     calendar.Day // of the customer
	Since     calendar.Day // when the member came to the tier; NoDay for customers who never had one
	TermsFrom calendar.Day // State.Anchor; NoDay for customers of no tier
	Until     calendar.Day // the day of the review, or of the one that was failed
}

// yearAnchor is the day on whose anniversaries the years of a window begin.
func (w Window) yearAnchor(first, since calendar.Day) calendar.Day {
	switch {
	case w.Kind == TierYear && since != calendar.NoDay:
		return since
	case w.Kind == TierYear || w.Kind == MembershipYear:
		return first
	}
	return 0 // a first of January
}

// RiseCountsFrom is the first day that counts for a rise on a day; NoDay: all days do.
func (p Programme) RiseCountsFrom(of Standing, day calendar.Day) calendar.Day {
	return p.Window.today(p.Window.yearAnchor(of.First, of.Since), day).from
}

// KeepCountsFrom is the first day that counts for keeping a tier on a day: that of the
// review or, in grace, a later one; NoDay: all days do.
func (p Programme) KeepCountsFrom(of Standing, day calendar.Day) calendar.Day {
	anchor := p.Window.yearAnchor(of.First, of.Since)
	switch {
	case p.Window.isYearly():
		return p.Window.review(anchor, of.Until, day).from
	case p.Window.Kind == Rolling && day == of.Until:
		return p.ofTerm(of.TermsFrom, of.Until).from
	}
	return p.Window.today(anchor, day).from
}

package tier

import (
	"clientele/internal/calendar"
)

// Programme is a loyalty programme: its tiers and the rules by which members
// rise, stay and fall.
type Programme struct {
	// Name is part of every change_id. Two programmes whose changes may meet
	// in one place need two names.
	Name string
	// Tiers are lowest first. At most 64.
	Tiers []Tier
	// Window is the time over which counted metrics are summed.
	Window Window
	// Term is how long a tier is held before it is reviewed; at least a day.
	Term calendar.Period
	// Grace is how long a member who fails a review has to make up for it;
	// zero for none.
	Grace calendar.Period
	// Downgrade says how far a member falls who has not made up for it.
	Downgrade Downgrade
	// Warn is how long before a review, before the end of a grace or before
	// the end of a pin those are listed who are about to fall; zero for no
	// warnings.
	Warn calendar.Period
	// Reverse takes a rise or a renewal back when what it rested on comes back
	// within the term.
	Reverse bool
}

// NoLevel is the level of a customer who belongs to no tier.
const NoLevel = -1

// Tier is one level of a programme. Written as JSON it is as a job file has it.
type Tier struct {
	Name string `json:"name"`
	// Qualify lets a customer in; the zero Criteria let everybody in.
	Qualify Criteria `json:"qualify"`
	// Keep lets a member stay at a review; nil is the same as Qualify. A
	// review is passed by Qualify as well, so Keep can only be the easier one.
	Keep *Criteria `json:"keep,omitempty"`
	// Limit is nil for a tier of any size.
	Limit *Limit `json:"limit,omitempty"`
}

// Limit bounds a tier. It holds every day and for everybody: terms do not
// protect against it. Exactly one of Share, Count and Budget is set.
//
// Whoever is due a tier is ranked by a metric, highest first. Those who are in
// it or above already are ahead by the margin and, where that makes no
// difference, ahead of challengers; among themselves, of equals those who have
// had their tier for longer are ahead. Who is still equal is a block, of which
// all are treated alike. Who finds no place gets the next lower tier that the
// rules allow. Pinned members come on top of limits and take no place.
type Limit struct {
	// Share is the share of all customers who exist on the day, in (0, 1], who
	// may be in this tier or a higher one; rounded down.
	Share float64 `json:"share,omitempty"`
	// Count is how many may be in this tier or a higher one.
	Count int `json:"count,omitempty"`
	// Budget is what the members of this very tier may cost together, in units
	// of the cost. They are let in by rank, and the first who does not fit ends
	// it: nobody is passed over for a cheaper one.
	Budget float64 `json:"budget,omitempty"`
	// Cost is what one member costs: Cost + CostRate · CostMetric, not below
	// 0 and rounded to a millionth. A member whose cost is unknown does not
	// fit.
	Cost     float64 `json:"cost,omitempty"`
	CostRate float64 `json:"cost_rate,omitempty"`
	// CostMetric is the metric that CostRate multiplies.
	CostMetric string `json:"cost_of,omitempty"`

	// By is the metric that ranks; default is the first that Qualify asks
	// for. Counted metrics of yearly windows count here by the better of this
	// year and the last, so that nobody loses a place to the calendar.
	By string `json:"by,omitempty"`
	// Margin is by how much members are ahead: a challenger takes a member's
	// place only with (1 + Margin) times the member's metric or more. Where
	// the metric is below 0, by dividing instead. 0 or more.
	Margin float64 `json:"margin,omitempty"`
	// Ties says what becomes of equals who straddle the limit.
	Ties Ties `json:"ties,omitempty"`
}

// Ties says whether customers of equal rank who straddle a limit are let in,
// all of them, or left out, all of them.
type Ties string

// The ways to treat a tie. The default includes the block where the limit is
// a share, and excludes it where it is a count or a budget.
const (
	TiesDefault Ties = ""
	TiesInclude Ties = "include"
	TiesExclude Ties = "exclude"
)

// Downgrade says how far a member falls. The empty Downgrade is OneStep.
type Downgrade string

const (
	// OneStep is the next lower tier, for a new term. Below the lowest, the
	// member leaves.
	OneStep Downgrade = "one-step"
	// ToEarned is the highest tier that the member qualifies for, which may
	// be none.
	ToEarned Downgrade = "to-earned"
)

// WindowKind is the kind of time over which counted metrics are summed.
type WindowKind string

const (
	// Rolling, the zero value, is the time of length Length that ends with the day.
	Rolling WindowKind = ""
	// CalendarYear begins on 1 January.
	CalendarYear WindowKind = "calendar-year"
	// MembershipYear begins on the anniversary of the customer's first day.
	MembershipYear WindowKind = "membership-year"
	// TierYear begins on the anniversary of the day on which the member came
	// to the present tier, or left the last one; before that on that of the
	// first day.
	TierYear WindowKind = "tier-year"
	// Lifetime is everything up to the day.
	Lifetime WindowKind = "lifetime"
)

// Window is the time over which counted metrics are summed. Every window
// includes its last day. A rolling one leaves out the day on which it begins:
// 12 months to 2026-03-31 begin after 2025-03-31.
//
// To rise, the yearly windows count the year that contains the day. Reviews
// fall on the last day of a year and count that year; a grace goes on counting
// from its beginning.
type Window struct {
	Kind WindowKind
	// Length is used by Rolling alone.
	Length calendar.Period
}

package tier

import (
	"clientele/internal/calendar"
)

// Programme is a loyalty programme: its tiers, and the rules by which members rise, stay
// and fall.
type Programme struct {
	// Name is part of every change_id. Programmes whose changes may be stored together
	// need different names.
	Name string
	// Tiers are lowest first. At most 64.
	Tiers []Tier
	// Window is the time over which counted metrics are summed.
	Window Window
	// Term is how long a tier is held before it is reviewed; at least a day.
	Term calendar.Period
	// Grace is how long a member who failed a review has to make up for it; zero for no
	// time.
	Grace calendar.Period
	// Downgrade says how far a member falls who did not make up for it.
	Downgrade Downgrade
	// Warn is how long before a review, the end of a grace or the end of a pin members who
	// are about to fall are listed; zero for no warnings.
	Warn calendar.Period
	// Reverse takes back a rise or a renewal if, within the term, so much is returned that
	// it would not have been made.
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

// Limit bounds a tier. It holds every day and for everybody: terms do not protect against
// it. Exactly one of Share, Count and Budget is set.
//
// Customers who are due a tier are ranked by a metric, highest first. The metric of those
// who are in the tier or above it already is raised by the margin. Of equals, members are
// ahead of challengers, and members who have had their tier for longer are ahead of other
// members. Those who are still equal are a block and are treated alike. A customer who
// finds no place gets the next lower tier that the rules allow. Pinned members take no
// place.
type Limit struct {
	// Share, in (0, 1], is the share of all customers who exist on the day who may be in
	// this tier or a higher one. The number is rounded down.
	Share float64 `json:"share,omitempty"`
	// Count is how many may be in this tier or a higher one.
	Count int `json:"count,omitempty"`
	// Budget is what the members of this tier alone may cost together, in units of Cost.
	// They are let in by rank up to the first who does not fit: nobody is passed over for
	// a cheaper one.
	Budget float64 `json:"budget,omitempty"`
	// A member costs Cost + CostRate · CostMetric, rounded to a millionth and at least 0. A
	// member whose cost is unknown does not fit.
	Cost     float64 `json:"cost,omitempty"`
	CostRate float64 `json:"cost_rate,omitempty"`
	// CostMetric is the metric that CostRate multiplies.
	CostMetric string `json:"cost_of,omitempty"`

	// By is the metric that ranks; default is the first that Qualify asks for. With yearly
	// windows the larger of this year's and last year's value ranks, so that nobody loses
	// a place because a year begins.
	By string `json:"by,omitempty"`
	// Margin is by how much members are ahead: a challenger takes a member's place only
	// with at least (1 + Margin) times the member's metric. A metric below 0 is divided
	// instead. At least 0.
	Margin float64 `json:"margin,omitempty"`
	// Ties says what happens to a block of equals that the limit divides.
	Ties Ties `json:"ties,omitempty"`
}

// Ties says whether, of a block of equals that a limit divides, all are let in or none.
type Ties string

// The ways to treat a tie. The default includes the block if the limit is a share, and
// excludes it if it is a count or a budget.
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
	// ToEarned is the highest tier that the member qualifies for. It may be none.
	ToEarned Downgrade = "to-earned"
)

// WindowKind is the kind of time over which counted metrics are summed.
type WindowKind string

const (
	// Rolling is the time of length Length that ends with the day. It is the zero value.
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

// Window is the time over which counted metrics are summed. Every window includes its last
// day. A rolling window does not include the day on which it begins: 12 months to
// 2026-03-31 begin after 2025-03-31.
//
// For a rise, a yearly window is the year of the day so far. Reviews are on the last day
// of a year and count that year. In a grace, the same year and the days since count.
type Window struct {
	Kind WindowKind
	// Length is used by Rolling alone.
	Length calendar.Period
}

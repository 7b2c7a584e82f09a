package tier

import (
	"clientele/internal/calendar"
)

// State is all that the next night needs to know about this one, one row per customer.
// Tiers are kept by name, so that the removal of a tier from the programme is noticed.
//
// The first columns are about the tier that the customer has by the rules. For a pinned
// customer they go on beside the pin, and the pin is what counts.
type State struct {
	// Tier is empty for a customer of no tier.
	Tier []string
	// Since is the day on which the customer came to the tier, or left the last
	// one; NoDay for customers who never had one.
	Since []calendar.Day
	// Until is the end of the term: the day of the next review or, in grace, of the
	// review that was failed. NoDay for customers of no tier.
	Until []calendar.Day
	// Anchor is the day from which terms are counted: Since, unless the length of
	// the term changed later. NoDay for customers of no tier.
	Anchor []calendar.Day
	// Grace is the last day of grace for members in grace, otherwise NoDay.
	Grace []calendar.Day
	// Why is the reason for the last change, as wording remembers it, so that a night in
	// another language can say it.
	Why []string

	// Reversible are the changes that returns may still take back, oldest first; nil if
	// the programme takes none back.
	Reversible [][]Reversible

	// Pinned tells whether the customer is pinned: to PinTier (empty: to no tier), since
	// PinSince, through PinUntil.
	Pinned   []bool
	PinTier  []string
	PinSince []calendar.Day
	PinUntil []calendar.Day

	// Order is not a column: the names of the programme's tiers, lowest first. It tells
	// where a tier stood that was removed since. Without it, such a tier counts as higher
	// than all others.
	Order []string
}

// Reversible is a rise, or a renewal if Tier is the present tier, that returns may still
// take back: the day on which it was made, and the columns of State before it.
type Reversible struct {
	Day                         calendar.Day
	Tier                        string
	Since, Until, Anchor, Grace calendar.Day
}

// Status is how a member holds a tier.
type Status string

// The ways to hold a tier; empty for customers of no tier who are not pinned.
const (
	Active  Status = "active"
	InGrace Status = "grace"
	Pinned  Status = "pinned"
)

// NewState is a state of n customers who never had a tier.
func NewState(n int) State {
	s := State{
		Tier: make([]string, n), Since: make([]int32, n), Until: make([]int32, n), Anchor: make([]int32, n),
		Grace: make([]int32, n), Why: make([]string, n),
		Pinned: make([]bool, n), PinTier: make([]string, n), PinSince: make([]int32, n), PinUntil: make([]int32, n),
	}
	for i := range n {
		s.clear(i)
	}
	return s
}

// clear makes row i that of a customer who never had a tier.
func (s *State) clear(i int) {
	s.Tier[i], s.Why[i], s.PinTier[i], s.Pinned[i] = "", "", "", false
	s.Since[i], s.Until[i], s.Anchor[i], s.Grace[i] = calendar.NoDay, calendar.NoDay, calendar.NoDay, calendar.NoDay
	s.PinSince[i], s.PinUntil[i] = calendar.NoDay, calendar.NoDay
}

// Len is the number of customers.
func (s State) Len() int { return len(s.Tier) }

// Visible is the tier that counts: the pin, where there is one.
func (s State) Visible(i int) string {
	if s.Pinned[i] {
		return s.PinTier[i]
	}
	return s.Tier[i]
}

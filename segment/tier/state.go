package tier

import (
	"clientele/internal/calendar"
)

// State is all that the next night needs to know of this one, one row per
// customer. Tiers are kept by name, so that a tier that was removed from the
// programme is noticed.
//
// The first columns are the tier that the customer has by the rules. Where Pin
// is set, they are followed beside the pin, and the pin is what counts.
type State struct {
	// Tier is empty for a customer of no tier.
	Tier []string
	// Since is the day on which the customer came to the tier, or left the
	// last one; NoDay for who never had one.
	Since []int32
	// Until is the end of the term: the day of the next review, or, in grace,
	// of the one that was failed. NoDay for who has no tier.
	Until []int32
	// Anchor is the day from which terms are counted: Since, unless the length
	// of the term changed later. NoDay for who has no tier.
	Anchor []int32
	// Grace is the last day of grace of a member in grace, otherwise NoDay.
	Grace []int32
	// Why is the reason for the last change, in words.
	Why []string

	// Rests are the changes that returns may still take back, the first first;
	// nil where the programme takes none back.
	Rests [][]Rest

	// Pinned tells whether the customer is pinned, to PinTier (which is empty
	// for who is kept out), since PinSince, through PinUntil.
	Pinned   []bool
	PinTier  []string
	PinSince []int32
	PinUntil []int32

	// Order are the names of the programme's tiers, lowest first: not a column,
	// but where a tier that was removed used to be. Without it, such a tier
	// counts as higher than all others.
	Order []string
}

// Rest is a rise or, where the tier before was the same, a renewal: the day on
// which it came about, and what there was before it, as State has it.
type Rest struct {
	Day                         int32
	Tier                        string
	Since, Until, Anchor, Grace int32
}

// Status is how a member holds a tier.
type Status string

// The ways to hold a tier; empty for customers of no tier who are not pinned.
const (
	TierActive Status = "active"
	TierGrace  Status = "grace"
	TierPinned Status = "pinned"
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

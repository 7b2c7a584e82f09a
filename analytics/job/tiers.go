package job

import "clientele/segment/tier"

// Tiers are the levels of a loyalty programme, lowest first, and the rules by
// which members rise, stay and fall.
type Tiers struct {
	Window    Span           `json:"window"`         // Lifetime, CalendarYear, MembershipYear, TierYear or a length
	Term      Span           `json:"term"`           // how long a tier is held before it is reviewed
	Grace     Span           `json:"grace"`          // how long after a failed review it is still held, or None
	Downgrade tier.Downgrade `json:"downgrade"`      // how far a member falls
	Warn      Span           `json:"warn"`           // how long before a fall it is announced, or None
	Pins      string         `json:"pins,omitempty"` // file of tiers given by hand, seen from the job file
	Apply     Apply          `json:"apply"`          // when changed rules apply
	Start     Start          `json:"start"`          // what the first night knows of those before it
	Returns   Returns        `json:"returns"`        // whether what comes back takes a tier back
	Levels    []tier.Tier    `json:"levels"`
}

// Programme is the loyalty programme that a job of a name describes.
func (t *Tiers) Programme(name string) tier.Programme {
	return tier.Programme{
		Name:      name,
		Tiers:     t.Levels,
		Window:    tier.Window{Kind: tier.WindowKind(t.Window.Word), Length: t.Window.Period()},
		Term:      t.Term.Period(),
		Grace:     t.Grace.Period(),
		Downgrade: t.Downgrade,
		Warn:      t.Warn.Period(),
		Reverse:   t.Returns == ReturnsReverse,
	}
}

// Apply is when changed rules of a programme apply to its members.
type Apply string

// The times at which changed rules may apply.
const (
	AtReview Apply = "next-review"
	AtOnce   Apply = "at-once"
)

// Start is what a programme's first night makes of the history in the exports.
type Start string

// The ways to begin.
const (
	StartReplay  Start = "replay"  // the rules are followed from the first day on
	StartTonight Start = "tonight" // everybody is placed tonight
)

// Returns is what a purchase that comes back does to the tier it made.
type Returns string

// What returns may do.
const (
	ReturnsKeep    Returns = "keep"    // the tier is kept to its review
	ReturnsReverse Returns = "reverse" // the change is taken back
)

package job

import (
	"encoding/json"
	"maps"
	"slices"
)

// Tiers are the levels of a loyalty programme, lowest first, and the rules by
// which members rise, stay and fall.
type Tiers struct {
	Window    Span      `json:"window"`         // Lifetime, CalendarYear, MembershipYear, TierYear or a length
	Term      Span      `json:"term"`           // how long a tier is held before it is reviewed
	Grace     Span      `json:"grace"`          // how long after a failed review it is still held, or None
	Downgrade Downgrade `json:"downgrade"`      // how far a member falls
	Warn      Span      `json:"warn"`           // how long before a fall it is announced, or None
	Pins      string    `json:"pins,omitempty"` // file of tiers given by hand, seen from the job file
	Apply     Apply     `json:"apply"`          // when changed rules apply
	Start     Start     `json:"start"`          // what the first night knows of those before it
	Returns   Returns   `json:"returns"`        // whether what comes back takes a tier back
	Levels    []Level   `json:"levels"`
}

// Downgrade is how far a member falls who loses a tier.
type Downgrade string

// The ways to fall.
const (
	OneStep  Downgrade = "one-step"  // to the next lower tier
	ToEarned Downgrade = "to-earned" // to the tier that spend and orders earn
)

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

// Level is one tier.
type Level struct {
	Name    string    `json:"name"`
	Qualify Criteria  `json:"qualify"`        // to come in
	Keep    *Criteria `json:"keep,omitempty"` // to stay at a review; nil: as Qualify
	Limit   *Limit    `json:"limit,omitempty"`
}

// Criteria are the least that metrics must be: each of All and, unless it is
// empty, at least one of Any.
type Criteria struct {
	All map[string]float64
	Any map[string]float64
}

// Metrics are the metrics that the criteria ask for: each of those of the
// program in its order, then the mapped ones by name.
func (c Criteria) Metrics() []string {
	named := map[string]bool{}
	for name := range c.All {
		named[name] = true
	}
	for name := range c.Any {
		named[name] = true
	}
	var out []string
	for _, name := range Metrics() {
		if named[name] {
			out = append(out, name)
			delete(named, name)
		}
	}
	return append(out, slices.Sorted(maps.Keys(named))...)
}

// MarshalJSON writes criteria as the job file does: metrics that must all hold
// by themselves, those of which one must hold under `any`.
func (c Criteria) MarshalJSON() ([]byte, error) {
	out := map[string]any{}
	for name, least := range c.All {
		out[name] = least
	}
	if len(c.Any) > 0 {
		out["any"] = c.Any
	}
	return json.Marshal(out)
}

// Limit caps the members of a level and of those above it. Exactly one of
// Share, Count and Budget is set.
type Limit struct {
	Share  float64 `json:"share,omitempty"`  // of all customers, 0 to 1
	Count  int     `json:"count,omitempty"`  // customers
	Budget float64 `json:"budget,omitempty"` // what the members may cost
	// A member costs Cost + CostRate·CostOf, with Budget.
	Cost     float64 `json:"cost,omitempty"`
	CostRate float64 `json:"cost_rate,omitempty"`
	CostOf   string  `json:"cost_of,omitempty"` // a metric
	By       string  `json:"by,omitempty"`      // metric that ranks; default: the first of qualify, else spend
	Margin   float64 `json:"margin,omitempty"`  // how far members are ahead of challengers; 0.1: 10%
	Ties     Ties    `json:"ties,omitempty"`    // empty: include under a share, exclude otherwise
}

// Ties is what becomes of equals who straddle a limit.
type Ties string

// The ways to treat equals.
const (
	IncludeTies Ties = "include"
	ExcludeTies Ties = "exclude"
)

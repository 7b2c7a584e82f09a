package tier

import "clientele/internal/calendar"

// Result is what a night decided. Columns have one entry per customer.
type Result struct {
	// State is what the next night needs.
	State State

	// Level is the index of the tier that counts, or NoLevel. The pinned tier counts, if
	// there is a pin.
	Level []int
	// Since and Until belong to the tier that counts. Until is the end of the pin, of the
	// grace, or of the term. NoDay for customers of no tier.
	Since, Until []calendar.Day
	Status       []Status
	// Reason says in words why a member has the tier and what it takes to keep it, or what
	// is missing for the lowest one; and if a limit left no place in a higher tier, the
	// rank that the customer had.
	Reason []string
	// Sums has a column for each of Input.Sums: the sum over the window that counts
	// tonight for a rise, in units of its Scale.
	Sums [][]int64

	// Changes since the night before, by day, customer and step. Applying them
	// in that order to the tiers of that night gives those of this one.
	Changes []Change
	// Warnings are the members about to fall, by due day and customer.
	Warnings []Warning
}

// Op is a kind of change.
type Op string

// The kinds of change. Renew and grace leave the tier as it is. So does a pin to the tier
// that the member has, or a pin whose end was moved.
const (
	OpEnter     Op = "enter"
	OpUpgrade   Op = "upgrade"
	OpDowngrade Op = "downgrade"
	OpRenew     Op = "renew"
	OpGrace     Op = "grace"
	OpLeave     Op = "leave"
	OpPin       Op = "pin"
	OpUnpin     Op = "unpin"
)

// Change is one change of one customer. A customer has at most one a day.
type Change struct {
	ID string
	Op Op
	// From and To are names of tiers, empty for none.
	From, To  string
	Effective calendar.Day
	// Why is the reason, as wording remembers it; see [Change.Reason].
	Why string
	// Metric and Threshold are what decided it; empty and NaN if no metric did, as for a
	// pin.
	Metric    string
	Threshold float64
}

// Warning is a member who falls unless they buy something, by what is known tonight.
// Limits are not considered.
type Warning struct {
	ID   string
	Tier string
	// WouldFallTo is empty for members who would leave.
	WouldFallTo string
	// Due is the last day to act: the review, the end of the grace, or the end
	// of the pin.
	Due    calendar.Day
	Status Status
	// Metric is what is missing: Have, which is what it will be on the due day if nothing
	// happens, is less than Need by Shortfall. If several thresholds are missed, it is the
	// one that is relatively farthest off, or among alternatives the nearest. Have and
	// Shortfall are NaN if the metric is unknown.
	Metric                string
	Have, Need, Shortfall float64
	// Reason says the same in words, for every threshold that is missed.
	Reason string
}

// Advance decides the tiers of a night from those of the night before. Errors
// wrap ErrInvalid.
//
// On each day the rules decide what a customer is due, and then the limits decide how much
// of it the customer gets:
//
//  1. Whoever qualifies for a higher tier rises to the highest at once, for a
//     new term.
//  2. Before the end of the term a tier is kept, whatever the metrics.
//  3. At the end of the term it is reviewed. A member who passes has it for another
//     term, counted from the beginning of the first one. A member who fails gets the
//     grace, and passes if the criteria hold on any day of it. Late is as good as in
//     time, and no better, because the next term begins where the old one ended.
//  4. A member who does not make up for it by the end of the grace falls, but not below
//     what they qualify for on that day, for a new term.
//  5. Limits hold every day. A customer who finds no place in the tier that is due gets a
//     lower one, or keeps the present one.
//  6. A pin hides all this, and what it hides goes on.
//  7. With Reverse, a rise or a renewal is taken back first if, within its term, so much
//     was returned that it would not have been made: the customer is as before it, and
//     goes on from there by 1 to 4.
//
// Days on which nothing is due to a customer are passed over, so that a first night
// can replay the years before it.
//
// With the same state before, a customer who does more never comes out of a night with
// less, except by limits, where customers compete. Over many nights more can be less in
// one way: a customer who rises sooner is reviewed sooner.
//
// Members of a tier that was removed are placed on the first day that is replayed. On
// that day everybody is reviewed if Input.AtOnce is set.
func (p Programme) Advance(in Input) (Result, error) {
	if err := p.Validate(); err != nil {
		return Result{}, err
	}
	if err := in.validate(p); err != nil {
		return Result{}, err
	}
	r := newReplay(p, in)
	r.run()
	return r.report(), nil
}

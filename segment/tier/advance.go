package tier

// Result is what a night decided. Columns have one entry per customer.
type Result struct {
	// State is what the next night needs.
	State State

	// Level is the index of the tier that counts, which is the pin where there
	// is one, or NoLevel.
	Level []int
	// Since and Until are those of the tier that counts: through the end of
	// the pin, of the grace, or of the term. NoDay where there is none.
	Since, Until []int32
	Status       []Status
	// Reason says in words why a member holds the tier and what keeps it, or
	// what is missing for the lowest one; and where a limit kept the customer
	// from a higher tier, at which rank.
	Reason []string
	// Sums has a column for each of Input.Sums: what it comes to over the
	// window by which customers rise tonight, in units of its Scale.
	Sums [][]int64

	// Changes since the night before, by day, customer and step. Applying them
	// in that order to the tiers of that night gives those of this one.
	Changes []Change
	// Warnings are those about to fall, by due day and customer.
	Warnings []Warning
}

// Op is a kind of change.
type Op string

// The kinds of change. Renew and grace leave the tier as it is, and so does a
// pin to the tier that the member has, or whose end was moved.
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

// Change is one step of one customer. A customer has at most one a day.
type Change struct {
	// ChangeID is the same whenever the same step is decided again: the
	// SHA-256, in hex, of programme, customer, effective day as YYYY-MM-DD,
	// op, from and to, each followed by a zero byte.
	ChangeID string
	ID       string
	Op       Op
	// From and To are names of tiers, empty for none.
	From, To  string
	Effective int32
	Reason    string
	// Metric and Threshold are what decided it; empty and NaN where nothing
	// was asked, as for a pin.
	Metric    string
	Threshold float64
}

// Warning is a member who falls unless something is bought, by what is
// known tonight and without regard to limits.
type Warning struct {
	ID   string
	Tier string
	// WouldFallTo is empty for who would leave.
	WouldFallTo string
	// Due is the last day to act: the review, the end of the grace, or the end
	// of the pin.
	Due    int32
	Status Status
	// Metric is what is missing: Have, as it will be on the due day if nothing
	// happens, is Shortfall less than Need. Where several thresholds are
	// missed it is the one that is relatively farthest off, or of
	// alternatives, the nearest. Have and Shortfall are NaN where the metric
	// is unknown.
	Metric                string
	Have, Need, Shortfall float64
	// Reason says the same in words, with every threshold that is missed.
	Reason string
}

// Advance decides the tiers of a night from those of the night before. Errors
// wrap ErrInvalid.
//
// On each day a customer first gets what the rules give, and then what the
// limits leave of it:
//
//  1. Whoever qualifies for a higher tier rises to the highest at once, for a
//     new term.
//  2. Before the end of the term a tier is kept, whatever the metrics.
//  3. At the end of the term it is reviewed. Who passes has it for another
//     term, counted from the first one's beginning. Who does not gets the
//     grace, and passes if the criteria hold on any day of it: late is as good
//     as in time, and no better, as terms go on from where the old one ended.
//  4. Who does not make up for it by the end of the grace falls, but not below
//     what is qualified for that day, for a new term.
//  5. Limits hold every day. Who finds no place among those due to a tier gets
//     a lower one, or stays where they are.
//  6. A pin hides all this, and what it hides goes on.
//  7. With Reverse, a rise or a renewal within whose term so much comes back that
//     it would not have come about is taken back first: the customer is as before
//     it, and goes on from there by 1 to 4.
//
// Days on which nothing is due to a customer are passed over, so that a first night
// can replay the years before it.
//
// With the same state before, a customer who does more never comes out of a
// night with less; limits aside, since who rises there competes with others.
// Over many nights more can be less in one way: who rises sooner is reviewed
// sooner.
//
// The members of a tier that was removed are placed on the first day that is
// replayed, as is everybody reviewed whom AtOnce asks for.
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

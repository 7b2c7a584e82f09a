package cause

import "clientele/internal/wording"

// Cause is why something is not what it was on the older night.
type Cause string

// What became of the customer, or of what is known of the customer.
const (
	Bought      Cause = "bought"
	Returned    Cause = "returned"
	AllReturned Cause = "all_returned" // nothing is left of what was bought
	Joined      Cause = "joined"       // one person with another customer
	Parted      Cause = "parted"       // no longer one person with another customer
	Corrected   Cause = "corrected"    // what was known of the time before is another: rows came late, or were taken back
)

// What moves customers of whom nothing is another.
const (
	TimePassed     Cause = "time_passed"
	RuleChanged    Cause = "rule_changed"     // settings: thresholds, pins, prices, horizon, what a row means
	CutPointsMoved Cause = "cut_points_moved" // scores are cut at other points
	ModelMoved     Cause = "model_moved"      // parameters, weights, pace
)

// What is left of the change of a value that cannot be told apart.
const (
	Unsplit     Cause = "unsplit"     // all of it, where a night does not hold what it takes
	Unexplained Cause = "unexplained" // what another version of the program may have made of it
)

// All are the causes in the order in which reports list them.
var All = []Cause{
	Bought, Returned, AllReturned, Joined, Parted, Corrected, TimePassed, RuleChanged, CutPointsMoved, ModelMoved,
	Unsplit, Unexplained,
}

// In is the cause in words.
func (c Cause) In(say wording.Language) string { return say.SayOf("cause", string(c)) }

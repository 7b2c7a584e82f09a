package compare

// Cause is why a customer moved, entered or left.
type Cause string

// The causes, in the order in which reports list them.
const (
	Bought      Cause = "bought"
	Returned    Cause = "returned"
	AllReturned Cause = "all_returned" // nothing is left of what was bought
	Joined      Cause = "joined"       // one person with another customer
	Parted      Cause = "parted"       // no longer one person with another customer
	TimePassed  Cause = "time_passed"
	RuleMoved   Cause = "rule_changed"
	ModelMoved  Cause = "model_moved"
	Correction  Cause = "correction"
)

// Causes are all of them, in the order of reports.
var Causes = []Cause{Bought, Returned, AllReturned, Joined, Parted, TimePassed, RuleMoved, ModelMoved, Correction}

// Evidence is what two publications show of a customer who moved.
type Evidence struct {
	// RuleProven: a rule alone explains the move, whatever else happened.
	RuleProven bool
	// Bought after the older night, and a purchase can have moved the customer that
	// way.
	Bought bool
	// Returned something since the older night, bought nothing, and a return can
	// have moved the customer that way.
	Returned bool
	// Joined and Parted: bought nothing and returned nothing, and orders, spend, first or
	// last day are not what they were, as ids were found to be one person, or no longer.
	Joined, Parted bool
	// Corrected: bought nothing and returned nothing, and yet orders, spend, first
	// or last day are not what they were: rows came late, or were taken back.
	Corrected bool
	// RuleChanged: settings that the group depends on are not what they were.
	RuleChanged bool
	// ModelMoved: the group depends on a model, which has other parameters.
	ModelMoved bool
}

// Cause names the first cause that the evidence is enough for, in the order of
// the package's documentation. What the customer did comes before what was done
// to the rules, as a person would tell it; time, which always passes, comes last.
func (e Evidence) Cause() Cause {
	switch {
	case e.RuleProven:
		return RuleMoved
	case e.Bought:
		return Bought
	case e.Returned:
		return Returned
	case e.Joined:
		return Joined
	case e.Parted:
		return Parted
	case e.Corrected:
		return Correction
	case e.RuleChanged:
		return RuleMoved
	case e.ModelMoved:
		return ModelMoved
	}
	return TimePassed
}

package compare

import "clientele/analytics/publication/cause"

// Evidence is what two publications show of a customer who moved.
type Evidence struct {
	// RuleProven: a rule alone explains the move, whatever else happened.
	RuleProven bool
	// CutPointsProven: the same, of the cut points of scores.
	CutPointsProven bool
	// Happened is what became of the customer, where it can have moved the customer that
	// way; empty: nothing of the kind.
	Happened cause.Cause
	// RuleChanged: settings that the group depends on are not what they were.
	RuleChanged bool
	// CutPointsMoved: the group depends on scores that are cut at other points.
	CutPointsMoved bool
	// ModelMoved: the group depends on a model, which has other parameters.
	ModelMoved bool
}

// Cause names the first cause that the evidence is enough for, in the order of
// the package's documentation. What the customer did comes before what was done
// to the rules, as a person would tell it; time, which always passes, comes last.
func (e Evidence) Cause() cause.Cause {
	switch {
	case e.RuleProven:
		return cause.RuleChanged
	case e.CutPointsProven:
		return cause.CutPointsMoved
	case e.Happened != "":
		return e.Happened
	case e.RuleChanged:
		return cause.RuleChanged
	case e.CutPointsMoved:
		return cause.CutPointsMoved
	case e.ModelMoved:
		return cause.ModelMoved
	}
	return cause.TimePassed
}

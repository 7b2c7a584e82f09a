package explain

import (
	"math"

	"clientele/analytics/publication/cause"
	"clientele/analytics/publication/column"
	"clientele/internal/money"
)

// addValues says what past and future value came to on both nights, and in which parts
// they moved.
func (s *sides) addValues(out *Change) {
	parts := partList{}
	if was, is, both := s.both(column.PastValue); both {
		out.PastValue = &Moved{was, is}
		s.pastParts(&parts, was, is)
	}
	if was, is, both := s.both(column.FutureValue); both {
		out.FutureValue = &Moved{was, is}
		s.futureParts(&parts, was, is)
	}
	if was, is, both := s.both(column.CLV); both {
		out.CLV = &Moved{was, is}
	}
	out.Parts = append(out.Parts, parts.list()...)
}

// both are a value of both nights.
func (s *sides) both(c *column.Column) (was, is money.Amount, both bool) {
	was, had := s.before.amount(c)
	is, has := s.after.amount(c)
	return was, is, had && has
}

// partList adds up parts by cause.
type partList map[cause.Cause]*Part

func (p partList) of(c cause.Cause) *Part {
	if p[c] == nil {
		p[c] = &Part{Cause: c}
	}
	return p[c]
}

func (p partList) addPast(c cause.Cause, step money.Amount) {
	of := p.of(c)
	of.PastValue, of.CLV = of.PastValue.Plus(step), of.CLV.Plus(step)
}

func (p partList) addFuture(c cause.Cause, step money.Amount) {
	of := p.of(c)
	of.FutureValue, of.CLV = of.FutureValue.Plus(step), of.CLV.Plus(step)
}

// causes are all of them, in the order in which they are told.
var causes = []cause.Cause{
	cause.Joined, cause.Parted, cause.Corrected, cause.TimePassed, cause.Bought, cause.Returned, cause.ModelMoved,
	cause.ExpectedSpend, cause.RuleChanged, cause.Unsplit, cause.Unexplained,
}

// list are the parts that are not nothing, in the order of causes.
func (p partList) list() (all []Part) {
	for _, c := range causes {
		if of := p[c]; of != nil && (of.PastValue != money.Amount{} || of.FutureValue != money.Amount{}) {
			all = append(all, *of)
		}
	}
	return all
}

// pastParts moves past value from the one night to the other:
//
//	as published -> the older night's own -> its history tonight -> tonight's history -> tonight's prices -> as published
func (s *sides) pastParts(parts *partList, was, is money.Amount) {
	if s.older.job == nil || s.newer.job == nil || s.older.job.CLV == nil || s.newer.job.CLV == nil {
		parts.addPast(cause.Unsplit, is.Minus(was))
		return
	}
	n, t := s.older.worth, s.newer.worth
	wonWas, wonIs := n.Won(s.before.remembered), t.Won(s.after.remembered)
	earnedWas, earnedIs := n.Earned(s.was, wonWas, was), t.Earned(s.is, wonIs, is)
	own := n.Past(earnedWas, s.was, wonWas, n.Day)
	aged := n.Past(earnedWas, s.was, wonWas, t.Day)
	active := n.Past(earnedIs, s.is, wonWas, t.Day)
	priced := t.Past(earnedIs, s.is, wonIs, t.Day)
	parts.addPast(cause.Unexplained, own.Minus(was))
	parts.addPast(cause.TimePassed, aged.Minus(own))
	parts.addPast(s.happened(), active.Minus(aged))
	parts.addPast(cause.RuleChanged, priced.Minus(active))
	parts.addPast(cause.Unexplained, is.Minus(priced))
}

// futureParts does the same with future value:
//
//	as published -> the older night's own -> by what is known of it tonight -> the same history tonight ->
//	tonight's history -> by tonight's models -> by tonight's prices -> as published
func (s *sides) futureParts(parts *partList, was, is money.Amount) {
	n, t := s.older.worth, s.newer.worth
	if !n.Values() || !t.Values() || math.IsNaN(s.spendWas) || math.IsNaN(s.spendIs) {
		parts.addFuture(cause.Unsplit, is.Minus(was))
		return
	}
	at := n.Future(n, s.was, n.Day, s.spendWas)
	parts.addFuture(cause.Unexplained, at.Minus(was))
	step := func(c cause.Cause, to money.Amount) {
		parts.addFuture(c, to.Minus(at))
		at = to
	}
	then := s.was
	if s.corrected != nil {
		then = *s.corrected
		step(cause.Corrected, n.Future(n, then, n.Day, s.spendWas))
	}
	step(cause.TimePassed, n.Future(n, then, t.Day, s.spendWas))
	if spend := s.spendByOldRule; !math.IsNaN(spend) {
		step(s.happened(), n.Future(n, s.is, t.Day, spend))
	} else { // by its number of purchases alone, and then by what one comes to
		step(s.happened(), n.Future(n, s.is, t.Day, s.spendWas))
		step(cause.ModelMoved, t.Future(n, s.is, t.Day, s.spendWas))
		step(cause.ExpectedSpend, t.Future(n, s.is, t.Day, s.spendIs))
	}
	step(cause.ModelMoved, t.Future(n, s.is, t.Day, s.spendIs))
	step(cause.RuleChanged, t.Future(t, s.is, t.Day, s.spendIs))
	parts.addFuture(cause.Unexplained, is.Minus(at))
}

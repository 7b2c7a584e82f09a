package explain

import (
	"clientele/analytics/asset/equity"
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
		s.futureParts(out, &parts, was, is)
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
	cause.RuleChanged, cause.Unsplit, cause.Unexplained,
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

// futureParts moves future value from the one night to the other by the lines of the equity
// ledger, and adds them up by cause.
func (s *sides) futureParts(out *Change, parts *partList, was, is money.Amount) {
	spendWas, had := s.before.number(column.ExpectedSpend)
	spendIs, has := s.after.number(column.ExpectedSpend)
	_, whole := s.nights.Whole()
	if whole || !had || !has {
		parts.addFuture(cause.Unsplit, is.Minus(was))
	}
	if !whole && (!had || !has) {
		return
	}
	c := equity.Customer{
		Was: s.was, Is: s.is, Then: s.corrected, ValueWas: was, ValueIs: is, SpendWas: spendWas, SpendIs: spendIs, Kin: s.joined || s.parted,
	}
	c.Stages(s.before.standing(), s.after.standing())
	lines := s.nights.LinesOf([]equity.Customer{c}, 1)(0)
	happened := cause.Cause("")
	if s.changed {
		happened = s.happened()
	}
	for _, line := range equity.All {
		if amount := lines[line]; !isZero(amount) {
			out.Equity = append(out.Equity, EquityLine{line, amount})
			if line.Movement() && !whole {
				parts.addFuture(line.Cause(happened), amount)
			}
		}
	}
}

// standing is where the customer stands in the relationship.
func (r rows) standing() equity.Standing {
	return equity.Standing{Stage: r.remembered.Text(column.LifecycleStage), Decline: r.remembered.Text(column.Decline)}
}

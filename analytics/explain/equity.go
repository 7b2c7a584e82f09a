package explain

import (
	"math"
	"runtime"

	"clientele/analytics/publication"
	"clientele/analytics/publication/cause"
	"clientele/analytics/publication/column"
	"clientele/analytics/worth/revaluation"
	"clientele/analytics/worth/valuation"
	"clientele/clv"
	"clientele/internal/money"
)

// EquityChange is what moved customer equity from one night to the next.
type EquityChange struct {
	Was, Is money.Amount // the sums of future value, as published
	New     money.Amount // of those who were no customers
	Gone    money.Amount // less, of those who are none any more
	// Parts are what the causes come to over those who were there on both nights. They, New
	// and Gone add up to the change.
	Parts []Part
	// Sampled is of how many customers the parts are known, where there are more than can be
	// valued again in the time of a report: those of the others are taken to be alike. 0: of all.
	Sampled int
}

// mostValued is how many customers are valued again at most: a few seconds' work. A quarter
// of a shop of 200,000 gave causes that were one per cent off those of all.
const mostValued = 250_000

// ChangeOfEquity finds what moved customer equity, given what both nights remember of
// their customers. Where values cannot be told apart into causes, one part has all.
func ChangeOfEquity(night, before *publication.Publication, now, then *publication.State) (*EquityChange, error) {
	c := &equityChange{now: now, then: then}
	var err error
	if c.older, err = openNight(before); err != nil {
		return nil, err
	}
	if c.newer, err = openNight(night); err != nil {
		return nil, err
	}
	if c.kin, err = cause.FindKin(before, night, then, now); err != nil {
		return nil, err
	}
	was, gone := then.Match(now.ID)
	for i, at := range was {
		if value := c.valueIn(now, i); at < 0 {
			c.New = c.New.Plus(value)
		} else {
			c.pairs = append(c.pairs, [2]int{at, i})
		}
		c.Is = c.Is.Plus(c.valueIn(now, i))
	}
	for at := range then.Len() {
		c.Was = c.Was.Plus(c.valueIn(then, at))
	}
	for _, at := range gone {
		c.Gone = c.Gone.Minus(c.valueIn(then, at))
	}
	c.split()
	return &c.EquityChange, nil
}

// equityChange is the work on one.
type equityChange struct {
	EquityChange
	older, newer *night
	now, then    *publication.State
	kin          cause.Kin
	pairs        [][2]int // places of customers on the older and the newer night
}

// valueIn is a customer's future value; 0 without one.
func (c *equityChange) valueIn(s *publication.State, i int) money.Amount {
	future := s.Numbers(column.FutureValue)
	if future == nil || math.IsNaN(future[i]) {
		return money.Amount{}
	}
	return money.FromFloat(future[i])
}

// split tells the causes apart, of all or of customers evenly over the order of ids.
func (c *equityChange) split() {
	total := c.Is.Minus(c.Was).Minus(c.New).Minus(c.Gone)
	histories, known := c.histories()
	if !known || !c.older.worth.Values() || !c.newer.worth.Values() {
		parts := partList{}
		parts.addFuture(cause.Unsplit, total)
		c.Parts = parts.list()
		return
	}
	steps := c.steps(histories)
	if len(histories) < len(c.pairs) {
		c.Sampled = len(histories)
		steps.raise(float64(len(c.pairs))/float64(len(histories)), total)
	}
	c.Parts = steps.list()
}

// pairOfHistories is one customer on both nights.
type pairOfHistories struct {
	id                string
	was, is           revaluation.History
	valueWas, valueIs money.Amount
	spendWas, spendIs float64
}

// histories are those of the customers who are valued again.
func (c *equityChange) histories() (all []pairOfHistories, known bool) {
	for _, s := range []*publication.State{c.then, c.now} {
		if s.Counts(column.PurchaseDays) == nil || s.Numbers(column.ExpectedSpend) == nil || s.Numbers(column.FutureValue) == nil {
			return nil, false
		}
	}
	every := (len(c.pairs) + mostValued - 1) / mostValued
	for k := 0; k < len(c.pairs); k += max(every, 1) {
		at, i := c.pairs[k][0], c.pairs[k][1]
		p := pairOfHistories{
			id:  c.now.ID[i],
			was: revaluation.HistoryIn(c.then, at), is: revaluation.HistoryIn(c.now, i), valueWas: c.valueIn(c.then, at), valueIs: c.valueIn(c.now, i),
			spendWas: c.then.Numbers(column.ExpectedSpend)[at], spendIs: c.now.Numbers(column.ExpectedSpend)[i],
		}
		if math.IsNaN(p.spendWas) || math.IsNaN(p.spendIs) {
			return nil, false
		}
		all = append(all, p)
	}
	return all, true
}

// steps moves each customer from the older night to the newer, as [sides.futureParts] does
// one, and sums the steps up by cause. What was corrected counts as what happened.
func (c *equityChange) steps(all []pairOfHistories) *partList {
	n, t := c.older.worth, c.newer.worth
	was, is := make([]revaluation.History, len(all)), make([]revaluation.History, len(all))
	for i, p := range all {
		was[i], is[i] = p.was, p.is
	}
	own, later := n.Rules, t.RulesOf(n)
	workers := runtime.GOMAXPROCS(0)
	before := n.ExpectAll(own, was, n.Day, workers)
	aged := n.ExpectAll(own, was, t.Day, workers)
	active := n.ExpectAll(own, is, t.Day, workers)
	modelled := t.ExpectAll(later, is, t.Day, workers)
	priced := t.ExpectAll(t.Rules, is, t.Day, workers)
	parts := &partList{}
	for i, p := range all {
		s := sides{older: c.older, newer: c.newer, was: p.was, is: p.is, changed: p.was != p.is, spendWas: p.spendWas, spendIs: p.spendIs}
		s.joined, s.parted = c.kin.Joined[p.id], c.kin.Parted[p.id]
		s.spendByOldRule = s.byOldRule()
		at := p.valueWas
		step := func(of cause.Cause, by, prices *revaluation.Night, r valuation.Rules, s clv.Scores, h revaluation.History, spend float64) {
			value := by.WorthOf(prices, r, s.DECT[i], s.AliveTime[i], h, spend)
			parts.addFuture(of, value.Minus(at))
			at = value
		}
		step(cause.Unexplained, n, n, own, before, p.was, p.spendWas)
		step(cause.TimePassed, n, n, own, aged, p.was, p.spendWas)
		spend := s.spendByOldRule
		if math.IsNaN(spend) {
			spend = p.spendWas
		}
		step(s.happened(), n, n, own, active, p.is, spend)
		if math.IsNaN(s.spendByOldRule) {
			step(cause.ModelMoved, t, n, later, modelled, p.is, p.spendWas)
			step(cause.ExpectedSpend, t, n, later, modelled, p.is, p.spendIs)
		}
		step(cause.ModelMoved, t, n, later, modelled, p.is, p.spendIs)
		step(cause.RuleChanged, t, t, t.Rules, priced, p.is, p.spendIs)
		parts.addFuture(cause.Unexplained, p.valueIs.Minus(at))
	}
	return parts
}

// raise makes the parts of a sample those of all, who are so many times as many: what they
// are then off the total is put on each by its size.
func (p partList) raise(times float64, total money.Amount) {
	left, size, largest := total, 0., cause.Unsplit
	for _, of := range causes {
		part := p[of]
		if part == nil {
			continue
		}
		p.addFuture(of, money.FromFloat((times-1)*part.FutureValue.Float()))
		left = left.Minus(part.FutureValue)
		size += math.Abs(part.FutureValue.Float())
		if largest == cause.Unsplit || math.Abs(part.FutureValue.Float()) > math.Abs(p[largest].FutureValue.Float()) {
			largest = of
		}
	}
	off := left.Float()
	for _, of := range causes {
		if part := p[of]; part != nil && size > 0 {
			step := money.FromFloat(off * math.Abs(part.FutureValue.Float()) / size)
			p.addFuture(of, step)
			left = left.Minus(step)
		}
	}
	p.addFuture(largest, left) // of rounding
}

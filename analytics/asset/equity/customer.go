package equity

import (
	"math"

	"clientele/analytics/worth/revaluation"
	"clientele/clv"
	"clientele/internal/money"
)

// Customer is one who is there on both nights.
type Customer struct {
	Was, Is revaluation.History
	// Then is what is known on the newer night of the history on the older one; nil: what was
	// known then ([Nights.KnownThen]).
	Then              *revaluation.History
	ValueWas, ValueIs money.Amount // future value, as published
	SpendWas, SpendIs float64      // expected of a purchase, as published
	// Declined tells that the customer was in decline on the older night, and Declines that a
	// decline has begun since.
	Declined, Declines bool
	Kin                bool // joined with another id, or parted from one, since
}

// steps are a customer on the way from the opening to the closing.
type steps struct {
	Lines
	at money.Amount
}

// to goes to an amount by a line.
func (s *steps) to(line Line, amount money.Amount) {
	s.put(line, amount.Minus(s.at))
	s.at = amount
}

// by goes by an amount.
func (s *steps) by(line Line, amount money.Amount) {
	s.put(line, amount)
	s.at = s.at.Plus(amount)
}

// views are what models expect of some customers.
type views struct {
	growth float64 // [Nights.growth]
	// by the older night's models, of the history then, as of that night: until the newer
	// night, within the horizon as the newer night has it, and as it was (none where the same
	// program published that).
	between, beyond, within clv.Scores
	// the same of the histories as they are known now; at has each customer's place, -1: none.
	knownBetween, knownBeyond clv.Scores
	at                        []int
	active                    clv.Scores // by the older night's models, of tonight's history, tonight
	modelled                  clv.Scores // by the newer night's, at the older one's prices; none where prices are the same
}

// LinesOf asks the models about customers who are there on both nights, and returns what
// gives the lines of each; it may be called by several goroutines at once.
func (n *Nights) LinesOf(all []Customer, workers int) func(i int) Lines {
	if line, whole := n.Whole(); whole {
		return func(i int) Lines { return wholeStep(line, all[i].ValueWas, all[i].ValueIs) }
	}
	v := n.look(all, workers)
	return func(i int) Lines { return n.linesOf(&all[i], v, i) }
}

// wholeStep are the lines of a customer all of whose step one line has.
func wholeStep(line Line, was, is money.Amount) (l Lines) {
	l[Opening], l[line], l[Closing] = was, is.Minus(was), is
	return l
}

func begin(c *Customer) *steps {
	s := &steps{at: c.ValueWas}
	s.Lines[Opening] = c.ValueWas
	return s
}

func (s *steps) end() Lines {
	s.Lines[Closing] = s.at
	return s.Lines
}

// look asks the models, each for all customers at once.
func (n *Nights) look(all []Customer, workers int) *views {
	older, newer := n.Older, n.Newer
	v := &views{growth: n.growth(), at: make([]int, len(all))}
	was, is := make([]revaluation.History, len(all)), make([]revaluation.History, len(all))
	var then []revaluation.History
	for i := range all {
		c := &all[i]
		was[i], is[i], v.at[i] = c.Was, c.Is, -1
		if c.Then != nil {
			v.at[i] = len(then)
			then = append(then, *c.Then)
		}
	}
	r, between := older.Rules, n.units()
	seen := older.ExpectWithin(r, was, older.Day, workers, between, r.Horizon+between)
	v.between, v.beyond = seen[0], seen[1]
	if n.otherProgram {
		v.within = older.ExpectAll(r, was, older.Day, workers)
	}
	if len(then) > 0 {
		seen = older.ExpectWithin(r, then, older.Day, workers, between, r.Horizon+between)
		v.knownBetween, v.knownBeyond = seen[0], seen[1]
	}
	v.active = older.ExpectWithin(r, is, newer.Day, workers, r.Horizon)[0]
	if prices := n.pricesBefore(); prices != newer.Rules {
		v.modelled = newer.ExpectWithin(prices, is, newer.Day, workers, prices.Horizon)[0]
	}
	return v
}

// linesOf are the lines of one customer:
//
//	as published -> the older night's own -> as that night expected tonight to be (discount, became_past, horizon)
//	-> the same of the history as it is known now -> tonight's history -> by tonight's models -> as published
func (n *Nights) linesOf(c *Customer, v *views, i int) Lines {
	s := begin(c)
	older, newer := n.Older, n.Newer
	r, growth := older.Rules, v.growth
	basket := older.Basket(older, c.Was, c.SpendWas)
	within, between, beyond := c.ValueWas.Float(), expected(r, v.between, i, basket), expected(r, v.beyond, i, basket)
	if v.within.DECT != nil {
		within = expected(r, v.within, i, basket)
		s.to(Unexplained, money.Nearest(within))
	}
	s.by(Discount, money.Nearest(c.ValueWas.Float()*(growth-1)))
	s.by(BecamePast, money.Nearest(-growth*between))
	if !math.IsInf(r.Horizon, 1) {
		s.by(Horizon, money.Nearest(growth*(beyond-within)))
	}
	spend := n.spendByOldModel(c)
	if c.Then != nil {
		spendThen := c.SpendWas
		if *c.Then == c.Is {
			spendThen = spend
		}
		basket, k := older.Basket(older, *c.Then, spendThen), v.at[i]
		s.to(n.restated(c), money.Nearest(growth*(expected(r, v.knownBeyond, k, basket)-expected(r, v.knownBetween, k, basket))))
	}
	did := older.WorthOf(older, r, v.active.DECT[i], v.active.AliveTime[i], c.Is, spend)
	s.to(n.deviation(c, did.Minus(s.at)), did)
	if v.modelled.DECT != nil {
		s.to(Model, newer.WorthOf(older, n.pricesBefore(), v.modelled.DECT[i], v.modelled.AliveTime[i], c.Is, c.SpendIs))
		s.to(Settings, c.ValueIs)
	} else {
		s.to(Model, c.ValueIs)
	}
	return s.end()
}

// spendByOldModel is what the older night's model expects a purchase to come to of
// tonight's history. Where it cannot be told it is what was expected of the history then,
// and the rest goes with the models.
func (n *Nights) spendByOldModel(c *Customer) float64 {
	if c.Was == c.Is {
		return c.SpendWas
	}
	if spend := n.Older.SpendOf(n.Newer, c.Is, c.SpendIs); !math.IsNaN(spend) {
		return spend
	}
	return c.SpendWas
}

// restated is the line of a history that is known to be another than it was.
func (n *Nights) restated(c *Customer) Line {
	switch {
	case c.Kin:
		return Merged
	case n.Records || n.otherRates && c.onlyMoney():
		return Settings
	}
	return Corrected
}

// onlyMoney tells whether nothing but the money of the history is known to be another: who
// bought when is as it was.
func (c *Customer) onlyMoney() bool {
	then := *c.Then
	then.Net = c.Was.Net
	return then == c.Was
}

// deviation is the line of what a customer did otherwise than was expected.
func (n *Nights) deviation(c *Customer, amount money.Amount) Line {
	switch {
	case c.Declined && c.Is.Last > n.Older.Day:
		return CameBack
	case c.Declines:
		return Lost
	case amount.Num().Sign() < 0:
		return Shrank
	}
	return Grew
}

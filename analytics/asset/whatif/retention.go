package whatif

import (
	"math"

	"clientele/clv"
)

// windowDays is over how many days purchases are counted now and a year on: four weeks.
const windowDays = 28

// retentionOf is the yearly retention of customers whose risk to leave is scaled: of what they
// are expected to buy in the next four weeks, the part that they buy in the same weeks a year on,
//
//	(N(year + 4 weeks) - N(year)) / N(4 weeks),
//
// N(h) being the purchases that all of them make within h. Each customer so counts as much as
// they buy. To count heads instead is to count what nobody sees, whoever is still a customer:
// by some models one who bought once is one for ever. On shops simulated by three laws the
// share of heads by the blend was .10, .13, -.07, -.02, .01 and .01 off the truth, that of
// purchases .05, .06, -.05, -.03, .05 and -.01.
func (s *Shop) retentionOf(who []int, c clv.Change) float64 {
	asked := retentionAsked{&who[0], len(who), c}
	if known, has := s.retentions[asked]; has {
		return known
	}
	window := windowDays / s.night.Rules.UnitDays
	ends := []float64{window, s.unitsPerYear(), s.unitsPerYear() + window}
	var bought [3]float64
	for k, scores := range clv.ScoreAhead(s.changed(c), panelOf(s.panel, who), ends, 0, s.workers) {
		for _, n := range scores.DECT { // undiscounted
			bought[k] += n
		}
	}
	s.retentions[asked] = (bought[2] - bought[1]) / bought[0]
	return s.retentions[asked]
}

// retentionAsked is what a retention is of: some customers, who are one slice, and a change.
type retentionAsked struct {
	first  *int
	n      int
	change clv.Change
}

// unitsPerYear are the model's units of time in a year.
func (s *Shop) unitsPerYear() float64 { return s.night.Rules.Prices.UnitsPerYear }

// dropoutFor is the factor on the risk to leave of all those customers at which so much is kept
// over a year, given how often they buy. Not more than all is kept whatever is done, and not less
// than nothing, so that the factor may end at the bounds of a clv.Change; capped tells that it
// does. All may be a little more than 1: who buys at regular intervals and has just bought buys
// less in the next four weeks than in others. Retention falls in the factor. The root is sought
// in its logarithm, from 0 to the side where it lies, by regula
// falsi in the way of Illinois.
//
// Source: Dowell and Jarratt (1971), A modified regula falsi method for computing the root of
// an equation, BIT 11, https://doi.org/10.1007/BF01934364.
func (s *Shop) dropoutFor(who []int, retention, rate float64) (dropout float64, capped bool) {
	off := func(ln float64) float64 {
		return s.retentionOf(who, clv.Change{Dropout: math.Exp(ln), Rate: rate}) - retention
	}
	const bound = 10 * math.Ln2 // of clv.LeastChange and clv.MostChange
	low, high := 0., 0.
	atLow := off(0)
	atHigh := atLow
	for step := 0.25; atLow < 0; step *= 2 {
		if low == -bound {
			return clv.LeastChange, true
		}
		high, atHigh = low, atLow
		low = max(-step, -bound)
		atLow = off(low)
	}
	for step := 0.25; atHigh > 0; step *= 2 {
		if high == bound {
			return clv.MostChange, true
		}
		low, atLow = high, atHigh
		high = min(step, bound)
		atHigh = off(high)
	}
	if atLow == atHigh { // both 0
		return math.Exp(low), false
	}
	const nearest, most = 1e-9, 100
	side := 0
	for range most {
		middle := (low*atHigh - high*atLow) / (atHigh - atLow)
		at := off(middle)
		switch {
		case math.Abs(at) < nearest || high-low < nearest:
			return math.Exp(middle), false
		case at > 0:
			low, atLow = middle, at
			if side == 1 {
				atHigh /= 2
			}
			side = 1
		default:
			high, atHigh = middle, at
			if side == -1 {
				atLow /= 2
			}
			side = -1
		}
	}
	return math.Exp((low + high) / 2), false
}

// leaves tells whether any customer may leave, by any of the models.
func (s *Shop) leaves(who []int) bool {
	const rounding = 1e-9
	return s.retentionOf(who, clv.Change{Dropout: 2, Rate: 1}) < s.retentionOf(who, noChange)-rounding
}

// noChange is that of behaviour as it is.
var noChange = clv.Change{Dropout: 1, Rate: 1}

// changed is the blend of the night under a change.
func (s *Shop) changed(c clv.Change) *clv.Blend {
	if c == noChange {
		return s.night.Blend
	}
	b, err := s.night.Blend.WithChange(c)
	if err != nil {
		panic("whatif: " + err.Error()) // moves were held to their ranges
	}
	return b
}

// panelOf are the rows of some customers.
func panelOf(p clv.Panel, who []int) clv.Panel {
	return clv.Panel{X: pick(p.X, who), TX: pick(p.TX, who), T: pick(p.T, who)}
}

// pick are some of the values, all of them as they are.
func pick(of []float64, who []int) []float64 {
	if len(who) == len(of) {
		return of
	}
	some := make([]float64, len(who))
	for i, at := range who {
		some[i] = of[at]
	}
	return some
}

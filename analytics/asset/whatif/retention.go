package whatif

import (
	"math"

	"clientele/clv"
)

// retentionOf is the yearly retention of customers whose risk to leave is scaled: the share of
// those who are customers today, as far as can be told, who are in a year,
//
//	Σ P(customer in a year) / Σ P(customer today).
func (s *Shop) retentionOf(who []int, c clv.Change) float64 {
	asked := retentionAsked{&who[0], len(who), c}
	if known, has := s.retentions[asked]; has {
		return known
	}
	blend := s.changed(c)
	panel := panelOf(s.panel, who)
	scores := clv.ScoreBlend(s.night.Blend, panel, clv.ScoreOptions{Workers: s.workers})
	stays := clv.Staying(blend, panel, scores, s.unitsPerYear(), s.workers)
	var today, later float64
	for i, p := range scores.PAlive {
		today += p
		later += stays[i]
	}
	s.retentions[asked] = later / today
	return later / today
}

// retentionAsked is what a retention is of: some customers, who are one slice, and a change.
type retentionAsked struct {
	first  *int
	n      int
	change clv.Change
}

// unitsPerYear are the model's units of time in a year.
func (s *Shop) unitsPerYear() float64 { return s.night.Rules.Prices.UnitsPerYear }

// dropoutFor is the factor on the risk to leave of all those customers at which so many stay
// for a year, given how often they buy. As retention stays below 1 whatever is done, and above
// 0, the factor ends at the bounds of a clv.Change; capped tells that it does. Retention falls in
// the factor. The root is sought in its logarithm, from 0 to the side where it lies, by regula
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
	return s.retentionOf(who, clv.Change{Dropout: 2, Rate: 1}) < s.retentionOf(who, noChange)
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

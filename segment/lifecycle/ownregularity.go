package lifecycle

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// ownRegularity is what is known of how regularly one customer buys, in three sorts.
type ownRegularity struct {
	bursty, memoryless, regular float64 // how probable each is
	burstyK, regularK           float64 // the mean K of the two, regularK a whole number
}

// findRegularity is the ownRegularity of the past that was begun.
func (c *course) findRegularity() ownRegularity {
	if c.x == 0 {
		return ownRegularity{memoryless: 1}
	}
	var o ownRegularity
	for i, share := range c.shares() {
		switch {
		case share < negligible:
		case i < memoryless:
			o.bursty += share
			o.burstyK += share * regularities[i]
		case i == memoryless:
			o.memoryless = share
		default:
			o.regular += share
			o.regularK += share * regularities[i]
		}
	}
	o.burstyK /= max(o.bursty, negligible)
	o.regularK = max(2, math.Round(o.regularK/max(o.regular, negligible)))
	return o
}

// shares are the distribution of the customer's k.
func (c *course) shares() regularityShares {
	even := c.evenness()
	if even.gaps == 0 {
		return c.panel.Regularity
	}
	return c.panel.Regularity.given(even, scaleOf(c.tx/float64(c.x)))
}

// meanRegularity is the mean of it, or the shop's k where the gaps say nothing.
func (c *course) meanRegularity() float64 {
	if c.evenness().gaps == 0 {
		return c.panel.K
	}
	mean := 0.0
	for i, share := range c.shares() {
		mean += share * regularities[i]
	}
	return mean
}

// leastBoost is what no boost within one usual gap is below, and none of who buys in
// bursts: then a gap is longer than it with at least two fifths of the chance of a memoryless one.
const leastBoost = 0.4

// atLeast costs little, and has a smaller boost.
func (o ownRegularity) atLeast() ownRegularity {
	o.memoryless, o.bursty = o.memoryless+leastBoost*o.bursty, 0
	return o
}

// boost is how many times as probable the open gap is as for a memoryless buyer.
func (o ownRegularity) boost(s *surface, x, tx, silence float64) float64 {
	if o.bursty == 0 && o.regular == 0 {
		return o.memoryless
	}
	memoryless := openGap(s, 1, x, tx, silence)
	const vanished = 1e-200 // nobody of any sort is silent for so long
	if memoryless < vanished {
		return 1
	}
	sum := o.memoryless
	if o.regular > 0 {
		sum += o.regular * openGap(s, o.regularK, x, tx, silence) / memoryless
	}
	if o.bursty > 0 {
		sum += o.bursty * openGap(s, o.burstyK, x, tx, silence) / memoryless
	}
	return sum
}

// openGap is the chance of a gap as long as the silence, after x gaps of shape k that
// took tx days.
func openGap(s *surface, k, x, tx, silence float64) float64 {
	past := s.alpha/k + tx
	u := past / (past + silence)
	if k < 1 {
		return mathext.RegIncBeta(s.r+k*x, k, u)
	}
	return gapTail(s.r+k*x, k, u)
}

// gapTail is I_u(a, b) for a small whole b, by a short sum; Abramowitz and Stegun
// (1964), 26.5.24.
func gapTail(a, b, u float64) float64 { return min(1, math.Pow(u, a)*tailSum(a, b, u)) }

// tailSum is I_u(a, b)·u^−a for a whole b.
func tailSum(a, b, u float64) float64 {
	term, sum := 1.0, 1.0
	for j := 1.0; j < b; j++ {
		term *= (a + j - 1) / j * (1 - u)
		sum += term
	}
	return sum
}

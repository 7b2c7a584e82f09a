package lifecycle

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// posterior is the posterior distribution of a customer's gap shape k, reduced to
// three classes: bursty (k < 1), memoryless (k = 1) and regular (k > 1).
type posterior struct {
	bursty, memoryless, regular float64 // the probability of each class
	burstyK, regularK           float64 // the mean k of two of them; regularK is rounded
}

// findPosterior is the posterior of the history.
func (c *customer) findPosterior() posterior {
	if c.x == 0 {
		return posterior{memoryless: 1}
	}
	var p posterior
	for i, share := range c.shapePosterior() {
		switch {
		case share < negligible:
		case i < memoryless:
			p.bursty += share
			p.burstyK += share * shapes[i]
		case i == memoryless:
			p.memoryless = share
		default:
			p.regular += share
			p.regularK += share * shapes[i]
		}
	}
	p.burstyK /= max(p.bursty, negligible)
	p.regularK = max(2, math.Round(p.regularK/max(p.regular, negligible)))
	return p
}

// shapePosterior is the posterior over all shapes: that of the shop if the customer's gaps
// say nothing.
func (c *customer) shapePosterior() shapeShares {
	gaps := c.gapStatistic()
	if gaps.gaps == 0 {
		return c.panel.Regularity
	}
	return c.panel.Regularity.posterior(gaps, scaleOf(c.tx/float64(c.x)))
}

// meanRegularity is the posterior mean of k, or the shop's k if the gaps say nothing.
func (c *customer) meanRegularity() float64 {
	if c.gapStatistic().gaps == 0 {
		return c.panel.K
	}
	mean := 0.0
	for i, share := range c.shapePosterior() {
		mean += share * shapes[i]
	}
	return mean
}

// leastRatio is a lower bound of likelihoodRatio while the customer is not late, and of
// its term for bursty customers at any silence. TestLeastRatio goes over the shapes, from
// 1 to 100 purchases.
const leastRatio = 0.4

// lowerBound is a posterior whose likelihoodRatio is smaller and cheaper: it needs no
// incomplete beta function of a fractional shape.
func (p posterior) lowerBound() posterior {
	p.memoryless, p.bursty = p.memoryless+leastRatio*p.bursty, 0
	return p
}

// likelihoodRatio is how many times as probable an open gap of at least this silence is
// as for a memoryless customer. It leaves in l what it worked out of classes that it shares
// with the lowerBound.
func (p posterior) likelihoodRatio(l *look, t *table, x, tx, silence float64) float64 {
	if p.bursty == 0 && p.regular == 0 {
		return p.memoryless
	}
	if math.IsNaN(l.memoryless) {
		l.memoryless = openGap(t, 1, x, tx, silence)
	}
	const vanished = 1e-200 // nobody of any class is silent for so long
	if l.memoryless < vanished {
		return 1
	}
	sum := p.memoryless
	if p.regular > 0 {
		if math.IsNaN(l.regular) {
			l.regular = openGap(t, p.regularK, x, tx, silence)
		}
		sum += p.regular * l.regular / l.memoryless
	}
	if p.bursty > 0 {
		sum += p.bursty * openGap(t, p.burstyK, x, tx, silence) / l.memoryless
	}
	return sum
}

// openGap is the probability that a gap is at least as long as the silence, after x gaps
// of shape k that took tx days, with the shop's prior of the rate.
func openGap(t *table, k, x, tx, silence float64) float64 {
	past := t.alpha/k + tx
	u := past / (past + silence)
	if k < 1 {
		return mathext.RegIncBeta(t.r+k*x, k, u)
	}
	return gapTail(t.r+k*x, k, u)
}

// gapTail is the incomplete beta function I_u(a, b) for a small whole b, as a short sum.
//
// Source: Abramowitz and Stegun (1964), 26.5.24.
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

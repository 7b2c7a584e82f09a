package clv

import (
	"math"
	"math/rand/v2"

	"clientele/clv/internal/special"
)

// betaGeometricBetaBernoulli is the BG/BB model of customers who may buy at set
// opportunities only.
//
// At each opportunity a living customer buys with probability p; before the next
// one the customer leaves with probability θ. p ~ Beta(alpha, beta) and
// θ ~ Beta(gamma, delta) over customers. Customers are made by a purchase and
// may leave before the first opportunity.
//
// A row is x purchases at t opportunities, the last of them at opportunity t_x.
// As in the paper, to be alive after n = t opportunities means to be alive for
// opportunity n+1: alive at once, one step ahead of the other models.
//
// Source: Fader, Hardie and Shang (2010), Customer-base analysis in a
// discrete-time noncontractual setting, Marketing Science 29(6),
// https://doi.org/10.1287/mksc.1100.0580.
type betaGeometricBetaBernoulli struct {
	alpha, beta  float64 // of buying
	gamma, delta float64 // of leaving; nothing to do with the rate of discount
	change       Change
}

// logLikelihood implements process, from the paper's likelihood
//
//	L = [B(α+x,β+n-x) B(γ,δ+n) + Σ B(α+x,β+t_x-x+i) B(γ+1,δ+t_x+i)] / (B(α,β) B(γ,δ)),
//
// i = 0, ..., n-t_x-1: alive at n, or left i opportunities after the last
// purchase.
func (m betaGeometricBetaBernoulli) logLikelihood(x, tx, t float64) float64 {
	lnOdds := m.lnOddsLeft(x, tx, t)
	if lnOdds > 0 {
		return m.lnLeft(x, tx) + m.lnSilence(x, tx, t) + special.Softplus(-lnOdds)
	}
	return m.lnStays(x, t) + special.Softplus(lnOdds)
}

// pAlive implements process: alive at n, and the next toss survived.
func (m betaGeometricBetaBernoulli) pAlive(x, tx, t float64) float64 {
	return special.Logistic(-m.lnOddsLeft(x, tx, t)) * ((m.delta + t) / (m.gamma + m.delta + t))
}

// lnBuys is the logarithm of the chance of one sequence of x purchases and some
// silences,
//
//	B(α+x, β+silences)/B(α, β),
//
// as a product of two chances: of the silences, and of the purchases after them.
func (m betaGeometricBetaBernoulli) lnBuys(x, silences float64) float64 {
	return lnSurvival(m.alpha, m.beta, silences) + lnSurvival(m.beta+silences, m.alpha, x)
}

// lnStays is the logarithm of the first term of L.
func (m betaGeometricBetaBernoulli) lnStays(x, t float64) float64 {
	return m.lnBuys(x, t-x) + lnSurvival(m.gamma, m.delta, t)
}

// lnLeft is the logarithm of the term i = 0 of L.
func (m betaGeometricBetaBernoulli) lnLeft(x, tx float64) float64 {
	return m.lnBuys(x, tx-x) + lnLeavesAfter(m.gamma, m.delta, tx)
}

// silence are the terms of the sum in L relative to the first, as a function of
// the silences i before the customer left. They only fall.
func (m betaGeometricBetaBernoulli) silence(x, tx float64) special.SmoothTerms {
	return special.SmoothTerms{Ln: func(i float64) float64 {
		return lnSurvival(m.alpha+x, m.beta+(tx-x), i) + lnSurvival(m.gamma+1, m.delta+tx, i)
	}}
}

// lnSilence is the logarithm of the sum in L relative to its first term,
// t > t_x.
func (m betaGeometricBetaBernoulli) lnSilence(x, tx, t float64) float64 {
	gone, missed := m.delta+tx, m.beta+(tx-x)
	return math.Log(m.silence(x, tx).FallingSum(t-tx, func(i float64) float64 {
		return (missed + i) / (m.alpha + x + missed + i) * ((gone + i) / (m.gamma + 1 + gone + i))
	}))
}

// lnOddsLeft is the logarithm of the odds that the customer has left before
// opportunity t: the sum in L over its first term. Both may be far below the
// smallest float64 and nearly equal, so that they are compared from t_x on.
func (m betaGeometricBetaBernoulli) lnOddsLeft(x, tx, t float64) float64 {
	if tx == t {
		return math.Inf(-1)
	}
	leaves := math.Log(m.gamma / (m.gamma + m.delta + tx))
	stays := lnSurvival(m.alpha+x, m.beta+(tx-x), t-tx) + lnSurvival(m.gamma, m.delta+tx, t-tx)
	return leaves + m.lnSilence(x, tx, t) - stays
}

// after implements process.
func (m betaGeometricBetaBernoulli) after(x float64) prospect {
	c := opportunist{m, x}
	if dropout, rate := m.change.factors(); dropout != 1 || rate != 1 {
		return changedOpportunist{opportunist: c, buys: tosses(rate), leaves: tosses(dropout)}
	}
	return c
}

// changed implements process.
func (m betaGeometricBetaBernoulli) changed(c Change) process {
	m.change = c
	return m
}

// opportunist is the prospect under BG/BB. Given that the customer is alive for
// opportunity t+1, p and θ are independent, p ~ Beta(α+x, β+t-x) and
// θ ~ Beta(γ, δ+t+1).
type opportunist struct {
	betaGeometricBetaBernoulli
	x float64
}

// buying are a and b of p, leaving those of θ.
func (c opportunist) buying(t float64) (a, b float64)  { return c.alpha + c.x, c.beta + (t - c.x) }
func (c opportunist) leaving(t float64) (a, b float64) { return c.gamma, c.delta + t + 1 }

// ahead implements prospect. Time is the number of opportunities met alive,
//
//	Σ e^(-rate i) B(γ, δ+t+i)/B(γ, δ+t+1),  i = 1, ..., floor(h),
//
// and purchases are E[p] of it: for h = +Inf the paper's DERT at
// d = e^rate - 1, given that the customer is alive.
func (c opportunist) ahead(h, rate, t float64) (purchases, time float64) {
	count := math.Floor(h)
	if count == 0 {
		return 0, 0
	}
	a, b := c.leaving(t)
	time = math.Exp(-rate) * discountedSurvival(a, b, count, rate)
	a, b = c.buying(t)
	return time * (a / (a + b)), time
}

// survival implements prospect.
func (c opportunist) survival(h, t float64) float64 {
	if math.IsInf(h, 1) {
		return 0 // θ is above 0 for all
	}
	a, b := c.leaving(t)
	return math.Exp(lnSurvival(a, b, math.Floor(h)))
}

// pmf implements prospect. Over the opportunities j met alive,
//
//	P(n) = Σ P(n of j) P(leaves after j) + P(n of H) P(alive at H),
//
// H = floor(h), j = max(n, 1), ..., H-1, with beta-binomial P(n of j).
func (c opportunist) pmf(n, h, t float64) float64 {
	count := math.Floor(h)
	switch {
	case n > count:
		return 0
	case count == 0:
		return 1
	}
	a, b := c.buying(t)
	g, d := c.leaving(t)
	p := math.Exp(special.LnBetaBinomial(n, count-n, a, b) + lnSurvival(g, d, count-1))
	misses := special.SmoothTerms{Ln: func(u float64) float64 {
		return special.LnBetaBinomial(n, u, a, b) + lnLeavesAfter(g, d, n+u-1)
	}}
	first, last := max(1-n, 0), count-1-n
	if last < first {
		return p
	}
	// The terms begin with one that may stand out, where b is small, and have
	// one top after that.
	near := min(first+special.DirectTerms-1, last)
	for u := first; u <= near; u++ {
		p += math.Exp(misses.Ln(u))
	}
	if near < last {
		p += misses.Sum(near+1, min(max(c.mostMisses(n, t), near+1), last), last)
	}
	return p
}

// mostMisses is about the number of opportunities missed u that has the largest
// term in pmf: where the ratio of neighbours,
//
//	(n+1+u)(b+u)(d-1+n+u) / ((1+u)(a+b+n+u)(g+d+n+u)),
//
// falls through 1. Numerator less denominator is -square u² + line u + rest,
// for its terms in u³ cancel; n² has cancelled in line too.
func (c opportunist) mostMisses(n, t float64) float64 {
	a, b := c.buying(t)
	g, d := c.leaving(t)
	square := a + g + 1
	line := n*(b-a-g-2) - 1 - a*g - a*d - b*g - a - b - g
	rest := n*n*(b-1) + n*(b*d-a-b-g-d) + b*(d-1) - (a+b)*(g+d)
	root := math.Sqrt(max(0, line*line+4*square*rest))
	if line < 0 {
		return math.Floor(2 * rest / (root - line))
	}
	return math.Floor((line + root) / (2 * square))
}

// drawnOneByOne is up to how many purchases a draw gives their own time, and
// their own discount, each.
const drawnOneByOne = 50

// draw implements prospect.
func (c opportunist) draw(rng *rand.Rand, h, rate, t float64) future {
	a, b := c.leaving(t)
	alive := min(math.Floor(h), 1+drawSurvived(rng, drawBeta(rng, a, b)))
	a, b = c.buying(t)
	return drawOpportunities(rng, alive, drawBeta(rng, a, b), rate)
}

// drawOpportunities draws purchases at so many opportunities, at a chance p each.
func drawOpportunities(rng *rand.Rand, alive, p, rate float64) (f future) {
	f.time = discountedCount(alive, rate)
	if alive <= drawnOneByOne {
		for i := 1.0; i <= alive; i++ {
			if rng.Float64() < p {
				f.purchases++
				f.discounted += math.Exp(-rate * i)
			}
		}
		return f
	}
	// Each purchase gets the mean discount of the opportunities met.
	f.purchases = drawBinomial(rng, alive, p)
	f.discounted = f.purchases * (f.time / alive)
	return f
}

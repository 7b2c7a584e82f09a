package clv

import (
	"math"
	"math/rand/v2"

	"clientele/clv/internal/special"
)

// This file holds what the models share in which time is counted in
// opportunities to buy, 1, 2, ..., and a chance θ ~ Beta(a, b) of leaving comes
// before each.

// lnSurvival is the logarithm of the chance to survive n of them,
//
//	B(a, b+n)/B(a, b),
//
// whose terms cancel in part where a and n are large and b is larger.
func lnSurvival(a, b, n float64) float64 { return special.LnBetaBinomial(0, n, a, b) }

// lnLeavesAfter is the logarithm of the chance to survive n of them and not the
// next.
func lnLeavesAfter(a, b, n float64) float64 {
	return lnSurvival(a, b, n) + math.Log(a/(a+b+n))
}

// discountedSurvival is
//
//	Σ e^(-delta i) B(a, b+i)/B(a, b),  i = 0, ..., count-1,
//
// for b >= 1 and count up to +Inf, which for delta = 0 gives E[1/θ] =
// (a+b-1)/(a-1), or +Inf where a <= 1. The sum in closed form for delta = 0 is a
// difference divided by a-1; all terms here are positive.
func discountedSurvival(a, b, count, delta float64) float64 {
	if delta == 0 && math.IsInf(count, 1) {
		if a <= 1 {
			return math.Inf(1)
		}
		return (a + b - 1) / (a - 1)
	}
	if delta > 0 {
		count = min(count, 1+math.Floor(min(discountTail/delta, farthest)))
	}
	terms := special.SmoothTerms{Ln: func(i float64) float64 { return lnSurvival(a, b, i) - delta*i }}
	fall := math.Exp(-delta)
	return terms.FallingSum(count, func(i float64) float64 { return fall * ((b + i) / (a + b + i)) })
}

// discountedCount is Σ e^(-delta i) over i = 1, ..., n.
func discountedCount(n, delta float64) float64 {
	if delta == 0 {
		return n
	}
	return math.Exp(-delta) * math.Expm1(-delta*n) / math.Expm1(-delta)
}

// drawSurvived draws how many tosses in a row go well at a chance θ each that
// one does not: +Inf where θ is next to nothing.
//
// Source: Devroye (1986), Non-Uniform Random Variate Generation, ch. X.2.
func drawSurvived(rng *rand.Rand, theta float64) float64 {
	return math.Floor(rng.ExpFloat64() / -math.Log1p(-theta))
}

// binomialTosses is up to how many coins are tossed one by one.
const binomialTosses = 40

// drawBinomial draws the number of successes in n tosses with chance p, for any
// whole n. It asks for the middle one of n even draws from [0, 1], a beta
// variate, and goes on in the half that p lies in: exact, in log2(n) rounds.
//
// Source: Devroye (1986), ch. X.4.3, after Relles (1972) and Ahrens and Dieter
// (1974).
func drawBinomial(rng *rand.Rand, n, p float64) (successes float64) {
	for n > binomialTosses && p > 0 && p < 1 {
		below := math.Floor(n / 2)
		middle := drawBeta(rng, below+1, n-below)
		if middle <= p {
			successes += below + 1
			n -= below + 1
			p = (p - middle) / (1 - middle)
		} else {
			n = below
			p /= middle
		}
	}
	switch {
	case p <= 0:
		return successes
	case p >= 1:
		return successes + n
	}
	for range int(n) {
		if rng.Float64() < p {
			successes++
		}
	}
	return successes
}

// countText says why a time cannot be counted in opportunities.
func countText(name, of string) string { return name + " should be a whole number of " + of }

package special

import "math"

// LnNegativeBinomial is the logarithm of the chance of n purchases at a rate
// λ ~ Gamma(s, rate A) in a time of u in multiples of A,
//
//	Γ(s+n)/(Γ(s) n!) (1+u)^-s (u/(1+u))^n.
//
// As in LnBetaBinomial the logarithm is taken apart into a deviance of s and n
// from what u lets expect, and a rest that is small: at n = s u = 1e15 the
// factors are e^±1e15.
func LnNegativeBinomial(n, s, u float64) float64 {
	if n == 0 {
		return -s * math.Log1p(u)
	}
	excess := math.FMA(-s, u, n) / (1 + u)
	rest := gammaRest(s+n) - gammaRest(s) - factorialRest(n)
	return rest - deviance(s, (s+n)/(1+u), -excess) - deviance(n, (s+n)*(u/(1+u)), excess)
}

// NegativeBinomialTail is the chance of n purchases or more, n > 0: the
// regularised incomplete beta function I_{u/(1+u)}(n, s), as a sum of chances.
//
// From the likeliest count on they only fall and are added up as they stand.
// Below it the tail is at least a third, and is 1 less the sum of the others.
// Continued fractions and power series for the same take a number of steps like
// the root of n or s, 1e8 at n = 1e16, and lose digits to cancelling log-gammas.
func NegativeBinomialTail(n, s, u float64) float64 {
	if u == 0 {
		return 0
	}
	terms := SmoothTerms{func(k float64) float64 { return LnNegativeBinomial(k, s, u) }}
	p := u / (1 + u)
	if n < (s-1)*u {
		first := terms.Ln(n - 1)
		sum, next := fewTerms(n-1, -1, n, func(k float64) float64 { return k / ((s + k - 1) * p) })
		if next >= 0 {
			terms.Down(next, 0, first, func(_, weight float64) { sum += weight })
		}
		return max(0, 1-math.Exp(first)*sum)
	}
	first := terms.Ln(n)
	sum, next := fewTerms(n, 1, math.Inf(1), func(k float64) float64 { return (s + k) / (k + 1) * p })
	if next > 0 {
		terms.Up(next, math.Inf(1), first, func(_, weight float64) { sum += weight })
	}
	return min(1, math.Exp(first)*sum)
}

package clv

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// lnNegativeBinomial is the logarithm of the chance of n purchases at a rate
// λ ~ Gamma(s, rate A) in a time of u in multiples of A,
//
//	Γ(s+n)/(Γ(s) n!) (1+u)^-s (u/(1+u))^n.
func lnNegativeBinomial(n, s, u float64) float64 {
	if n == 0 {
		return -s * math.Log1p(u)
	}
	lnFactorial, _ := math.Lgamma(n + 1)
	return lnRising(s, n) - lnFactorial - s*math.Log1p(u) - n*math.Log1p(1/u)
}

// negativeBinomialTail is the chance of n purchases or more, n > 0: the
// regularised incomplete beta function I_{u/(1+u)}(n, s).
func negativeBinomialTail(n, s, u float64) float64 {
	return mathext.RegIncBeta(n, s, u/(1+u))
}

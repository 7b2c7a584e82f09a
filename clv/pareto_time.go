package clv

import (
	"math"

	"clientele/clv/internal/special"
)

// paretoTime is the discounted time as a customer within h of one who leaves at
// a rate μ ~ Gamma(s, rate b),
//
//	∫_0^h e^-δu (1+u/b)^-s du,
//
// h = +Inf allowed; for ever and undiscounted it is b/(s-1), or +Inf for s <= 1.
func paretoTime(s, b, h, delta float64) float64 {
	k := (1+s)/b + delta // nothing changes faster than that
	switch {
	case k*h < 1e-17: // h/b or delta*h may be below the numbers that have all digits
		return h
	case delta > 0:
		return discountedParetoTime(s, b, h, delta)
	case math.IsInf(h, 1) && s > 1:
		return b / (s - 1)
	case math.IsInf(h, 1):
		return h
	}
	// b/(s-1) [1 - (1+h/b)^(1-s)], which is 0/0 at s = 1 and loses all digits
	// near it and for small h.
	ln := math.Log1p(h / b)
	grown := (1 - s) * ln
	if grown == 0 {
		return b * ln
	}
	return b * ln * (math.Expm1(grown) / grown)
}

// discountedParetoTime substitutes w = ln(1 + ku), k = (1+s)/b + δ. One step of w
// spans the shorter of the scales on which survival and discount fall, and the
// integrand has its singularity π away from the real axis; so 16-point
// Gauss-Legendre is exact to 1e-15 on panels up to 2 long. The logarithm of the
// integrand is concave: once a panel is small next to the last one, those that
// follow are smaller still.
func discountedParetoTime(s, b, h, delta float64) float64 {
	k := (1+s)/b + delta
	width := math.Log1p(k * min(h, discountTail/delta, farthest))
	panels := math.Ceil(width / 2)
	half := width / (2 * panels)
	total, last := 0.0, 0.0
	for i := range int(panels) {
		middle := (2*float64(i) + 1) * half
		panel := 0.0
		for j, node := range special.GaussNodes {
			w := middle + half*node
			u := math.Expm1(w) / k
			panel += special.GaussWeights[j] * math.Exp(w-delta*u-s*math.Log1p(u/b))
		}
		total += panel
		if panel < last/2 && panel < nothingLeft*total {
			break
		}
		last = panel
	}
	return total * half / k
}

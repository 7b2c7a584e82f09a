package clv

import (
	"math"
	"math/rand/v2"

	"clientele/clv/internal/special"
)

// nbd is the model of customers who never leave and buy at random with rates
// λ ~ Gamma(r, rate alpha) over customers. t_x plays no part in it.
//
// Source: Ehrenberg (1959), The Pattern of Consumer Purchases, Applied
// Statistics 8(1), https://doi.org/10.2307/2985810.
type nbd struct {
	r, alpha float64
	change   Change
}

// logLikelihood implements process:
//
//	Γ(r+x)/Γ(r) α^r/(α+t)^(r+x).
func (m nbd) logLikelihood(x, _, t float64) float64 {
	return special.LnRising(m.r, x) - m.r*math.Log1p(t/m.alpha) - x*math.Log(m.alpha+t)
}

// pAlive implements process.
func (m nbd) pAlive(_, _, _ float64) float64 { return 1 }

// after implements process.
func (m nbd) after(x float64) prospect {
	return loyal{shape: m.r + x, alpha: m.alpha, change: m.change}
}

// changed implements process. Who never leaves has no risk to leave that could change.
func (m nbd) changed(c Change) process {
	m.change = c
	return m
}

// loyal is the prospect of a customer who never leaves and buys at a rate
// λ ~ Gamma(shape, rate alpha+t), or a multiple of it from t on.
type loyal struct {
	shape, alpha float64
	change       Change
}

// buying is the rate of the gamma distribution of that.
func (l loyal) buying(t float64) float64 {
	_, rate := l.change.factors()
	return (l.alpha + t) / rate
}

// ahead implements prospect.
func (l loyal) ahead(h, delta, t float64) (purchases, time float64) {
	if delta > 0 {
		h = min(h, farthest) // 1/delta may overflow
	}
	time = discountedTime(h, delta)
	return l.shape / l.buying(t) * time, time
}

// survival implements prospect.
func (l loyal) survival(_, _ float64) float64 { return 1 }

// pmf implements prospect.
func (l loyal) pmf(n, h, t float64) float64 {
	if h == 0 {
		return lifeless(n)
	}
	return math.Exp(special.LnNegativeBinomial(n, l.shape, h/l.buying(t)))
}

// draw implements prospect.
func (l loyal) draw(rng *rand.Rand, h, delta, t float64) (f future) {
	rate := drawGamma(rng, l.shape) / l.buying(t)
	f.purchases, f.discounted = drawPurchases(rng, rate, h, delta)
	f.time = discountedTime(h, delta)
	return f
}

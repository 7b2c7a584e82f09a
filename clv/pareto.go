package clv

import (
	"math"
	"math/rand/v2"

	"clientele/clv/internal/special"
)

// pareto is the Pareto/NBD model.
//
// While a customer, one buys at random with rate λ, and leaves at random with
// rate μ. λ ~ Gamma(r, rate alpha) and μ ~ Gamma(s, rate beta) over customers,
// independently.
//
// Sources: Schmittlein, Morrison and Colombo (1987), Counting Your Customers,
// Management Science 33(1), https://doi.org/10.1287/mnsc.33.1.1; Fader and
// Hardie (2005), A Note on Deriving the Pareto/NBD Model and Related
// Expressions, http://brucehardie.com/notes/009/.
type pareto struct {
	r, alpha, s, beta float64
	change            Change
}

// logLikelihood implements process. A customer who is silent from t_x to t either
// leaves before buying again, or is still there at t and does buy again. So, with
// Q(y) the likelihood of x purchases, of none from t_x to y and of being there at
// y,
//
//	L = Q(t_x) E[μ/(λ+μ)] + Q(t) E[λ/(λ+μ)],
//	Q(y) = Γ(r+x)/Γ(r) α^r/(α+y)^(r+x) (β/(β+y))^s,
//
// where λ ~ Gamma(r+x, rate α+y) and μ ~ Gamma(s, rate β+y), y = t_x and t. It
// is the likelihood of the papers integrated by parts. Theirs is a difference
// of two hypergeometric functions that loses all digits where they are nearly
// equal, and its powers over- and underflow from x around 130.
func (m pareto) logLikelihood(x, tx, t float64) float64 {
	left := m.lnStay(x, tx) + math.Log(m.leavesFirst(x, tx))
	silent := m.lnStay(x, t) + math.Log(m.buysFirst(x, t))
	return special.LnRising(m.r, x) + special.LnSum(left, silent)
}

// lnStay is ln Q(y) but for the part that depends on x alone.
func (m pareto) lnStay(x, y float64) float64 {
	return -m.r*math.Log1p(y/m.alpha) - x*math.Log(m.alpha+y) - m.s*math.Log1p(y/m.beta)
}

// leavesFirst is the chance that a customer alive right after x purchases in y
// leaves before buying again.
func (m pareto) leavesFirst(x, y float64) float64 {
	return m.leaving(x, y).chance()
}

// buysFirst is the chance that such a customer buys before leaving.
func (m pareto) buysFirst(x, y float64) float64 {
	return m.buying(x, y).chance()
}

// leaving are the rates of buying and of leaving after x purchases in y, for the chance
// that leaving comes first; buying are the same for the chance that a purchase does.
func (m pareto) leaving(x, y float64) competingRates {
	return competingRates{m.r + x, m.alpha + y, m.s, m.beta + y}
}

func (m pareto) buying(x, y float64) competingRates {
	return competingRates{m.s, m.beta + y, m.r + x, m.alpha + y}
}

// pAlive implements process: the likelihood of being alive at t, Q(t), over that
// of the row.
func (m pareto) pAlive(x, tx, t float64) float64 {
	return m.pAliveGiven(x, tx, t, m.leavesFirst(x, tx), func(t float64) float64 { return m.buysFirst(x, t) })
}

// pAliveGiven is pAlive, given leavesFirst at t_x, and buysFirst at t where it is needed.
func (m pareto) pAliveGiven(x, tx, t, leaves float64, buysFirst func(t float64) float64) float64 {
	silence := t - tx
	lnFall := (m.r+x)*math.Log1p(silence/(m.alpha+tx)) + m.s*math.Log1p(silence/(m.beta+tx)) // of Q
	if lnFall > 700 {                                                                        // e^lnFall may overflow where its product with leaves does not
		return math.Exp(-lnFall - math.Log(leaves))
	}
	return min(1, 1/(buysFirst(t)+math.Exp(lnFall)*leaves))
}

// after implements process.
func (m pareto) after(x float64) prospect {
	return lifetime{shape: m.r + x, alpha: m.alpha, s: m.s, beta: m.beta, change: m.change}
}

// changed implements process.
func (m pareto) changed(c Change) process {
	m.change = c
	return m
}

// lifetime is the prospect under the Pareto/NBD model. Given that the customer is
// alive at t, the rates of buying and of leaving are independent,
//
//	λ ~ Gamma(r+x, rate α+t),  μ ~ Gamma(s, rate β+t).
//
// A multiple of a gamma variate is one: where customers buy k times as often from t on, and
// leave at c times the rate, kλ and cμ have the rates (α+t)/k and (β+t)/c.
type lifetime struct {
	shape, alpha float64 // r+x and α
	s, beta      float64
	change       Change // c and k
}

// buying and leaving are the rates of the gamma distributions of λ and μ.
func (l lifetime) buying(t float64) float64 {
	_, rate := l.change.factors()
	return (l.alpha + t) / rate
}

func (l lifetime) leaving(t float64) float64 {
	dropout, _ := l.change.factors()
	return (l.beta + t) / dropout
}

// ahead implements prospect. λ is independent of how long one stays, so that
// purchases are its mean times the time.
func (l lifetime) ahead(h, delta, t float64) (purchases, time float64) {
	time = paretoTime(l.s, l.leaving(t), h, delta)
	return l.shape / l.buying(t) * time, time
}

// survival implements prospect: E[e^-μh].
func (l lifetime) survival(h, t float64) float64 {
	return math.Exp(-l.s * math.Log1p(h/l.leaving(t)))
}

// draw implements prospect.
func (l lifetime) draw(rng *rand.Rand, h, delta, t float64) (f future) {
	rate := drawGamma(rng, l.shape) / l.buying(t)
	leaving := drawGamma(rng, l.s) / l.leaving(t)
	stay := h
	if leaving > 0 { // a draw may underflow
		stay = min(h, rng.ExpFloat64()/leaving)
	}
	f.purchases, f.discounted = drawPurchases(rng, rate, stay, delta)
	f.time = discountedTime(stay, delta)
	return f
}

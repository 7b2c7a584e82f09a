package clv

import (
	"math"
	"math/rand/v2"
)

// gompertz is the Gamma-Gompertz/NBD model.
//
// While a customer, one buys at random with rate λ ~ Gamma(r, rate alpha) over
// customers. The longer one has been a customer, the likelier one is to leave: the
// lifetime has the distribution 1 - exp(-η(e^bτ - 1)), η ~ Gamma(s, rate beta), so
// that over customers
//
//	P(lifetime > τ) = (β/E(τ))^s,  E(τ) = β - 1 + e^bτ.
//
// With b and beta near 0 it is Pareto/NBD with rate parameter beta/b.
//
// Sources: Bemmaor and Glady (2012), Modeling Purchasing Behavior with Sudden
// "Death", Management Science 58(5), https://doi.org/10.1287/mnsc.1110.1461; Adler
// (2022), Comment on the same, Management Science 68(3), for the expected purchases.
type gompertz struct {
	r, alpha, b, s, beta float64
	change               Change
}

// logLikelihood implements process. As under Pareto/NBD a customer who is silent from
// t_x to t either leaves before buying again, or is still there at t and does buy
// again: with Q(y) the likelihood of x purchases, of none from t_x to y and of being
// there at y,
//
//	L = Q(t_x) P(leaves first) + Q(t) P(buys first),
//	Q(y) = Γ(r+x)/Γ(r) α^r/(α+y)^(r+x) (β/E(y))^s,
//
// both chances those of a customer alive at t_x and t. This is the papers' likelihood
// integrated by parts; theirs has an integral from t_x to t of its own for every row.
func (m gompertz) logLikelihood(x, tx, t float64) float64 {
	return m.historyOf(x).logLikelihood(tx, t)
}

// lnStay is ln Q(y) but for the part that depends on x alone.
func (m gompertz) lnStay(x, y float64) float64 {
	return -m.r*math.Log1p(y/m.alpha) - x*math.Log(m.alpha+y) - m.s*m.lnAged(y)
}

// lnAged is ln E(y)/β.
func (m gompertz) lnAged(y float64) float64 { return lnGrown(m.b*y, 1/m.beta) }

// lnGrown is ln(1 + g (e^v - 1)), v >= 0, without overflow.
func lnGrown(v, g float64) float64 {
	if v < 1 {
		return math.Log1p(g * math.Expm1(v))
	}
	// e^v (g + (1-g) e^-v): the sum is that of e^-v and of g times what is left.
	return v + math.Log(math.Exp(-v)-g*math.Expm1(-v))
}

// age is e^by/E(y), what takes the place of 1/β for a customer of y.
func (m gompertz) age(y float64) float64 {
	return 1 / (m.beta*math.Exp(-m.b*y) - math.Expm1(-m.b*y))
}

// pAlive implements process.
func (m gompertz) pAlive(x, tx, t float64) float64 { return m.historyOf(x).pAlive(tx, t) }

// after implements process.
func (m gompertz) after(x float64) prospect { return aging{gompertz: m, shape: m.r + x} }

// changed implements process.
func (m gompertz) changed(c Change) process {
	m.change = c
	return m
}

// aging is the prospect under the Gamma-Gompertz/NBD model. Given that the customer
// is alive at t, the rate of buying is independent of how long one stays,
//
//	λ ~ Gamma(r+x, rate α+t),  P(still alive at t+u) = (1 + g (e^bu - 1))^-s,
//
// g being age(t). Given that the customer is alive, η e^bt ~ Gamma(s, rate 1/g): at c times
// the risk to leave from t on it is c g that takes the place of g. Customers age as before.
type aging struct {
	gompertz
	shape float64
}

// buying is the rate of the gamma distribution of λ from t on, and risk takes the place of g.
func (c aging) buying(t float64) float64 {
	_, rate := c.change.factors()
	return (c.alpha + t) / rate
}

func (c aging) risk(t float64) float64 {
	dropout, _ := c.change.factors()
	return dropout * c.age(t)
}

// ahead implements prospect.
func (c aging) ahead(h, delta, t float64) (purchases, time float64) {
	time = c.stay(t, h, delta)
	return c.shape / c.buying(t) * time, time
}

// survival implements prospect.
func (c aging) survival(h, t float64) float64 {
	if math.IsInf(h, 1) {
		return 0
	}
	return math.Exp(-c.s * lnGrown(c.b*h, c.risk(t)))
}

// stay is the discounted time as a customer within h of t.
func (c aging) stay(t, h, delta float64) float64 {
	a := lifeFrom{b: c.b, g: c.risk(t), s: c.s, a: math.Inf(1), beta: c.beta, v: c.b * t}
	if a.g != c.age(t) { // the age of a customer who begins at t with another β
		a.beta, a.v = 1/a.g, 0
	}
	if fastest := a.s*a.b*max(a.g, 1) + delta; fastest*h < 1e-17 {
		return h
	}
	if delta > 0 {
		h = min(h, discountTail/delta, farthest)
	}
	a.delta = delta
	return min(a.until(h), h)
}

// draw implements prospect. Given that the customer is alive at t, η e^bt ~
// Gamma(s, rate 1/g), and the time from there is Gompertz in it.
func (c aging) draw(rng *rand.Rand, h, delta, t float64) (f future) {
	rate := drawGamma(rng, c.shape) / c.buying(t)
	eta := drawGamma(rng, c.s) * c.risk(t)
	stay := h
	if eta > 0 { // a draw may underflow
		stay = min(h, math.Log1p(rng.ExpFloat64()/eta)/c.b)
	}
	f.purchases, f.discounted = drawPurchases(rng, rate, stay, delta)
	f.time = timeWithin(stay, delta)
	return f
}

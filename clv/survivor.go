package clv

import (
	"math"

	"clientele/clv/internal/special"
)

// survivor is the prospect under the beta-geometric models. Given that the
// customer is alive at t, with A = alpha+t and u = (time after t)/A,
//
//	λ ~ Gamma(s, rate A),  p ~ Beta(a, b),
//	P(still alive at u)     = S(u) = E_p[(1+pu)^-s],
//	rate of purchases at u  = (s/A) R(u),  R(u) = E_p[(1+pu)^-(s+1)],
//
// because a customer leaves at rate λp. S and R are Gauss hypergeometric
// functions 2F1(s, a; a+b; -u). Both are integrated over u as they stand: every
// term is positive, so nothing cancels, while the textbook CET, a difference of
// 2F1s over a-1, is 0/0 at a = 1 and loses all digits for small h and for
// a+b < 1.
//
// S and R depend on x but not on t. They are smooth in v = ln(1 + kappa u) over
// the whole half-line and are kept as pieces of polynomials in v (curvePiece),
// made when first needed.
//
// Of customers who buy k times as often from t on, at c times the risk to leave, kλ has the
// rate A = (alpha+t)/k, and p' of c/k tosses takes the place of p. For c <= k that makes
// S'(u) = S(cu), u in units of time.
//
// Source: derived from Fader, Hardie and Lee (2005), assumptions (i) to (v).
type survivor struct {
	a, b, s  float64
	alpha    float64
	kappa    float64
	rate     float64 // k
	dropout  dropout
	survives func(n float64) float64 // a purchase after n others
	pieces   []*curvePiece
}

// newSurvivor makes the prospect of a customer with posterior Beta(a, b) of
// dropout and Gamma(s, alpha+t) of purchases.
//
// kappa is the scale at which S bends, 1 + s times a large p. The eighth moment
// takes the place of a quantile: the mean alone would leave a kink at 1/s
// unseen when p is nearly always tiny and sometimes near 1.
func newSurvivor(a, b, s, alpha float64) *survivor {
	const moment = 8
	largeP := 1.0
	for i := range moment {
		largeP *= (a + float64(i)) / (a + b + float64(i))
	}
	return &survivor{a: a, b: b, s: s, alpha: alpha, kappa: 1 + s*math.Pow(largeP, 1./moment), rate: 1, dropout: dropout{a: a, b: b, q: 1}, survives: survivalAfter(a, b)}
}

// changed is the same of customers who behave otherwise from t on.
func (c *survivor) changed(by Change) *survivor {
	_, c.rate = by.factors()
	c.dropout.q = by.tosses()
	c.survives = c.dropout.survival()
	if q := float64(c.dropout.q); q > 1 {
		c.kappa = 1 + min(q*(c.kappa-1), c.s)
	}
	return c
}

// scale is A.
func (c *survivor) scale(t float64) float64 { return (c.alpha + t) / c.rate }

// ahead implements prospect, over the panels of aheadPanels.
func (c *survivor) ahead(h, delta, t float64) (purchases, time float64) {
	if math.IsInf(h, 1) && delta == 0 {
		return c.forever(t)
	}
	p := newAheadPanels(c.kappa, 1, c.scale(t), h, delta)
	if p.count == 0 {
		return 0, 0
	}
	var fromMiddle [len(special.GaussNodes)]float64 // of e^w: the same in each panel
	for j, node := range special.GaussNodes {
		fromMiddle[j] = math.Exp(p.half * node)
	}
	for i := range p.count {
		middle := p.middle(i)
		toMiddle := math.Exp(middle)
		for j, node := range special.GaussNodes {
			stretch := toMiddle * fromMiddle[j]
			weight, v := special.GaussWeights[j]*stretch, middle+p.half*node
			if delta > 0 { // otherwise w is v
				passed := (stretch - 1) / p.rate // u
				weight *= math.Exp(-delta * p.scale * passed)
				v = math.Log1p(c.kappa * passed)
			}
			alive, buying := c.atLog(v)
			time += weight * alive
			purchases += weight * buying
		}
	}
	return purchases * p.half * c.s / p.rate, min(time*p.half*p.scale/p.rate, p.horizon)
}

// forever is the undiscounted future without end, +Inf where it diverges:
//
//	E[1/p] = (a+b-1)/(a-1) purchases, times A/(s-1) for the time.
func (c *survivor) forever(t float64) (purchases, time float64) {
	if c.a <= 1 {
		return math.Inf(1), math.Inf(1)
	}
	purchases = c.dropout.perPurchase()
	if c.s <= 1 {
		return purchases, math.Inf(1)
	}
	return purchases, purchases * c.scale(t) / (c.s - 1)
}

// at returns S(u) and R(u).
func (c *survivor) at(u float64) (alive, buying float64) { return c.atLog(math.Log1p(c.kappa * u)) }

// atLog returns S and R at v = ln(1 + kappa u).
func (c *survivor) atLog(v float64) (alive, buying float64) {
	k := int(v)
	for len(c.pieces) <= k {
		c.pieces = append(c.pieces, nil)
	}
	if c.pieces[k] == nil {
		c.pieces[k] = c.newPiece(float64(k))
	}
	return c.pieces[k].at(2*(v-float64(k)) - 1)
}

// newPiece fits S and R on from <= v <= from+1: as sums over purchases where few are to be
// expected, else as integrals over p.
func (c *survivor) newPiece(from float64) *curvePiece {
	var p, w []float64
	return fitPiece(func(y float64) (alive, buying float64) {
		u := math.Expm1(from+(y+1)/2) / c.kappa
		if fewEvents(c.s+1, u) {
			return eventSums(1, 0, c.s, u, c.survives)
		}
		if p == nil {
			p, w = betaNodes(c.a, c.b, c.s, math.Expm1(from+1)/c.kappa, 1)
			for i := range p {
				p[i] = c.dropout.q.of(p[i])
			}
		}
		for i, pi := range p {
			q := pi * u
			f := w[i] * math.Exp(-c.s*math.Log1p(q))
			alive += f
			buying += f / (1 + q)
		}
		return alive, buying
	})
}

// survival implements prospect.
//
// The pieces are exact to 1e-15 of the largest value on each. Far out, where a is
// large, survival falls by more than that within one; there it is the sum over
// all counts of purchases n,
//
//	S(u) = Σ P(N=n) B(a,b+n)/B(a,b),  N ~ NBD(s, A/(A+h)),
//
// each with n tosses survived, which is slower, and loses some of the 12 digits
// it mostly has where s is above 1e9. Nobody needs those digits of a change.
func (c *survivor) survival(h, t float64) float64 {
	const low = 1e-3
	if math.IsInf(h, 1) {
		return 0 // p is above 0 for all
	}
	u := h / c.scale(t)
	alive, _ := c.at(u)
	if alive < low && !c.dropout.q.changes() {
		return c.survivalByCount(u)
	}
	return min(max(alive, 0), 1)
}

// survivalByCount is survival as a sum over counts.
func (c *survivor) survivalByCount(u float64) (alive float64) {
	terms := special.SmoothTerms{Ln: func(n float64) float64 {
		return special.LnNegativeBinomial(n, c.s, u) + lnSurvival(c.a, c.b, n)
	}}
	// The chance of no purchase may stand out, where s or b is small. After that
	// there is one top.
	for n := range special.DirectTerms {
		alive += math.Exp(terms.Ln(float64(n)))
	}
	return alive + terms.Sum(special.DirectTerms, max(c.likeliestCount(u), special.DirectTerms), math.Inf(1))
}

// likeliestCount is about the count with the largest term of survivalByCount:
// where the ratio of neighbours,
//
//	(s+n)/(n+1) u/(1+u) (b+n)/(a+b+n),
//
// falls through 1. Both sides times 1+u, it is the larger root of
// n² - line n - rest = 0.
func (c *survivor) likeliestCount(u float64) float64 {
	line := u*(c.s-c.a-1) - 1 - c.a - c.b
	rest := c.s*c.b*u - (c.a+c.b)*(1+u)
	root := math.Sqrt(max(0, line*line+4*rest))
	if line < 0 {
		return math.Floor(2 * rest / (root - line))
	}
	return math.Floor((line + root) / 2)
}

// pmf implements prospect. With N the count of a customer who never leaves,
// NBD(s, A/(A+h)),
//
//	P(n) = B(a,b+n)/B(a,b) P(N=n) + [n>0] B(a+1,b+n-1)/B(a,b) P(N>=n):
//
// all n tosses survived and no purchase since, or the n-th toss lost.
//
// Source: Fader, Hardie and Lee (2005), eq. (8).
func (c *survivor) pmf(n, h, t float64) float64 {
	u := h / c.scale(t)
	stays := math.Exp(c.dropout.lnStays(n) + special.LnNegativeBinomial(n, c.s, u))
	if n == 0 {
		return stays
	}
	return stays + math.Exp(c.dropout.lnLeavesAfter(n-1))*special.NegativeBinomialTail(n, c.s, u)
}

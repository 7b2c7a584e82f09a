package clv

import (
	"math"
	"math/rand/v2"

	"clientele/clv/internal/special"
)

// atStage is the prospect of a customer who is in stage j at t.
type atStage struct {
	*condensedCurves
	j int
}

// ahead implements prospect, over the panels of aheadPanels. They are as short as the
// pieces of the curves, to follow the swings from one purchase to the next.
func (c atStage) ahead(h, delta, t float64) (purchases, time float64) {
	if math.IsInf(h, 1) && delta == 0 {
		return c.forever(t)
	}
	p := newAheadPanels(c.kappa, c.pace, c.scale(t), h, delta)
	if p.count == 0 {
		return 0, 0
	}
	var fromMiddle [len(special.GaussNodes)]float64 // of e^w, less 1: the same in each panel
	for j, node := range special.GaussNodes {
		fromMiddle[j] = math.Expm1(p.half * node)
	}
	first := float64(c.k - 1 - c.j) // events before the next purchase
	for i := range p.count {
		middle := p.middle(i)
		toMiddle := math.Expm1(middle)
		for j, node := range special.GaussNodes {
			grown := toMiddle + fromMiddle[j] + toMiddle*fromMiddle[j] // e^w - 1
			passed := grown / p.rate                                   // u
			weight, v := special.GaussWeights[j]*(1+grown), middle+p.half*node
			if delta > 0 { // otherwise w is v
				weight *= math.Exp(-delta * p.scale * passed)
				v = math.Log1p(c.kappa * passed)
			}
			alive, buying := c.atLog(c.j, v)
			time += weight * alive
			purchases += weight * buying * power(passed/(1+passed), first)
		}
	}
	return purchases * p.half * (c.s + float64(c.j)) / p.rate, min(time*p.half*p.scale/p.rate, p.horizon)
}

// power is w^n for a few n.
func power(w, n float64) float64 {
	p := 1.0
	for ; n > 0; n-- {
		p *= w
	}
	return p
}

// forever is the undiscounted future without end, +Inf where it diverges: E[1/p]
// purchases, and k events for each, less those that have been, at A/(s+j-1) each.
func (c atStage) forever(t float64) (purchases, time float64) {
	if c.a <= 1 {
		return math.Inf(1), math.Inf(1)
	}
	purchases = c.dropout.perPurchase()
	shape := c.s + float64(c.j)
	if shape <= 1 {
		return purchases, math.Inf(1)
	}
	return purchases, (purchases*float64(c.k) - float64(c.j)) * c.scale(t) / (shape - 1)
}

// survival implements prospect. The pieces are exact to some 1e-13 of the largest
// value on each. Where little is left it is the sum over counts of purchases, as of
// survivor, for each remainder of the events by k.
func (c atStage) survival(h, t float64) float64 {
	const low = 1e-3
	if math.IsInf(h, 1) {
		return 0 // p is above 0 for all
	}
	u := h / c.scale(t)
	if alive, _ := c.atLog(c.j, math.Log1p(c.kappa*u)); alive >= low || c.dropout.q.changes() {
		return min(max(alive, 0), 1)
	}
	alive := 0.0
	for i := range c.k {
		more := float64((c.j + i) / c.k) // purchases by the first i events
		terms := special.SmoothTerms{Ln: func(n float64) float64 {
			return special.LnNegativeBinomial(n*float64(c.k)+float64(i), c.s+float64(c.j), u) + lnSurvival(c.a, c.b, n+more)
		}}
		for n := range special.DirectTerms {
			alive += math.Exp(terms.Ln(float64(n)))
		}
		alive += terms.Sum(special.DirectTerms, terms.Top(special.DirectTerms), math.Inf(1))
	}
	return min(alive, 1)
}

// pmf implements prospect. Of the events N of a customer who never leaves, n
// purchases take from kn-j to kn-j+k-1. Either all n are survived, or the last is
// not, whatever number of events there would have been:
//
//	P(n) = B(a,b+n)/B(a,b) P(n purchases) + [n>0] B(a+1,b+n-1)/B(a,b) P(N >= kn-j).
func (c atStage) pmf(n, h, t float64) float64 {
	u, shape, first := h/c.scale(t), c.s+float64(c.j), n*float64(c.k)-float64(c.j)
	counts := 0.0
	for i := range c.k {
		if m := first + float64(i); m >= 0 {
			counts += math.Exp(special.LnNegativeBinomial(m, shape, u))
		}
	}
	stays := math.Exp(c.dropout.lnStays(n)) * counts
	if n == 0 {
		return stays
	}
	return stays + math.Exp(c.dropout.lnLeavesAfter(n-1))*special.NegativeBinomialTail(first, shape, u)
}

// draw implements prospect. A gap is the sum of k exponential times between events, and
// the first, in which j of them are over, of the others.
func (c atStage) draw(rng *rand.Rand, h, delta, t float64) future {
	rate := drawGamma(rng, c.s+float64(c.j)) / c.scale(t)
	dropout := c.dropout.q.of(drawBeta(rng, c.a, c.b))
	events := float64(c.k - c.j)
	return drawAhead(rng, float64(c.k), rate, dropout, h, delta, func() float64 {
		gap := drawGamma(rng, events)
		events = float64(c.k)
		return gap
	})
}

package clv

import (
	"math"
	"math/rand/v2"
)

// changedOpportunist is the prospect under BG/BB of customers who behave otherwise from t on.
// An opportunity counts for as many tosses for a purchase as they buy times as often, and for
// as many whether they leave as the risk is times what it was; see [tosses.lost] for p' and
// θ'. Neither is a beta variate, so that all is integrated over p and θ.
type changedOpportunist struct {
	opportunist
	buys, leaves tosses
}

// chances are p' of buying and θ' of leaving.
func (c changedOpportunist) chances(t float64) (buying, leaving dropout) {
	a, b := c.buying(t)
	g, d := c.leaving(t)
	return dropout{a: a, b: b, q: c.buys}, dropout{a: g, b: d, q: c.leaves}
}

// ahead implements prospect: E[p'] of the opportunities met alive.
func (c changedOpportunist) ahead(h, rate, t float64) (purchases, time float64) {
	count := math.Floor(h)
	if count == 0 {
		return 0, 0
	}
	buying, leaving := c.chances(t)
	time = math.Exp(-rate) * leaving.met(count, rate)
	return time * buying.mean(0, func(_, chance, _ float64) float64 { return chance }), time
}

// survival implements prospect.
func (c changedOpportunist) survival(h, t float64) float64 {
	if math.IsInf(h, 1) {
		return 0
	}
	_, leaving := c.chances(t)
	return math.Exp(leaving.lnStays(math.Floor(h)))
}

// pmf implements prospect, opportunity by opportunity: of j met alive, n hold a purchase, and
// the customer leaves before the next, or the horizon is over.
func (c changedOpportunist) pmf(n, h, t float64) (p float64) {
	count := math.Floor(h)
	switch {
	case n > count:
		return 0
	case count == 0:
		return 1
	}
	buying, leaving := c.chances(t)
	buys, stays := newBinomialNodes(buying, n), newGeometricNodes(leaving)
	for j := 1.0; j <= count; j++ {
		buys.meet(j)
		left, stay := stays.next()
		if j == count {
			left += stay
		}
		if j >= n {
			p += left * buys.sum()
		}
		if stay < 1e-17 {
			break
		}
	}
	return p
}

// binomialNodes are the chances of n purchases at the opportunities met so far, by node of p.
type binomialNodes struct {
	n          float64
	terms      []float64 // weight C(j,n) p'^n (1-p')^(j-n)
	hits, miss []float64 // p' and 1-p'
}

func newBinomialNodes(d dropout, n float64) *binomialNodes {
	b := &binomialNodes{n: n}
	nodes, weights := betaNodes(d.a, d.b, n, 1, 1)
	for i, p := range nodes {
		chance := d.q.of(p)
		if n > 0 {
			weights[i] *= math.Pow(chance, n)
		}
		b.terms, b.hits, b.miss = append(b.terms, weights[i]), append(b.hits, chance), append(b.miss, 1-chance)
	}
	return b
}

// meet is one more opportunity, the j-th.
func (b *binomialNodes) meet(j float64) {
	if j <= b.n {
		return // all so far hold a purchase, which the terms have already
	}
	for i := range b.terms {
		b.terms[i] *= b.miss[i] * j / (j - b.n)
	}
}

// sum is the chance over p, once n opportunities are met.
func (b *binomialNodes) sum() (sum float64) {
	for _, term := range b.terms {
		sum += term
	}
	return sum
}

// geometricNodes are the chances of being there still, by node of θ.
type geometricNodes struct{ alive, leaves []float64 }

func newGeometricNodes(d dropout) *geometricNodes {
	nodes, weights := betaNodes(d.a, d.b, 1, 1, 1)
	g := &geometricNodes{alive: weights}
	for _, p := range nodes {
		g.leaves = append(g.leaves, d.q.of(p))
	}
	return g
}

// next is the chance to leave before the next opportunity, and that of meeting it.
func (g *geometricNodes) next() (left, stay float64) {
	for i, leaves := range g.leaves {
		left += g.alive[i] * leaves
		g.alive[i] *= 1 - leaves
		stay += g.alive[i]
	}
	return left, stay
}

// draw implements prospect.
func (c changedOpportunist) draw(rng *rand.Rand, h, rate, t float64) future {
	buying, leaving := c.chances(t)
	alive := min(math.Floor(h), 1+drawSurvived(rng, leaving.q.of(drawBeta(rng, leaving.a, leaving.b))))
	return drawOpportunities(rng, alive, buying.q.of(drawBeta(rng, buying.a, buying.b)), rate)
}

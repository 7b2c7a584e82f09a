package lifecycle

import "math"

// judge is what all customers are judged by, read only.
type judge struct {
	line     timeLine
	panel    *Panel
	rules    Rules
	surface  *surface // nil: nothing is known, and nobody is judged
	forecast Forecast // beside it
}

func newJudge(panel *Panel, forecast Forecast, rules Rules, workers int) *judge {
	j := &judge{
		line: panel.Clock.line(), panel: panel, rules: rules.WithDefaults(panel.MedianGap),
		forecast: forecast,
	}
	if forecast != nil {
		j.surface = newSurface(forecast, workers)
	}
	return j
}

// course judges one customer at a time, and keeps the memory it needs for that.
type course struct {
	*judge
	past
	fresh     bool                // the panel was fitted since the night that is followed
	comesBack map[float64]float64 // by silence, the chance that a buyer of one purchase does
	// What does not change until the next purchase, of the first n on days that begin at
	// first.
	known struct {
		first      *int32
		n          int
		paces      paces
		regularity ownRegularity
		regular    bool // whether regularity is known
	}
}

// findings are where a customer stands on one night.
type findings struct {
	paces
	// momentum is the purchases expected within the next quarter, over those at the
	// customer's own former rhythm. NaN: nothing is known.
	momentum float64
	former   float64 // purchases a day at that, on the shop's clock
	silent   float64 // days since the last purchase, on it
	chance   float64 // sum of weights of paces, given the silence
	boost    [1 + len(slowShares)]float64
}

// stand judges the past that was begun, at a time on or after the last purchase.
//
// The customer buys at one of a few paces: as before, or slowed down since one of the
// last purchases (see pacesOf), whose weights the silence moves. At each, the Forecast
// gives the chance A of being alive and silent for so long, the chance S of being
// silent, and the purchases E of those alive. Gaps it takes for memoryless; with
// gamma gaps of shape k it is A·I_k/I_1 that counts, where I_k is the chance of an
// open gap as long as it is,
//
//	I_k = I_u(r + kx, k),  u = (α/k + tx)/(α/k + tx + silence)
//
// averaged over what the gaps so far say of k. So
//
//	momentum = Σ w·A′·E / (former rate · Σ w·(A′ + S − A)),  A′ = A·I_k/I_1
//
// and the former rate is the mean of (r + x)/(α + tx′) over the paces.
//
// With enough > 0 the momentum need not be known above it: what is given is then a
// bound from below, at enough or above.
func (c *course) stand(now, enough float64) findings {
	s := findings{momentum: math.NaN()}
	if c.surface == nil {
		return s
	}
	s.silent = now - c.times[len(c.times)-1]
	s.paces = c.ownPaces()
	if enough > 0 && !s.shows && s.silent < c.surface.usualGap(float64(c.x), c.tx) {
		if s.momentum = c.leastMomentum(&s); s.momentum >= enough {
			return s
		}
	}
	own := c.ownRegularity()
	if enough > 0 && own.bursty > 0 {
		if c.weigh(&s, own.atLeast()); s.momentum >= enough {
			return s
		}
	}
	c.weigh(&s, own)
	return s
}

// leastMomentum is a bound from below, of who is not late and has not slowed down.
func (c *course) leastMomentum(s *findings) float64 {
	pace, alive, chance := c.surface.look(float64(c.x), c.tx, s.silent)
	weight := s.paces.all[0].weight
	here := weight * leastBoost * chance
	return here * pace / (here + weight*chance*(1-alive)/alive + 1 - weight)
}

// ownPaces are those of the past that was begun.
func (c *course) ownPaces() paces {
	if k := &c.known; k.first != &c.days[0] || k.n != len(c.days) {
		k.first, k.n, k.regular = &c.days[0], len(c.days), false
		k.paces = pacesOf(c.panel.Slowdowns, c.x, c.tx, c.took)
	}
	return c.known.paces
}

// ownRegularity is that of the past that was begun.
func (c *course) ownRegularity() ownRegularity {
	if !c.known.regular {
		c.known.regularity, c.known.regular = c.findRegularity(), true
	}
	return c.known.regularity
}

// weigh fills in what depends on regularity.
func (c *course) weigh(s *findings, own ownRegularity) {
	x := float64(c.x)
	var ahead, formerly float64
	s.chance = 0
	for i, p := range s.all[:s.n] {
		s.boost[i] = own.boost(c.surface, x, p.tx, p.share*s.silent)
		pace, alive, chance := c.surface.look(x, p.tx, p.share*s.silent)
		former := 1 / c.surface.usualGap(x, p.tx)
		here := p.weight * chance * s.boost[i]
		all := here + p.weight*chance*(1-alive)/alive
		ahead += here * p.share * former * pace
		formerly += all * former
		s.chance += all
	}
	s.momentum, s.former = ahead/formerly, formerly/s.chance
}

// wanted is how many purchases within the next quarter are half of those at the former
// rhythm, and one at least. A buyer of one purchase has no former rhythm: there it is one.
func (c *course) wanted(s *findings) int {
	if c.x == 0 {
		return 1
	}
	return max(1, int(math.Ceil(s.former*quarter/2-1e-9)))
}

// goesOn is the chance that the customer goes on as before: that of half of the former
// purchases or more within the next quarter.
func (c *course) goesOn(s *findings) float64 {
	x, sum := float64(c.x), 0.0
	n := c.wanted(s)
	for i, p := range s.all[:s.n] {
		if p.share < 0.5 {
			continue
		}
		_, alive, chance := c.surface.look(x, p.tx, p.share*s.silent)
		later := c.forecast.AtLeast(n, x, p.tx, p.tx+p.share*s.silent, p.share*quarter)
		sum += p.weight * chance * s.boost[i] * min(1, later/alive)
	}
	return min(1, sum/s.chance)
}

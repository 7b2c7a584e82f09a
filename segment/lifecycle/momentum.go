package lifecycle

import "math"

// standing is what is expected of a customer on one night.
type standing struct {
	paces
	// momentum is the number of purchases expected within the next quarter, divided by
	// the number at the customer's former rate. NaN: nothing can be expected.
	momentum   float64
	formerRate float64 // purchases a day, on the shop's clock
	silence    float64 // days since the last purchase, on the shop's clock
	// likelihood is the marginal likelihood of the silence, over all paces.
	likelihood float64
	// ratios has, for each pace, how many times as probable the silence is as for a
	// customer without memory.
	ratios [1 + len(slowShares)]float64
	looks  [1 + len(slowShares)]look // for each pace; see lookAt
}

// look is what the table says of a pace and the silence, and how probable open gaps as long
// as that are. It is worked out once, as bounds of momentum and momentum itself ask for it.
type look struct {
	known               bool
	pace, alive, chance float64 // see table.lookUp
	memoryless, regular float64 // see openGap; NaN: not yet known
}

// lookAt is the look at a pace.
func (c *customer) lookAt(s *standing, i int) *look {
	l := &s.looks[i]
	if !l.known {
		p := &s.all[i]
		l.pace, l.alive, l.chance = c.table.lookUp(float64(c.x), p.tx, p.share*s.silence)
		l.known, l.memoryless, l.regular = true, math.NaN(), math.NaN()
	}
	return l
}

// standing is where the customer stands at a time on or after the last purchase.
//
// The customer buys at one of a few paces: as before, or slowed down since one of the
// last purchases. pacesOf gives the weight w of each when the last purchase was made.
// For each pace the [Forecast] gives three numbers about the silence: the chance A of
// being alive and silent for so long, the chance S of being silent, and the number E of
// purchases expected of a customer who is alive. The Forecast takes gaps to be
// exponential. If they are gamma with shape k, A is replaced by A′ = A·I_k/I_1, where
// I_k is the chance of an open gap at least as long as the silence,
//
//	I_k = I_u(r + kx, k),  u = (α/k + tx)/(α/k + tx + silence)
//
// averaged over the posterior of k. Then
//
//	momentum = Σ w·A′·E / (former rate · Σ w·(A′ + S − A))
//
// and the former rate is the mean of (r + x)/(α + tx′) over the paces, where tx′ is the
// time that the gaps took on the customer's own clock.
//
// If enough is above 0 and momentum is above enough, the result may be any lower bound
// of momentum that is above enough too. That saves most of the work on most nights.
func (c *customer) standing(now, enough float64) standing {
	s := standing{momentum: math.NaN()}
	if c.table == nil {
		return s
	}
	s.silence = now - c.times[len(c.times)-1]
	s.paces = c.ownPaces()
	if enough > 0 && !s.evident && c.isNotLate(s.silence) {
		if s.momentum = c.momentumAtLeast(&s); s.momentum >= enough {
			return s
		}
	}
	own := c.ownPosterior()
	if enough > 0 && own.bursty > 0 {
		if c.fill(&s, own.lowerBound()); s.momentum >= enough {
			return s
		}
	}
	c.fill(&s, own)
	return s
}

// isNotLate tells whether a silence is shorter than the customer's usual gap and, as a fast
// and regular customer has much shorter gaps than the shop's prior makes usual, than the
// mean of the customer's own gaps.
func (c *customer) isNotLate(silence float64) bool {
	x := float64(c.x)
	return silence < c.table.usualGap(x, c.tx) && (c.x == 0 || silence*x < c.tx)
}

// momentumAtLeast is a lower bound of momentum for a customer who is not late and whose
// gaps show no slowdown.
func (c *customer) momentumAtLeast(s *standing) float64 {
	l, weight := c.lookAt(s, 0), s.all[0].weight // of the former pace
	here := weight * leastRatio * l.chance
	return here * l.pace / (here + weight*l.chance*(1-l.alive)/l.alive + 1 - weight)
}

// fill sets what depends on regularity.
func (c *customer) fill(s *standing, own posterior) {
	x := float64(c.x)
	var ahead, formerly float64
	s.likelihood = 0
	for i, p := range s.all[:s.n] {
		l := c.lookAt(s, i)
		s.ratios[i] = own.likelihoodRatio(l, c.table, x, p.tx, p.share*s.silence)
		former := 1 / c.table.usualGap(x, p.tx)
		here := p.weight * l.chance * s.ratios[i]
		all := here + p.weight*l.chance*(1-l.alive)/l.alive
		ahead += here * p.share * former * l.pace
		formerly += all * former
		s.likelihood += all
	}
	s.momentum, s.formerRate = ahead/formerly, formerly/s.likelihood
}

// asBefore is the least number of purchases within the next quarter by which a
// customer counts as going on as before: half of the number at the former rate, at
// least 1. A buyer of one purchase has no former rate, and 1 is enough.
func (c *customer) asBefore(s *standing) int {
	if c.x == 0 {
		return 1
	}
	const slack = 1e-9 // so that a product that rounds up does not count as one more
	return max(1, int(math.Ceil(s.formerRate*quarter/2-slack)))
}

// mayDecline tells whether a standing is one of those that the panel's bounds are for: the
// momentum is low, and a repeat buyer is not more likely unchanged than not.
func (c *customer) mayDecline(s *standing) bool {
	return s.momentum < c.rules.Momentum && (c.x == 0 || c.unchanged(s) <= mostUnchanged)
}

// unchanged is the probability that the customer still is one, and buys at no less than
// half the former pace.
func (c *customer) unchanged(s *standing) float64 {
	sum := 0.0
	c.eachUnchanged(s, func(_ pace, _, probability float64) { sum += probability })
	return min(1, sum)
}

// goesOn is the probability that the customer buys half of the former purchases or more
// within the next quarter.
func (c *customer) goesOn(s *standing) float64 {
	x, n, sum := float64(c.x), c.asBefore(s), 0.0
	c.eachUnchanged(s, func(p pace, alive, probability float64) {
		later := c.forecast.AtLeast(n, x, p.tx, p.tx+p.share*s.silence, p.share*quarter)
		sum += probability * min(1, later/alive)
	})
	return min(1, sum)
}

// eachUnchanged calls do with every pace that is no less than half the former one, with
// the probability of being alive at it, and that of being alive and at it.
func (c *customer) eachUnchanged(s *standing, do func(p pace, alive, probability float64)) {
	for i, p := range s.all[:s.n] {
		if p.share < 0.5 {
			continue
		}
		l := c.lookAt(s, i)
		do(p, l.alive, p.weight*l.chance*s.ratios[i]/s.likelihood)
	}
}

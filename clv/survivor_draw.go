package clv

import (
	"math"
	"math/rand/v2"
)

// draw implements prospect. Gaps between purchases are exponential.
func (c *survivor) draw(rng *rand.Rand, h, delta, t float64) future {
	rate := drawGamma(rng, c.s) / c.scale(t)
	return drawAhead(rng, 1, rate, c.dropout.q.of(drawBeta(rng, c.a, c.b)), h, delta, rng.ExpFloat64)
}

// drawAhead draws what a customer does within h, where a purchase is the last with the
// chance dropout: purchase by purchase, and once there have been drawnOneByOne of them, all
// others at once. Every k-th event, at the rate given, is a purchase; gap draws the time
// to the next purchase, in mean times between events.
func drawAhead(rng *rand.Rand, k, rate, dropout, h, delta float64, gap func() float64) (f future) {
	now := 0.0
	for range drawnOneByOne {
		now += gap() / rate
		// Negated, so that a rate of zero ends it.
		if !(now <= h) {
			f.time = timeWithin(h, delta)
			return f
		}
		f.purchases++
		f.discounted += math.Exp(-delta * now)
		if rng.Float64() < dropout {
			f.time = timeWithin(now, delta)
			return f
		}
	}
	rest, end := drawMany(rng, k, rate, dropout, h-now, delta)
	f.purchases += rest.purchases
	f.discounted += math.Exp(-delta*now) * rest.discounted
	f.time = timeWithin(now+end, delta)
	return f
}

// drawMany draws any number of purchases within h at once, and the end of the
// time as a customer in it: the toss that is lost comes first, then the time of
// that purchase, a gamma variate. Given that time, the purchases before it are
// spread evenly, so that those within h are a binomial share. Each gets their
// mean discount.
//
// Every k-th event, at the rate given, is a purchase.
func drawMany(rng *rand.Rand, k, rate, dropout, h, delta float64) (f future, end float64) {
	// More than are made within h: to reach it takes forty standard deviations
	// of a Poisson count.
	expected := rate * h
	enough := math.Ceil(expected + 40*math.Sqrt(expected) + 1000)
	last := min(1+drawSurvived(rng, dropout), enough)
	end = drawGamma(rng, k*last) / rate
	if end <= h {
		f.purchases = last
		f.discounted = (last-1)*meanDiscount(end, delta) + math.Exp(-delta*end)
		return f, end
	}
	f.purchases = math.Floor(drawBinomial(rng, k*last-1, h/end) / k)
	f.discounted = f.purchases * meanDiscount(h, delta)
	return f, h
}

// meanDiscount is the mean of exp(-delta*u) over u from 0 to h.
func meanDiscount(h, delta float64) float64 {
	if h == 0 {
		return 1
	}
	return timeWithin(h, delta) / h
}

// timeWithin is discountedTime, which is h where their product is too small to
// have its digits.
func timeWithin(h, delta float64) float64 {
	const smallest = 1e-300
	if delta*h < smallest {
		return h
	}
	return discountedTime(h, delta)
}

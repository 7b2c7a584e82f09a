package clv

import "math/rand/v2"

// process is the story that a model tells, at given parameters: what the file of
// each model implements. Rows passed to it have been checked.
type process interface {
	// logLikelihood is log f(x, t_x, t).
	logLikelihood(x, tx, t float64) float64
	// pAlive is the probability of still being a customer at t.
	pAlive(x, tx, t float64) float64
	// after is what lies ahead of a customer who is alive after x repeat
	// purchases.
	after(x float64) prospect
}

// prospect is what lies ahead of a customer known to be alive at the end of
// observation. One prospect serves every t at one x; it may keep what the
// values of t share, so it belongs to one goroutine. What it returns never
// depends on what it was asked before.
type prospect interface {
	// ahead returns the purchases expected within h of t, discounted at the
	// rate delta, and the discounted time alive. h may be +Inf.
	ahead(h, delta, t float64) (purchases, time float64)
	// survival is the probability of being alive at t+h. h may be +Inf.
	survival(h, t float64) float64
	// pmf is the probability of n purchases in (t, t+h], h finite.
	pmf(n, h, t float64) float64
	// draw plays one way in which things may go until t+h, h finite.
	draw(dice *rand.Rand, h, delta, t float64) future
}

// future is one way in which things may go for a customer.
type future struct {
	purchases  float64 // until the horizon
	discounted float64 // the same, each discounted to t
	time       float64 // as a customer until the horizon, discounted, model units
}

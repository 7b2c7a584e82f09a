package clv

import "math/rand/v2"

// process is the stochastic process that a model describes, at given parameters: what
// the file of each model implements. Rows passed to it have been checked.
type process interface {
	// logLikelihood is log f(x, t_x, t).
	logLikelihood(x, tx, t float64) float64
	// pAlive is the probability of still being a customer at t.
	pAlive(x, tx, t float64) float64
	// after is what lies ahead of a customer who is alive after x repeat
	// purchases.
	after(x float64) prospect
	// changed is the process of customers who behave otherwise from t on: only what lies
	// ahead is another.
	changed(c Change) process
}

// history is what is known of customers with one x, of any t_x and t. Like a prospect
// it may keep what they share.
type history interface {
	logLikelihood(tx, t float64) float64
	pAlive(tx, t float64) float64
}

// sharer is a process in whose histories customers with one x share work.
type sharer interface {
	historyOf(x float64) history
}

// historyOf is the history of customers with one x, with the bits of the process.
func historyOf(p process, x float64) history {
	if s, ok := p.(sharer); ok {
		return s.historyOf(x)
	}
	return plainHistory{p, x}
}

// plainHistory shares nothing.
type plainHistory struct {
	process
	x float64
}

func (h plainHistory) logLikelihood(tx, t float64) float64 {
	return h.process.logLikelihood(h.x, tx, t)
}
func (h plainHistory) pAlive(tx, t float64) float64 { return h.process.pAlive(h.x, tx, t) }

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
	// draw draws one way in which things may go until t+h, h finite.
	draw(rng *rand.Rand, h, delta, t float64) future
}

// future is one way in which things may go for a customer.
type future struct {
	purchases  float64 // until the horizon
	discounted float64 // the same, each discounted to t
	time       float64 // as a customer until the horizon, discounted, model units
}

package clv

import (
	"math"
	"math/rand/v2"
)

// shiftedBetaGeometric is the sBG model of contracts that are renewed or lapse:
// at each renewal a customer leaves with probability θ, θ ~ Beta(alpha, beta)
// over customers.
//
// A row is a contract with x renewals out of t that have come up, t_x = x. With
// x = t it still runs; with x < t it lapsed at renewal x+1.
//
//	P(lapse at renewal x+1) = B(α+1, β+x)/B(α, β),
//	P(t renewals or more)   = S(t) = B(α, β+t)/B(α, β).
//
// Sources: Fader and Hardie (2007), How to project customer retention, Journal
// of Interactive Marketing 21(1), https://doi.org/10.1002/dir.20074; Fader and Hardie (2010), Customer-base valuation in a contractual
// setting, Marketing Science 29(1), https://doi.org/10.1287/mksc.1080.0482.
type shiftedBetaGeometric struct {
	alpha, beta float64
	change      Change
}

// logLikelihood implements process.
func (m shiftedBetaGeometric) logLikelihood(x, _, t float64) float64 {
	if x < t {
		return lnLeavesAfter(m.alpha, m.beta, x)
	}
	return lnSurvival(m.alpha, m.beta, x)
}

// pAlive implements process. It is known who is a customer.
func (m shiftedBetaGeometric) pAlive(x, _, t float64) float64 {
	if x < t {
		return 0
	}
	return 1
}

// after implements process.
func (m shiftedBetaGeometric) after(float64) prospect { return m }

// changed implements process. A renewal counts for Dropout tosses; there is no buying more
// often.
func (m shiftedBetaGeometric) changed(c Change) process {
	m.change = c
	return m
}

// dropout is θ of a customer after t renewals.
func (m shiftedBetaGeometric) dropout(t float64) dropout {
	a, b := m.later(t)
	risk, _ := m.change.factors()
	return dropout{a: a, b: b, q: tosses(risk)}
}

// later are a and b of θ ~ Beta(α, β+t) of a customer after t renewals.
func (m shiftedBetaGeometric) later(t float64) (a, b float64) { return m.alpha, m.beta + t }

// ahead implements prospect. Purchases are renewals, and so is time, in periods
// renewed:
//
//	Σ e^(-delta i) S(t+i)/S(t),  i = 1, ..., floor(h).
//
// Counting starts with the next renewal, a period after t, the period of t
// having been paid for. The discounted expected residual lifetime of Fader and
// Hardie (2010), eq. (6), counts the same renewals at the moment before the next
// one is due: it is e^delta times this one for h = +Inf, their d being
// e^delta - 1.
func (m shiftedBetaGeometric) ahead(h, delta, t float64) (purchases, time float64) {
	a, b := m.later(t)
	count := math.Floor(h)
	if count == 0 {
		return 0, 0
	}
	if d := m.dropout(t); d.q.changes() {
		renewals := d.met(count+1, delta) - 1 // the first of which is not to come
		return renewals, renewals
	}
	if delta == 0 && math.IsInf(h, 1) && a > 1 {
		return b / (a - 1), b / (a - 1)
	}
	renewals := math.Exp(-delta) * b / (a + b) * discountedSurvival(a, b+1, count, delta)
	return renewals, renewals
}

// survival implements prospect.
func (m shiftedBetaGeometric) survival(h, t float64) float64 {
	if math.IsInf(h, 1) {
		return 0 // θ is above 0 for all
	}
	return math.Exp(m.dropout(t).lnStays(math.Floor(h)))
}

// pmf implements prospect.
func (m shiftedBetaGeometric) pmf(n, h, t float64) float64 {
	d := m.dropout(t)
	switch count := math.Floor(h); {
	case n > count:
		return 0
	case n == count:
		return math.Exp(d.lnStays(n))
	}
	return math.Exp(d.lnLeavesAfter(n))
}

// draw implements prospect.
func (m shiftedBetaGeometric) draw(rng *rand.Rand, h, delta, t float64) future {
	a, b := m.later(t)
	renewals := min(math.Floor(h), drawSurvived(rng, m.dropout(t).q.of(drawBeta(rng, a, b))))
	time := discountedCount(renewals, delta)
	return future{purchases: renewals, discounted: time, time: time}
}

package clv

import "math"

// betaGeometric is the BG/NBD model and its variant MBG/NBD.
//
// While a customer, one buys at random with rate λ; after a purchase one leaves
// with probability p. λ ~ Gamma(r, rate alpha) and p ~ Beta(a, b) over
// customers. In BG/NBD the first toss follows the first repeat purchase, in
// MBG/NBD it follows the very first purchase: that is the only difference, and
// first counts it. A customer seen alive after x purchases has survived
// n = x + first tosses.
//
// Sources: Fader, Hardie and Lee (2005), "Counting Your Customers" the Easy
// Way, Marketing Science 24(2), https://doi.org/10.1287/mksc.1040.0098;
// Batislam, Denizel and Filiztekin (2007), Empirical validation and comparison
// of models for customer base analysis, IJRM 24(3),
// https://doi.org/10.1016/j.ijresmar.2006.12.005.
type betaGeometric struct {
	name           string
	first          float64 // tosses at the first purchase: 0 in BG/NBD, 1 in MBG/NBD
	r, alpha, a, b float64
}

// Name implements Model.
func (m betaGeometric) Name() string { return m.name }

// Params implements Model.
func (m betaGeometric) Params() []Param {
	return namedParams(paramNames(betaGeometricParams), []float64{m.r, m.alpha, m.a, m.b})
}

// LogLikelihood implements Model. Eq. (6) of the 2005 paper, as one term times
// 1 + odds of having left:
//
//	Γ(r+x)/Γ(r) α^r/(α+t)^(r+x) B(a,b+n)/B(a,b) (1 + D)
//
// The sum of powers as printed over- and underflows from x around 150.
func (m betaGeometric) LogLikelihood(x, tx, t float64) float64 {
	if !validRow(x, tx, t) {
		return math.NaN()
	}
	stay := lnRising(m.r, x) - m.r*math.Log1p(t/m.alpha) - x*math.Log(m.alpha+t) + lnBetaRatio(m.a, m.b, x+m.first)
	return stay + softplus(m.lnOddsLeft(x, tx, t))
}

// PAlive implements Model. BG/NBD gives 1 to everyone with x = 0, for nobody
// may leave before the first repeat purchase.
func (m betaGeometric) PAlive(x, tx, t float64) float64 {
	if !validRow(x, tx, t) {
		return math.NaN()
	}
	return logistic(-m.lnOddsLeft(x, tx, t))
}

// lnOddsLeft is the logarithm of the odds D that the customer has left, that
// is, did so right after the last purchase:
//
//	D = a/(b+n-1) ((α+t)/(α+t_x))^(r+x),  D = 0 if n = 0.
func (m betaGeometric) lnOddsLeft(x, tx, t float64) float64 {
	n := x + m.first
	if n == 0 {
		return math.Inf(-1)
	}
	return math.Log(m.a/(m.b+n-1)) + (m.r+x)*math.Log1p((t-tx)/(m.alpha+tx))
}

// CET implements Model.
func (m betaGeometric) CET(h, x, tx, t float64) float64 { return m.DECT(h, 0, x, tx, t) }

// DECT implements Model.
func (m betaGeometric) DECT(h, delta, x, tx, t float64) float64 {
	if !validRow(x, tx, t) || !validHorizon(h, delta) {
		return math.NaN()
	}
	purchases, _ := m.after(x).ahead(h, delta, t)
	return ifAlive(m.PAlive(x, tx, t), purchases)
}

// AliveTime implements Model.
func (m betaGeometric) AliveTime(h, delta, x, tx, t float64) float64 {
	if !validRow(x, tx, t) || !validHorizon(h, delta) {
		return math.NaN()
	}
	_, time := m.after(x).ahead(h, delta, t)
	return ifAlive(m.PAlive(x, tx, t), time)
}

// Expected implements Model. A new customer is one with x = 0 at t = 0.
func (m betaGeometric) Expected(t float64) float64 { return m.CET(t, 0, 0, 0) }

// after implements Model. Given that the customer is alive at t, λ and p are
// independent, λ ~ Gamma(r+x, rate α+t) and p ~ Beta(a, b+n).
func (m betaGeometric) after(x float64) prospect {
	return newSurvivor(m.a, m.b+x+m.first, m.r+x, m.alpha)
}

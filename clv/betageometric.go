package clv

import (
	"math"

	"clientele/clv/internal/special"
)

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
	first          float64 // tosses at the first purchase: 0 in BG/NBD, 1 in MBG/NBD
	r, alpha, a, b float64
	change         Change
}

// logLikelihood implements process. Eq. (6) of the 2005 paper, as one term times
// 1 + odds of having left:
//
//	Γ(r+x)/Γ(r) α^r/(α+t)^(r+x) B(a,b+n)/B(a,b) (1 + D)
//
// The sum of powers as printed over- and underflows from x around 150.
func (m betaGeometric) logLikelihood(x, tx, t float64) float64 {
	stay := special.LnRising(m.r, x) - m.r*math.Log1p(t/m.alpha) - x*math.Log(m.alpha+t) + special.LnBetaRatio(m.a, m.b, x+m.first)
	return stay + special.Softplus(m.lnOddsLeft(x, tx, t))
}

// pAlive implements process. BG/NBD gives 1 to every customer with x = 0, because no
// customer leaves before the first repeat purchase.
func (m betaGeometric) pAlive(x, tx, t float64) float64 {
	return special.Logistic(-m.lnOddsLeft(x, tx, t))
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

// after implements process. Given that the customer is alive at t, λ and p are
// independent, λ ~ Gamma(r+x, rate α+t) and p ~ Beta(a, b+n).
func (m betaGeometric) after(x float64) prospect {
	return newSurvivor(m.a, m.b+x+m.first, m.r+x, m.alpha).changed(m.change)
}

// changed implements process.
func (m betaGeometric) changed(c Change) process {
	m.change = c
	return m
}

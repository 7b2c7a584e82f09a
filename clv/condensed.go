package clv

import (
	"math"

	"clientele/clv/internal/special"
)

// MaxStages is the largest k of BG/CNBD-k and MBG/CNBD-k, as far as the field's
// packages look too. At k = 12 a gap between purchases varies by 29% of its mean;
// what is more even than that is a subscription.
const MaxStages = 12

// condensed is the BG/CNBD-k model and its variant MBG/CNBD-k, of customers who
// buy at regular times.
//
// It is BG/NBD, or MBG/NBD, but for the times of purchases: events come at random with rate λ,
// and every k-th of them is a purchase. The gap between two purchases then has an
// Erlang-k distribution, of mean k/λ. A customer who is alive j events after the
// last purchase is in stage j, 0 <= j < k.
//
// Sources: Reutterer, Platzer and Schröder (2021), Leveraging purchase regularity
// for predicting customer behavior the easy way, IJRM 38(1),
// https://doi.org/10.1016/j.ijresmar.2020.09.002; Platzer and Reutterer (2016),
// Ticking Away the Moments, Marketing Science 35(5),
// https://doi.org/10.1287/mksc.2015.0963, for regularity; Chatfield and Goodhardt
// (1973), A Consumer Purchasing Model with Erlang Inter-Purchase Times, JASA
// 68(344), for the condensed NBD.
type condensed struct {
	betaGeometric
	k int // above 1
}

// events is how many a customer with x repeat purchases has seen at t_x.
func (m condensed) events(x float64) float64 { return float64(m.k) * x }

// logLikelihood implements process for gaps that are not known: their part is the
// mean over all ways to place x-1 purchases before t_x.
func (m condensed) logLikelihood(x, tx, t float64) float64 {
	return m.lnTimes(x, tx, t) + lnEvenGaps(float64(m.k), x, tx)
}

// logLikelihoodOf implements staged.
func (m condensed) logLikelihoodOf(x, tx, t, lnGaps float64) float64 {
	return m.lnTimes(x, tx, t) + lnKnownGaps(float64(m.k), x, lnGaps)
}

// lnTimes is the part of the log-likelihood in which the parameters are: the model
// of betaGeometric over kx events, except that silence since t_x may have seen up to
// k-1 of them. With s = r+kx, z = (t-t_x)/(α+t) and W = Σ (s)_j z^j/j!, j < k,
//
//	Γ(s)/Γ(r) α^r/(α+t)^s B(a,b+n)/B(a,b) (W + D),
//
// D being betaGeometric's odds over kx events. All terms are positive.
func (m condensed) lnTimes(x, tx, t float64) float64 {
	events := m.events(x)
	stay := special.LnRising(m.r, events) - m.r*math.Log1p(t/m.alpha) - events*math.Log(m.alpha+t) + special.LnBetaRatio(m.a, m.b, x+m.first)
	lnW := math.Log(m.stageSum(x, tx, t))
	return stay + lnW + special.Softplus(m.lnOddsBare(x, tx, t)-lnW)
}

// pAlive implements process.
func (m condensed) pAlive(x, tx, t float64) float64 {
	return special.Logistic(math.Log(m.stageSum(x, tx, t)) - m.lnOddsBare(x, tx, t))
}

// lnOddsBare is ln D: the odds of having left at t_x to being there in stage 0.
func (m condensed) lnOddsBare(x, tx, t float64) float64 {
	n := x + m.first
	if n == 0 {
		return math.Inf(-1)
	}
	return math.Log(m.a/(m.b+n-1)) + (m.r+m.events(x))*math.Log1p((t-tx)/(m.alpha+tx))
}

// stageSum is W.
func (m condensed) stageSum(x, tx, t float64) (sum float64) {
	m.eachStage(x, tx, t, func(_ int, weight float64) { sum += weight })
	return sum
}

// eachStage visits the terms of W, which are in proportion to the chances of the
// stages.
func (m condensed) eachStage(x, tx, t float64, visit func(j int, weight float64)) {
	s, z := m.r+m.events(x), (t-tx)/(m.alpha+t)
	weight := 1.0
	for j := range m.k {
		visit(j, weight)
		weight *= (s + float64(j)) / float64(j+1) * z
	}
}

// stages implements staged.
func (m condensed) stages() int { return m.k }

// stageChances implements staged.
func (m condensed) stageChances(x, tx, t float64, into []float64) {
	sum := 0.0
	m.eachStage(x, tx, t, func(j int, weight float64) {
		into[j] = weight
		sum += weight
	})
	for j := range into {
		into[j] /= sum
	}
}

// atStages implements staged. Given that the customer is alive at t in stage j, λ
// and p are independent, λ ~ Gamma(r+kx+j, rate α+t) and p ~ Beta(a, b+n).
func (m condensed) atStages(x float64) []prospect {
	c := newCondensedCurves(m.k, m.a, m.b+x+m.first, m.r+m.events(x), m.alpha).changed(m.change)
	by := make([]prospect, m.k)
	for j := range by {
		by[j] = atStage{condensedCurves: c, j: j}
	}
	return by
}

// changed implements process.
func (m condensed) changed(c Change) process {
	m.change = c
	return m
}

// after implements process, for a t_x that is not known.
func (m condensed) after(x float64) prospect {
	return someStage{by: m.atStages(x), shape: m.r + m.events(x), events: m.events(x), alpha: m.alpha}
}

// lnKnownGaps is the part of the log-likelihood that gaps add and the parameters do
// not change: (k-1) Σ ln gap - x ln Γ(k).
func lnKnownGaps(k, x, lnGaps float64) float64 {
	lnGamma, _ := math.Lgamma(k)
	return (k-1)*lnGaps - x*lnGamma
}

// lnEvenGaps is the same for gaps of which only the number x and the sum t_x are
// known, the mean over all ways to place the purchases between:
//
//	t_x^((k-1)x) Γ(x)/Γ(kx).
//
// Purchases that all came at once say nothing of gaps.
func lnEvenGaps(k, x, tx float64) float64 {
	if x == 0 || tx == 0 {
		return 0
	}
	return (k-1)*x*math.Log(tx) - special.LnRising(x, (k-1)*x)
}

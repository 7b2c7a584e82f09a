package clv

import (
	"math"

	"clientele/clv/internal/special"
)

// bgbbParams are in the order of Fader, Hardie and Shang (2010).
var bgbbParams = []parameter{
	{name: "alpha", low: sign("hardly_any_customer_ever_buys"), high: sign("all_customers_buy_with_one_probability")},
	{name: "beta", low: sign("customers_buy_at_every_opportunity_or_never"), high: sign("all_customers_buy_with_one_probability")},
	{name: "gamma", low: sign("no_sign_that_customers_leave"), high: sign("all_customers_leave_with_one_probability")},
	{name: "delta", low: sign("no_sign_that_customers_stay"), high: sign("all_customers_leave_with_one_probability_or_none_leaves")},
}

// Indices of the parameters in slopes.
const (
	iBBAlpha = iota
	iBBBeta
	iBBGamma
	iBBDelta
)

func bgbbFamily() family {
	return family{
		name:   "bg-bb",
		params: bgbbParams,
		process: func(theta []float64) process {
			return newBGBB(theta)
		},
		refuses:    refusesOpportunities,
		likelihood: bgbbLikelihood,
		starts: func(float64) [][]float64 {
			return [][]float64{{1, 1, 0.5, 2}, {0.5, 50, 0.5, 200}, {1, 1, 1, 100}, {2, 1000, 0.5, 1000}, {5, 5, 5, 5}}
		},
		limits: []limit{
			{runs: []float64{iBBGamma: -1, iBBDelta: 1}, where: "gamma/delta → 0", means: sign("nobody_leaves")},
			{runs: []float64{iBBGamma: 1, iBBDelta: -1}, where: "delta/gamma → 0", means: sign("all_customers_leave_at_once")},
			{runs: []float64{1, 1}, ridge: true, where: "alpha, beta → ∞", means: sign("all_customers_buy_with_one_probability")},
			{runs: []float64{iBBGamma: 1, iBBDelta: 1}, ridge: true, where: "gamma, delta → ∞", means: sign("all_customers_leave_with_one_probability")},
			{runs: []float64{iBBGamma: -1, iBBDelta: -1}, ridge: true, where: "gamma, delta → 0", means: sign("customers_leave_at_once_or_never")},
		},
	}
}

// newBGBB makes the process at theta.
func newBGBB(theta []float64) betaGeometricBetaBernoulli {
	return betaGeometricBetaBernoulli{
		alpha: theta[iBBAlpha], beta: theta[iBBBeta], gamma: theta[iBBGamma], delta: theta[iBBDelta],
	}
}

// refusesOpportunities is the family's refuses.
func refusesOpportunities(x, tx, t float64) string {
	const opportunities = "opportunities to buy"
	switch {
	case t != math.Trunc(t):
		return countText("t", opportunities)
	case tx != math.Trunc(tx):
		return countText("t_x", opportunities)
	case x > tx:
		return "x should not be above t_x: one purchase at an opportunity"
	}
	return ""
}

// bgbbLikelihood is the log-likelihood with derivatives, over a panel sorted by
// x, t_x and t: rows that differ in t only share the sum over silences as far as
// it goes for both.
func bgbbLikelihood(p Panel) likelihood {
	return likelihood{
		weight: p.Weight,
		at: func(theta []float64, _ int) func() rowSlope {
			m := newBGBB(theta)
			return func() rowSlope {
				lastX, lastTX, silence := math.NaN(), math.NaN(), (*silenceSlope)(nil)
				return func(i int, into *slope) {
					x, tx, t := p.X[i], p.TX[i], p.T[i]
					if x != lastX || tx != lastTX {
						lastX, lastTX, silence = x, tx, newSilenceSlope(m, x, tx)
					}
					*into = m.slope(x, tx, t, silence)
				}
			}
		},
	}
}

// slope is logLikelihood with derivatives. L = A + D with A for alive and D for
// left; with π = D/L and the slopes of ln A and ln D the gradient is the mean of
// theirs at π, and the Hessian is that of theirs, plus π(1-π) ddᵀ where d is the
// difference of the gradients.
func (m betaGeometricBetaBernoulli) slope(x, tx, t float64, silence *silenceSlope) slope {
	stays := m.buysSlope(x, t-x)
	m.addStays(t, &stays)
	if tx == t {
		return stays
	}
	leaves := m.buysSlope(x, tx-x)
	m.addLeaves(tx, &leaves)
	sums := silence.until(t - tx)
	sums.addTo(&leaves)

	lnOdds := math.Log(m.gamma/(m.gamma+m.delta+tx)) + math.Log(sums.total) -
		lnSurvival(m.alpha+x, m.beta+(tx-x), t-tx) - lnSurvival(m.gamma, m.delta+tx, t-tx)
	left, alive := special.Logistic(lnOdds), special.Logistic(-lnOdds)
	var s slope
	s.add(alive, &stays)
	s.add(left, &leaves)
	for i := range s.g {
		for j := range i + 1 {
			s.h[i][j] += alive * left * (leaves.g[i] - stays.g[i]) * (leaves.g[j] - stays.g[j])
		}
	}
	// The mean of the logarithms is not the logarithm of the sum.
	if lnOdds > 0 {
		s.f = leaves.f + special.Softplus(-lnOdds)
	} else {
		s.f = stays.f + special.Softplus(lnOdds)
	}
	return s
}

// buysSlope is lnBuys with derivatives by alpha and beta.
func (m betaGeometricBetaBernoulli) buysSlope(x, silences float64) (s slope) {
	s.f = m.lnBuys(x, silences)
	all, bend := special.DigammaRising(m.alpha+m.beta, x+silences), special.TrigammaRising(m.alpha+m.beta, x+silences)
	s.g[iBBAlpha] = special.DigammaRising(m.alpha, x) - all
	s.g[iBBBeta] = special.DigammaRising(m.beta, silences) - all
	s.h[iBBAlpha][iBBAlpha] = special.TrigammaRising(m.alpha, x) - bend
	s.h[iBBBeta][iBBAlpha] = -bend
	s.h[iBBBeta][iBBBeta] = special.TrigammaRising(m.beta, silences) - bend
	return s
}

// addStays adds the chance to survive t tosses.
func (m betaGeometricBetaBernoulli) addStays(t float64, s *slope) {
	s.f += lnSurvival(m.gamma, m.delta, t)
	m.addTosses(t, t, s)
}

// addLeaves adds the chance to survive t_x tosses and not the next.
func (m betaGeometricBetaBernoulli) addLeaves(tx float64, s *slope) {
	s.f += lnLeavesAfter(m.gamma, m.delta, tx)
	m.addTosses(tx+1, tx, s)
	s.g[iBBGamma] += 1 / m.gamma
	s.h[iBBGamma][iBBGamma] -= 1 / (m.gamma * m.gamma)
}

// addTosses adds the derivatives of ln Γ(δ+survived)/Γ(δ) -
// ln Γ(γ+δ+tosses)/Γ(γ+δ).
func (m betaGeometricBetaBernoulli) addTosses(tosses, survived float64, s *slope) {
	all, bend := special.DigammaRising(m.gamma+m.delta, tosses), special.TrigammaRising(m.gamma+m.delta, tosses)
	s.g[iBBGamma] -= all
	s.g[iBBDelta] += special.DigammaRising(m.delta, survived) - all
	s.h[iBBGamma][iBBGamma] -= bend
	s.h[iBBDelta][iBBGamma] -= bend
	s.h[iBBDelta][iBBDelta] += special.TrigammaRising(m.delta, survived) - bend
}

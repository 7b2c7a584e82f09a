package clv

import (
	"math"

	"clientele/clv/internal/special"
)

// sbgParams are in the order of Fader and Hardie (2007).
var sbgParams = []parameter{
	{name: "alpha", low: sign("nobody_lapses_or_everybody_does_at_once"), high: sign("all_customers_lapse_with_one_probability")},
	{name: "beta", low: sign("nobody_lapses_or_everybody_does_at_once"), high: sign("all_customers_lapse_with_one_probability_or_none_lapses")},
}

// Indices of the parameters in slopes.
const (
	iSBGAlpha = iota
	iSBGBeta
)

func sbgFamily() family {
	return family{
		name:   "sbg",
		params: sbgParams,
		process: func(theta []float64) process {
			return shiftedBetaGeometric{alpha: theta[iSBGAlpha], beta: theta[iSBGBeta]}
		},
		refuses: refusesContract,
		likelihood: func(p Panel) likelihood {
			return likelihood{weight: p.Weight, at: func(theta []float64, _ int) func() rowSlope {
				m := shiftedBetaGeometric{alpha: theta[iSBGAlpha], beta: theta[iSBGBeta]}
				return func() rowSlope {
					return func(i int, into *slope) { *into = m.slope(p.X[i], p.T[i]) }
				}
			}}
		},
		starts: func(float64) [][]float64 {
			return [][]float64{{1, 1}, {0.5, 1}, {1, 10}, {5, 5}, {1, 100}}
		},
		limits: []limit{
			{runs: []float64{-1, 1}, where: "alpha/beta → 0", means: sign("nobody_lapses")},
			{runs: []float64{1, -1}, where: "beta/alpha → 0", means: sign("everybody_lapses_at_the_first_renewal")},
			{runs: []float64{1, 1}, ridge: true, where: "alpha, beta → ∞", means: sign("all_customers_lapse_with_one_probability")},
			{runs: []float64{-1, -1}, ridge: true, where: "alpha, beta → 0", means: sign("customers_lapse_at_the_first_renewal_or_never")},
		},
	}
}

// refusesContract is the family's refuses. As x is t_x, it is not above t.
func refusesContract(x, tx, t float64) string {
	switch {
	case t != math.Trunc(t):
		return countText("t", "renewals that have come up")
	case tx != x:
		return "t_x should be x, the renewals made"
	}
	return ""
}

// slope is logLikelihood with derivatives by alpha and beta:
//
//	ln α - ln(α+β+x), if lapsed, + ln Γ(β+x)/Γ(β) - ln Γ(α+β+x)/Γ(α+β).
func (m shiftedBetaGeometric) slope(x, t float64) (s slope) {
	s.f = m.logLikelihood(x, x, t)
	tosses := x
	if x < t {
		tosses++
		s.g[iSBGAlpha] = 1 / m.alpha
		s.h[iSBGAlpha][iSBGAlpha] = -1 / (m.alpha * m.alpha)
	}
	all, bend := special.DigammaRising(m.alpha+m.beta, tosses), special.TrigammaRising(m.alpha+m.beta, tosses)
	s.g[iSBGAlpha] -= all
	s.g[iSBGBeta] = special.DigammaRising(m.beta, x) - all
	s.h[iSBGAlpha][iSBGAlpha] -= bend
	s.h[iSBGBeta][iSBGAlpha] = -bend
	s.h[iSBGBeta][iSBGBeta] = special.TrigammaRising(m.beta, x) - bend
	return s
}

package clv

import (
	"fmt"
	"math"
	"slices"

	"clientele/clv/internal/special"
	"clientele/internal/wording"
)

// GammaGammaFit is a gamma-gamma model fitted by maximum likelihood, money as in
// the data.
type GammaGammaFit struct {
	Estimate
	Model   GammaGamma
	LeftOut float64 // weight of the rows with x = 0 or spend <= 0
}

// largestMeanSpend is a thousandth of MaxParam, and its inverse a thousand times
// MinParam: so gamma may be a thousand times the mean either way, as it is where
// customers spend alike to a few percent.
const largestMeanSpend = 1e9

// FitGammaGamma fits the spend model by maximum likelihood to customers with x
// purchases of meanSpend each on average; weight nil means one customer a row.
// Rows with x = 0 or spend <= 0 say nothing about spend: they are left out and
// counted. The result has the same bits for any number of workers and any order
// of the rows.
//
// Errors wrap ErrRow, ErrNoSpend or ErrMoneyUnit, with an empty fit, or ErrNotIdentified, with
// the best point found. A fit with q <= 1 is a good fit to odd data and no error
// here: Note says so, and Model.Mean returns ErrNoMean.
func FitGammaGamma(x, meanSpend, weight []float64, workers int) (GammaGammaFit, error) {
	rows, leftOut, err := spendRows(x, meanSpend, weight)
	if err != nil {
		return GammaGammaFit{}, fmt.Errorf("fit gamma-gamma: %w", err)
	}
	customers, unit := 0.0, 0.0
	for i, w := range rows.Weight {
		customers += w
		unit += w * rows.T[i]
	}
	unit /= customers
	if !(unit >= 1/largestMeanSpend && unit <= largestMeanSpend) {
		return GammaGammaFit{}, fmt.Errorf("fit gamma-gamma: %w", failure{ErrMoneyUnit, wording.Of("model.money_unit",
			"least", fmt.Sprint(1/largestMeanSpend), "most", fmt.Sprint(float64(largestMeanSpend)))})
	}
	t := problem{family: gammaGammaFamily, panel: rows.inUnit(unit), unit: unit, customers: customers, workers: workers, evaluations: new(int)}
	best := t.search(nil)
	theta, s := best.refine()
	fit := GammaGammaFit{LeftOut: leftOut, Model: gammaGammaAt(theta)}
	fit.Estimate = best.estimate(theta, s, customers)
	if _, err := fit.Model.Mean(); err != nil {
		fit.Note = fit.Note.And(Said(err))
	}
	return fit, fit.check("fit gamma-gamma")
}

// gammaGammaFamily lets fitting treat the spend model like the models of
// purchases: its rows are panels with the mean spend in T.
var gammaGammaFamily = family{
	name:       gammaGammaName,
	params:     gammaGammaParams,
	likelihood: func(rows Panel) likelihood { return gammaGammaLikelihood(rows, 1) },
	starts:     func(float64) [][]float64 { return slices.Clone(gammaGammaStarts) },
	limits:     gammaGammaLimits,
}

// gammaGammaAt is the model at theta, in the order of gammaGammaParams.
func gammaGammaAt(theta []float64) GammaGamma {
	return GammaGamma{P: theta[iP], Q: theta[iQ], Gamma: theta[iGamma]}
}

// spendRows are the rows that say something about spend, merged, as a panel
// with the mean spend in T, and the weight of those left out.
func spendRows(x, meanSpend, weight []float64) (rows Panel, leftOut float64, err error) {
	all := Panel{X: x, TX: make([]float64, len(x)), T: meanSpend, Weight: weight}
	if err := all.validateLengths(); err != nil {
		return Panel{}, 0, err
	}
	for i := range x {
		w := all.weight(i)
		switch {
		case !validCount(x[i]) || !(meanSpend[i] >= -MaxSpend && meanSpend[i] <= MaxSpend) || !validWeight(w):
			return Panel{}, 0, fmt.Errorf("row %d: %w: x, spend or weight is out of range: expected a count, an amount up to %v and a weight from 0",
				i, ErrRow, MaxSpend)
		case validSpend(x[i], meanSpend[i]):
			rows.appendRow(x[i], 0, meanSpend[i], w)
		default:
			leftOut += w
		}
	}
	rows = rows.Merge()
	if rows.Len() == 0 {
		return Panel{}, 0, failure{ErrNoSpend, wording.Of("model.no_spend", "rows", wording.Plain(len(x)))}
	}
	return rows, leftOut, nil
}

// gammaGammaStarts are points with a mean spend near 1, the unit of a fit.
var gammaGammaStarts = [][]float64{{3, 3, 0.7}, {1, 2, 1}, {20, 5, 0.2}, {0.5, 1.2, 0.5}}

// Indices of the parameters in slopes.
const (
	iP = iota
	iQ
	iGamma
)

// gammaGammaLikelihood is GammaGamma.LogLikelihood with derivatives by p, q and
// gamma, with money in multiples of unit.
func gammaGammaLikelihood(rows Panel, unit float64) likelihood {
	// Logarithms are half of the work, and these two do not change.
	lnMean, lnSpent := make([]float64, rows.Len()), make([]float64, rows.Len())
	for i, m := range rows.T {
		lnMean[i] = math.Log(m / unit)
		lnSpent[i] = lnMean[i] + math.Log(rows.X[i])
	}
	return likelihood{
		weight: rows.Weight,
		at: func(theta []float64, _ int) func() rowSlope {
			g := GammaGamma{P: theta[iP], Q: theta[iQ], Gamma: theta[iGamma]}
			lnGamma := math.Log(g.Gamma)
			return func() rowSlope {
				lastX, shared := math.NaN(), slope{}
				return func(i int, into *slope) {
					x, spent := rows.X[i], rows.X[i]*(rows.T[i]/unit)
					if x != lastX {
						lastX, shared = x, g.countSlope(x)
					}
					*into = shared
					into.f -= lnMean[i]
					g.addSpend(x, spent, lnSpent[i]-lnGamma, into)
				}
			}
		},
	}
}

// countSlope is the part that depends on x alone, ln Γ(px+q)/(Γ(px)Γ(q)).
func (g GammaGamma) countSlope(x float64) (s slope) {
	px := g.P * x
	s.f = lnGammaOverBeta(px, g.Q)
	s.g[iP] = x * special.DigammaRising(px, g.Q)
	s.g[iQ] = special.DigammaRising(g.Q, px)
	s.h[iP][iP] = x * x * special.TrigammaRising(px, g.Q)
	s.h[iQ][iP] = x * special.Trigamma(px+g.Q)
	s.h[iQ][iQ] = special.TrigammaRising(g.Q, px)
	return s
}

// addSpend adds the part that depends on what was spent, with z = spent/γ:
//
//	-q ln(1+z) - px ln(1+1/z).
func (g GammaGamma) addSpend(x, spent, lnZ float64, s *slope) {
	px := g.P * x
	z, total := spent/g.Gamma, g.Gamma+spent
	ln1pz := math.Log1p(z)
	ln1pw := ln1pz - lnZ
	if z > 16 { // the difference of two large logarithms would lose digits
		ln1pw = math.Log1p(1 / z)
	}
	s.f -= g.Q*ln1pz + px*ln1pw
	s.g[iP] -= x * ln1pw
	s.g[iQ] -= ln1pz
	s.g[iGamma] += (g.Q*z - px) / total
	s.h[iGamma][iP] -= x / total
	s.h[iGamma][iQ] += z / total
	s.h[iGamma][iGamma] += (px+g.Q)/(total*total) - g.Q/(g.Gamma*g.Gamma)
}

package backtest

import (
	"math"

	"clientele/clv"
)

// totalStdErr is the standard error of a forecast of all purchases: the square
// root of
//
//	Σ_i (e_i - mean e)² + gᵀ C g
//
// with e_i what customer i did beyond the expectation, g the gradient of the
// expected total by the parameters and C their covariance. The first term is
// what chance does to customers who buy independently of each other. It is
// taken from the errors themselves and not from the model: a model that
// underrates how much customers differ would call every shop changed.
func (k sample) totalStdErr(fit clv.Fit, predicted []float64, workers int) float64 {
	var total, sum, squares float64
	for _, c := range k.cells {
		total += c.customers * predicted[c.row]
		e := c.actual - predicted[c.row]
		sum += c.customers * e
		squares += c.customers * e * e
	}
	return math.Sqrt(max(0, squares-sum*sum/k.customers) + k.parameterVariance(fit, total, workers))
}

// gradientStep is the relative step of the differences that stand for a
// derivative: it leaves an error of about 1e-6 of its own and, from the 1e-14
// to which a total is known, 1e-8 of rounding.
const gradientStep = 1e-6

// parameterVariance is the variance gᵀCg of the expected total by the
// uncertainty of the parameters, to first order (delta method). Parameters
// without a covariance, as those on the edge of their range, are taken as known.
func (k sample) parameterVariance(fit clv.Fit, total float64, workers int) float64 {
	g := make([]float64, len(fit.Params))
	for i, p := range fit.Params {
		theta := make(map[string]float64, len(fit.Params))
		for _, q := range fit.Params {
			theta[q.Name] = q.Value
		}
		step := p.Value * gradientStep
		theta[p.Name] += step
		// A model that cannot be there is on the edge of its range.
		if moved, err := clv.NewModel(fit.Model.Name(), theta); err == nil {
			g[i] = (k.expectedTotal(moved, workers) - total) / step
		}
	}
	variance := 0.0
	for i := range g {
		for j := range g {
			if v := g[i] * fit.Covariance[i][j] * g[j]; !math.IsNaN(v) {
				variance += v
			}
		}
	}
	return max(0, variance)
}

// expectedTotal is the purchases that a model expects of all customers in the
// holdout.
func (k sample) expectedTotal(m *clv.Model, workers int) float64 {
	total := 0.0
	predicted := clv.Score(m, k.rows, clv.ScoreOptions{Horizon: k.horizon, Workers: workers}).CET
	for _, c := range k.cells { // in the order of totalStdErr: a difference follows
		total += c.customers * predicted[c.row]
	}
	return total
}

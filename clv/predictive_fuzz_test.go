package clv

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzPredictive feeds any numbers to the intervals: what the checks let through
// gives finite intervals with their ends in order, what they refuse an error of a
// known class.
func FuzzPredictive(f *testing.F) {
	f.Add(false, .243, 4.414, .793, 2.426, 2., 30.43, 38.86, 39., .002, 0.1, 3.74, .3, 1., 2., .9, 22.)
	f.Add(true, .243, 4.414, .793, 2.426, 0., 0., 38.86, math.Inf(1), .02, 4., .5, .3, 0., 0., .5, 22.)
	f.Add(true, 1e-12, 1e12, 1e12, 1e-12, 9e15, 1e15, 1e15, 5., 1e-3, 1e9, 1e-12, -1., 1., -2., .99, 1e15)
	f.Add(false, 1e-12, 1e-12, 1e-12, 1e-12, 0., 0., 1e15, 1e15, 1e15, math.NaN(), 1e12, 0., 0., 0., 1e-9, 0.)
	f.Add(false, 1e12, 1e12, 1e-12, 1e12, 1., 0., 0., 5e-324, 5e-324, math.Inf(1), 1., 1., 1., 1., .9, -3.)
	f.Add(false, 1., 1e12, 1e-12, 1e12, 1., 0., 0., 1e13, 0., 1., 1., 1., 0., 0., .9, math.NaN())
	f.Add(false, 9e-12, 1e12, 9.99999999982e11, 1e-12, 9e15, 9.99999999999919e14, 1e15, 5., 16., 1e9, 1e-12, -1., 1., -2., .99, 1e15)
	f.Add(true, 94.243, 13.242, .793, 163.755, 2., 30.43, 38.86, 39., .00022, -8.3, .748, .06, 1., 5.5, .9, 22.2)
	f.Fuzz(func(t *testing.T, mbg bool, r, alpha, a, b, x, tx, end, h, delta, stdErr, q, margin, perOrder, perYear, level, expected float64) {
		name := betaGeometrics[0]
		if mbg {
			name = betaGeometrics[1]
		}
		m, err := NewModel(name, map[string]float64{"r": r, "alpha": alpha, "a": a, "b": b})
		if err != nil || CheckRow(x, tx, end) != nil {
			return
		}
		spend := GammaGamma{P: 6, Q: q, Gamma: 15}
		p, err := NewPredictive(Alone(m, logCovariance(m.theta, stdErr, 0.5)), PredictiveOptions{
			Horizon: h, Delta: delta, Level: level, Spend: &spend,
			Prices:          Prices{Margin: margin, PerOrder: perOrder, PerYearAlive: perYear, UnitsPerYear: 52},
			SpendCovariance: logCovariance([]float64{spend.P, spend.Q, spend.Gamma}, stdErr, -0.2),
		})
		if err != nil {
			require.ErrorIs(t, err, ErrParameter)
			return
		}
		panel := Panel{X: []float64{x}, TX: []float64{tx}, T: []float64{end}}
		low, high := p.Purchases(panel, BlendScores{})
		if !math.IsInf(h, 1) {
			requireWithin(t, low[0], 0, high[0])
			requireFinite(t, high[0])
			bottom, top := p.TotalPurchases(panel, BlendScores{})
			requireWithin(t, bottom, 0, top)
		}
		low, high = p.Values(panel, BlendScores{}, Baskets{Spend: []float64{expected}})
		bottom, top := p.Total(panel, BlendScores{}, Spent{Mean: []float64{expected}}, Baskets{Spend: []float64{expected}}).Interval(p.o.Level, Past{})
		if math.IsNaN(expected) {
			requireNaN(t, low[0], high[0], bottom, top)
			return
		}
		// Larger money than there is overflows somewhere.
		if max(math.Abs(expected), math.Abs(margin), math.Abs(perOrder), math.Abs(perYear)) <= MaxSpend {
			requireFinite(t, low[0], high[0])
			requireWithin(t, low[0], math.Inf(-1), high[0])
			requireWithin(t, bottom, math.Inf(-1), top)
		}
	})
}

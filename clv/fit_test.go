package clv

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFitUnknownModel(t *testing.T) {
	_, err := FitModel("bgnb", Panel{}, 1)
	require.ErrorIs(t, err, ErrUnknownModel)
	require.EqualError(t, err, `unknown model "bgnb"; expected one of bg-nbd, mbg-nbd`)
}

// Data that no model can be fitted to give an error that says so.
func TestFitRefuses(t *testing.T) {
	for _, test := range []struct {
		name  string
		panel Panel
		is    error
		says  string
	}{
		{"no rows", Panel{}, ErrNoCustomers, "at least one row"},
		{"no weight", Panel{X: []float64{1}, TX: []float64{1}, T: []float64{2}, Weight: []float64{0}}, ErrNoCustomers, "weight above 0"},
		{"nobody came back", Panel{X: []float64{0, 0}, TX: []float64{0, 0}, T: []float64{9, 3}}, ErrNoRepeat, "x is 0 for all 2 customers"},
		{"everybody bought today", Panel{X: []float64{1, 2}, TX: []float64{0, 0}, T: []float64{0, 0}}, ErrNoExposure, "the mean of t is 0"},
		{"t_x after t", Panel{X: []float64{0, 1}, TX: []float64{0, 40.1}, T: []float64{9, 38.9}}, ErrRow, "panel row 1: not a customer's history: t_x (40.1) is after t (38.9)"},
		{"ragged", Panel{X: []float64{0, 1}, TX: []float64{0}, T: []float64{9, 38.9}}, ErrRow, "columns differ in length"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, name := range betaGeometrics {
				fit, err := FitModel(name, test.panel, 2)
				require.ErrorIs(t, err, test.is)
				require.ErrorContains(t, err, test.says)
				require.Zero(t, fit)
			}
		})
	}
}

// Data that leave parameters open give the best point found, marked as such.
func TestFitNotIdentified(t *testing.T) {
	regular := Panel{}
	for i := range 50 {
		regular.appendRow(10, 30+float64(i%3), 33, 1)
	}
	for _, test := range []struct {
		name  string
		panel Panel
	}{
		{"one customer", Panel{X: []float64{3}, TX: []float64{10}, T: []float64{12}}},
		{"two customers", Panel{X: []float64{3, 0}, TX: []float64{10, 0}, T: []float64{12, 20}}},
		{"all alike", regular},
		{"ten thousand purchases", Panel{X: []float64{10_000, 9_000}, TX: []float64{1e5, 9.9e4}, T: []float64{1e5, 1e5}}},
		{"one purchase at the end", Panel{X: []float64{1}, TX: []float64{0}, T: []float64{1e5}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, name := range betaGeometrics {
				fit, err := FitModel(name, test.panel, 2)
				require.ErrorIs(t, err, ErrNotIdentified)
				require.False(t, fit.Converged)
				require.NotEmpty(t, fit.Note)
				require.ErrorContains(t, err, fit.Note)
				requireFinite(t, fit.LogLikelihood, fit.AIC, fit.BIC, fit.GradNorm)
				for _, p := range fit.Params {
					requireFinite(t, p.Value)
				}
				requireFinite(t, fit.Model.CET(52, test.panel.X[0], test.panel.TX[0], test.panel.T[0]))
			}
		})
	}
}

// A model of customers who never leave has no dropout to find: the fit says
// that a is loose, and its forecast is still that of the purchases seen.
func TestFitWithoutDropout(t *testing.T) {
	var p Panel
	for i := range 400 {
		x := float64(i % 8)
		p.appendRow(x, 51*min(x, 1), 52, 1)
	}
	fit, err := FitModel("bg-nbd", p, 1)
	require.ErrorIs(t, err, ErrNotIdentified)
	require.Contains(t, fit.Note, "b rose to its bound")
	sum := 0.
	for _, cet := range Score(fit.Model, p, ScoreOptions{Horizon: 52}).CET {
		sum += cet
	}
	require.InEpsilon(t, 1400, sum, 0.02)
}

func TestFitGammaGammaRefuses(t *testing.T) {
	_, err := FitGammaGamma([]float64{0, 3}, []float64{0, -2}, nil, 1)
	require.ErrorIs(t, err, ErrNoSpend)
	require.EqualError(t, err, "fit gamma-gamma: no repeat spend: none of 2 rows has x > 0 and spend > 0")
	_, err = FitGammaGamma([]float64{1, 3}, []float64{1, math.NaN()}, nil, 1)
	require.ErrorIs(t, err, ErrRow)
	require.ErrorContains(t, err, "row 1: ")
	_, err = FitGammaGamma([]float64{1, 3}, []float64{1}, nil, 1)
	require.ErrorIs(t, err, ErrRow)
}

func TestFitGammaGammaNotIdentified(t *testing.T) {
	for _, test := range []struct {
		name     string
		x, spend []float64
	}{
		{"one customer", []float64{3}, []float64{20}},
		{"all spend the same", []float64{3, 1, 2, 5}, []float64{20, 20, 20, 20}},
	} {
		t.Run(test.name, func(t *testing.T) {
			fit, err := FitGammaGamma(test.x, test.spend, nil, 1)
			require.ErrorIs(t, err, ErrNotIdentified)
			require.NotEmpty(t, fit.Note)
			requireFinite(t, fit.LogLikelihood, fit.Model.P, fit.Model.Q, fit.Model.Gamma)
			require.InDelta(t, 20, fit.Model.ExpectedSpend(3, 20), 0.1)
		})
	}
}

func requireFinite(t testing.TB, values ...float64) {
	t.Helper()
	for _, v := range values {
		require.False(t, math.IsNaN(v) || math.IsInf(v, 0), "%v is not finite", v)
	}
}

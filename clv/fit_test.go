package clv

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFitUnknownModel(t *testing.T) {
	_, err := FitModel("bgnb", Panel{}, 1)
	require.ErrorIs(t, err, ErrUnknownModel)
	require.EqualError(t, err, `unknown model "bgnb"; expected one of `+strings.Join(ModelNames(), ", "))
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
		{"t_x after t", Panel{X: []float64{0, 1}, TX: []float64{0, 40.1}, T: []float64{9, 38.9}}, ErrRow, "panel row 1: not a customer's history: t_x is after t"},
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

func TestFitGammaGammaRefuses(t *testing.T) {
	_, err := FitGammaGamma([]float64{0, 3}, []float64{0, -2}, nil, 1)
	require.ErrorIs(t, err, ErrNoSpend)
	require.EqualError(t, err, "fit gamma-gamma: no repeat spend: none of 2 rows has x > 0 and spend > 0")
	_, err = FitGammaGamma([]float64{1, 3}, []float64{2e11, 4e11}, nil, 1)
	require.ErrorIs(t, err, ErrMoneyUnit)
	require.EqualError(t, err, "fit gamma-gamma: unfit unit of money: mean spend is not from 1e-09 to 1e+09; give amounts in another unit")
	_, err = FitGammaGamma([]float64{1, 3}, []float64{1, math.NaN()}, nil, 1)
	require.ErrorIs(t, err, ErrRow)
	require.ErrorContains(t, err, "row 1: ")
	_, err = FitGammaGamma([]float64{1, 3}, []float64{1}, nil, 1)
	require.ErrorIs(t, err, ErrRow)
}

func requireFinite(t testing.TB, values ...float64) {
	t.Helper()
	for _, v := range values {
		require.False(t, math.IsNaN(v) || math.IsInf(v, 0), "%v is not finite", v)
	}
}

package clv

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// Where the mean spend does not exist the model says so and predicts the
// harmonic mean, which does.
func TestGammaGammaWithoutMean(t *testing.T) {
	g, err := NewGammaGamma(2, 0.5, 10)
	require.ErrorIs(t, err, ErrNoMean)
	require.ErrorContains(t, err, "q (0.5) should be above 1")
	require.InDelta(t, 2*10/0.5, g.ExpectedSpend(0, 0), 1e-12)
	require.InDelta(t, 2*(10+3*7)/(2*3+0.5), g.ExpectedSpend(3, 7), 1e-12)
	require.InEpsilon(t, 7, g.ExpectedSpend(1e6, 7), 1e-4)
	_, err = g.Mean()
	require.ErrorIs(t, err, ErrNoMean)

	_, err = NewGammaGamma(2, 0, 10)
	require.ErrorIs(t, err, ErrParameter)
}

func TestExpectedSpendOfOddMoney(t *testing.T) {
	g, err := NewGammaGamma(6.25, 3.74, 15.44)
	require.NoError(t, err)
	mean, err := g.Mean()
	require.NoError(t, err)
	// Nothing bought again: the population's mean, whatever the money says.
	require.InDelta(t, mean, g.ExpectedSpend(0, 1000), 1e-12)
	require.InDelta(t, mean, g.ExpectedSpend(0, math.NaN()), 1e-12)
	// More returned than bought counts as nothing spent.
	nothing := 6.25 * 15.44 / (6.25*2 + 3.74 - 1)
	for _, m := range []float64{0, -5, math.Inf(-1), math.NaN()} {
		require.InDelta(t, nothing, g.ExpectedSpend(2, m), 1e-12)
	}
	requireNaN(t, g.ExpectedSpend(1.5, 10), g.LogLikelihood(0, 10), g.LogLikelihood(2, 0))
}

// A fit to data without a mean finds q < 1 and says what that does.
func TestFitGammaGammaWithoutMean(t *testing.T) {
	truth := GammaGamma{P: 3, Q: 0.6, Gamma: 10}
	x, spend := truth.simulate(newRand(), 5000)
	fit, err := FitGammaGamma(x, spend, nil, 1)
	require.NoError(t, err)
	require.True(t, fit.Converged)
	require.Contains(t, fit.Note.String(), "mean spend does not exist")
	require.InDelta(t, truth.Q, fit.Model.Q, 4*fit.Params[1].StdErr)
}

// Weights and left-out rows.
func TestFitGammaGammaCounts(t *testing.T) {
	x, spend := GammaGamma{P: 6, Q: 4, Gamma: 15}.simulate(newRand(), 500)
	weight := make([]float64, len(x))
	for i := range weight {
		weight[i] = 2
	}
	x, spend, weight = append(x, 0, 3, 2), append(spend, 12, 0, -4), append(weight, 1, 2, 3)
	fit, err := FitGammaGamma(x, spend, weight, 1)
	require.NoError(t, err)
	require.InDelta(t, 1000, fit.Customers, 0)
	require.InDelta(t, 6, fit.LeftOut, 0)
	require.Equal(t, 500, fit.Rows)
	require.InDelta(t, 6-2*fit.LogLikelihood, fit.AIC, 1e-9)
	require.InDelta(t, 3*math.Log(1000)-2*fit.LogLikelihood, fit.BIC, 1e-9)
}

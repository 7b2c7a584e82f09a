package clv

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// shop is a panel of n customers.
func shop(n int, customer func(i int) (x, tx, t float64)) (p Panel) {
	for i := range n {
		x, tx, t := customer(i)
		p.appendRow(x, tx, t, 1)
	}
	return p
}

// limitCase is a panel that leaves something open, and what the fit should say.
type limitCase struct {
	name  string
	panel Panel
	model string // that the fit should end with
	held  []string
	note  string
}

// limitCases are for bg-nbd where nothing else is said.
var limitCases = []limitCase{
	{
		"one customer",
		Panel{X: []float64{3}, TX: []float64{10}, T: []float64{12}},
		"nbd",
		[]string{"r"},
		"a/b → 0: nobody leaves; the data cannot tell bg-nbd from nbd (log-likelihood higher by 0), so that nbd is used; " +
			"r, alpha → ∞: all customers buy at one rate; r held at 1000000, where it makes no difference",
	},
	{
		"two customers",
		Panel{X: []float64{3, 0}, TX: []float64{10, 0}, T: []float64{12, 20}},
		"nbd", nil,
		"a/b → 0: nobody leaves; the data cannot tell bg-nbd from nbd (log-likelihood higher by 0), so that nbd is used",
	},
	{
		"all identical", shop(50, func(int) (x, tx, t float64) { return 4, 20, 30 }),
		"nbd",
		[]string{"r"},
		"a/b → 0: nobody leaves; the data cannot tell bg-nbd from nbd (log-likelihood higher by 0), so that nbd is used; " +
			"r, alpha → ∞: all customers buy at one rate; r held at 1000000, where it makes no difference",
	},
	{
		"all bought yesterday, some today", shop(100, func(i int) (x, tx, t float64) { x = float64(i % 10 / 9); return x, x / 7, 1. / 7 }),
		"nbd",
		[]string{"alpha"},
		"a/b → 0: nobody leaves; the data cannot tell bg-nbd from nbd (log-likelihood higher by 0), so that nbd is used; " +
			"r, alpha → ∞: all customers buy at one rate; alpha held at 143000, where it makes no difference",
	},
	{
		"ten thousand purchases in 1e5",
		Panel{X: []float64{10_000, 9_000}, TX: []float64{1e5, 9.9e4}, T: []float64{1e5, 1e5}},
		"bg-nbd",
		[]string{"b"},
		"a, b → ∞: all customers leave with one probability; b held at 1000000, where it makes no difference",
	},
	{
		"all x equal", shop(200, func(i int) (x, tx, t float64) { return 1, float64(i % 17), float64(20 + i%31) }),
		"bg-nbd",
		[]string{"r", "a", "b"},
		"b/a → 0: all customers leave at the first chance; a held at 1000000, b held at 0.000001, where it makes no difference; " +
			"r, alpha → ∞: all customers buy at one rate; r held at 1000000, where it makes no difference",
	},
	{
		"all last bought today", shop(100, func(i int) (x, tx, t float64) {
			x, t = float64(i%10), float64(10+i%40)
			return x, t * min(x, 1), t
		}),
		"nbd", nil,
		"a/b → 0: nobody leaves; the data cannot tell bg-nbd from nbd (log-likelihood higher by 0), so that nbd is used",
	},
	{
		"one huge buyer among one-timers", shop(1001, func(i int) (x, tx, t float64) {
			if i == 0 {
				return 200, 50, 52
			}
			return 0, 0, float64(10 + i%40)
		}),
		"bg-nbd",
		[]string{"b"},
		"a, b → ∞: all customers leave with one probability; b held at 1000000, where it makes no difference",
	},
	{
		"one rate", shop(50, func(i int) (x, tx, t float64) { return 10, 30 + float64(i%3), 33 }),
		"nbd",
		[]string{"r"},
		"a/b → 0: nobody leaves; the data cannot tell bg-nbd from nbd (log-likelihood higher by 0), so that nbd is used; " +
			"r, alpha → ∞: all customers buy at one rate; r held at 1000000, where it makes no difference",
	},
}

// Data that leave parameters open give a maximum in the others and the reason,
// whatever the weight of a row.
func TestFitLimits(t *testing.T) {
	for _, test := range limitCases {
		t.Run(test.name, func(t *testing.T) {
			fit, err := FitModel("bg-nbd", test.panel, 2)
			require.NoError(t, err)
			require.Equal(t, test.note, fit.Note.String())
			require.Equal(t, test.model, fit.Model.Name())
			require.Equal(t, "bg-nbd", fit.Asked)
			require.Equal(t, test.held, fit.Held)
			requireUsable(t, fit, test.panel)

			simple, err := FitModel("nbd", test.panel, 2)
			require.NoError(t, err)
			requireUsable(t, simple, test.panel)
			require.GreaterOrEqual(t, fit.LogLikelihood, simple.LogLikelihood-1e-9*math.Abs(fit.LogLikelihood))

			mbg, err := FitModel("mbg-nbd", test.panel, 2)
			require.NoError(t, err)
			require.NotEmpty(t, mbg.Note.String())
			requireUsable(t, mbg, test.panel)
		})
	}
}

// requireUsable wants a fit that is a maximum in what is not held, written
// without NaN, with a forecast for everybody.
func requireUsable(t *testing.T, fit Fit, p Panel) {
	t.Helper()
	require.True(t, fit.Converged)
	requireFinite(t, fit.LogLikelihood, fit.AIC, fit.BIC, fit.GradNorm)
	require.InDelta(t, 2*float64(len(fit.Params)-len(fit.Held))-2*fit.LogLikelihood, fit.AIC, 1e-9*math.Abs(fit.AIC))
	for i, param := range fit.Params {
		require.Equal(t, fit.Model.theta[i], param.Value) //nolint:testifylint // the very same numbers
		held := false
		for _, name := range fit.Held {
			held = held || name == param.Name
		}
		require.Equal(t, held, math.IsNaN(param.StdErr), param.Name)
	}
	text, err := json.Marshal(NewFile("week", fit))
	require.NoError(t, err)
	var file File
	require.NoError(t, json.Unmarshal(text, &file))
	m, err := file.Build()
	require.NoError(t, err)
	for i := range p.X {
		requireFinite(t, m.CET(52, p.X[i], p.TX[i], p.T[i]))
	}
}

// A million customers in each row are as many as a million rows: what the data
// tell of one of a kind they then tell for sure.
func TestFitHeavyRows(t *testing.T) {
	p := smallPanel()
	light, err := FitModel("mbg-nbd", p, 1)
	require.NoError(t, err)
	for range p.X {
		p.Weight = append(p.Weight, 1e6)
	}
	heavy, err := FitModel("mbg-nbd", p, 1)
	require.NoError(t, err)
	require.Empty(t, heavy.Note.String())
	for i, param := range heavy.Params {
		requireClose(t, light.Params[i].Value, param.Value, 1e-8)
		requireClose(t, light.Params[i].StdErr/1000, param.StdErr, 1e-6)
	}
	requireClose(t, light.LogLikelihood*1e6, heavy.LogLikelihood, 1e-10)
}

// Purchases without end in no time pin down nothing.
func TestFitNotIdentified(t *testing.T) {
	p := Panel{X: []float64{1}, TX: []float64{0}, T: []float64{1e5}}
	fit, err := FitModel("bg-nbd", p, 1)
	require.ErrorIs(t, err, ErrNotIdentified)
	require.ErrorContains(t, err, "fit bg-nbd: parameters not identified: b/a → 0: all customers leave at the first chance")
	require.False(t, fit.Converged)
	require.Equal(t, []string{"r", "alpha", "a", "b"}, fit.Held)
	requireFinite(t, fit.LogLikelihood, fit.AIC, fit.BIC, fit.GradNorm, fit.Model.CET(52, 1, 0, 1e5))
}

// A model of customers who never leave has no dropout to find, and forecasts
// the purchases seen.
func TestFitWithoutDropout(t *testing.T) {
	p := shop(400, func(i int) (x, tx, t float64) { x = float64(i % 8); return x, 51 * min(x, 1), 52 })
	fit, err := FitModel("bg-nbd", p, 1)
	require.NoError(t, err)
	require.Equal(t, "nbd", fit.Model.Name())
	sum := 0.
	for _, cet := range Score(fit.Model, p, ScoreOptions{Horizon: 52}).CET {
		sum += cet
	}
	require.InEpsilon(t, 1400, sum, 0.02)
}

func TestFitGammaGammaLimits(t *testing.T) {
	times := func(m []float64, by float64) []float64 {
		scaled := make([]float64, len(m))
		for i, v := range m {
			scaled[i] = v * by
		}
		return scaled
	}
	mixed := []float64{10, 20, 30, 50, 2, 10}
	const alike = "q, gamma → ∞: all customers spend alike; "
	const same = "p → ∞: a customer's purchases all cost the same; p held at 1000000, where it makes no difference"
	for _, test := range []struct {
		name     string
		x, spend []float64
		held     []string
		note     string
		expected float64 // of a customer with 3 purchases of that much: first row
	}{
		{"one customer", []float64{3}, []float64{20}, []string{"p", "q"}, same + "; " + alike + "q held at 1000000, where it makes no difference", 20},
		{"all spend the same", []float64{3, 1, 2, 5}, []float64{20, 20, 20, 20}, []string{"p", "q"}, same + "; " + alike + "q held at 1000000, where it makes no difference", 20},
		{"two customers", []float64{3, 1}, []float64{20, 10}, []string{"q"}, alike + "q held at 1000000, where it makes no difference", 17.5},
		{"one purchase each", []float64{1, 1}, []float64{20, 10}, []string{"p"}, same, 20},
		{"spread no wider than chance", []float64{1, 2, 3, 1, 2, 4}, mixed, []string{"gamma"}, alike + "gamma held at 20300000, where it makes no difference", 18},
		{"tiny spend", []float64{1, 2, 3, 1, 2, 4}, times(mixed, 1e-9), []string{"gamma"}, alike + "gamma held at 0.0203, where it makes no difference", 18e-9},
		{"huge spend", []float64{1, 2, 3, 1, 2, 4}, times(mixed, 1e4), []string{"gamma"}, alike + "gamma held at 203000000000, where it makes no difference", 18e4},
	} {
		t.Run(test.name, func(t *testing.T) {
			fit, err := FitGammaGamma(test.x, test.spend, nil, 1)
			require.NoError(t, err)
			require.True(t, fit.Converged)
			require.Equal(t, test.note, fit.Note.String())
			require.Equal(t, test.held, fit.Held)
			require.InEpsilon(t, test.expected, fit.Model.ExpectedSpend(3, test.spend[0]), 0.001)
			_, err = json.Marshal(NewSpendFile(SpendFit{GammaGammaFit: fit}))
			require.NoError(t, err)
		})
	}
}

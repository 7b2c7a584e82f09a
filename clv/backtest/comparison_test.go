package backtest

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/clv"
	"clientele/internal/wording"
)

// The standard error of the mean of customers in one split each is the textbook
// one, and twice the same split adds nothing to what is known.
func TestDifferenceIsClustered(t *testing.T) {
	s := shop{buyers: []buyers{{customers: 1}, {customers: 2}, {customers: 1}, {customers: 9}}}
	a, b := []float64{3, 1, 8, 100}, []float64{1, 1, 1, 0} // differences 2, 0, 0, 7; the last is in no split
	one := comparison{forecasts: []float64{1, 1, 1, 0}}
	mean, stdErr := one.difference(s, a, b)
	require.InDelta(t, 9./4, mean, 1e-15)
	require.InDelta(t, math.Sqrt((4+49-81./4)/3/4), stdErr, 1e-15)

	twice := comparison{forecasts: []float64{2, 2, 2, 0}}
	for i := range a {
		a[i], b[i] = 2*a[i], 2*b[i]
	}
	meanTwice, stdErrTwice := twice.difference(s, a, b)
	require.InDelta(t, mean, meanTwice, 1e-15)
	require.InDelta(t, stdErr, stdErrTwice, 1e-15)
}

// fitted is a forecast of a candidate whose fit ended with a model.
func fitted(t *testing.T, name, became string) Forecast {
	t.Helper()
	m, err := clv.NewModel(became, map[string]float64{"r": 1, "alpha": 1, "a": 1, "b": 1})
	require.NoError(t, err)
	return Forecast{Name: name, Fit: clv.Fit{Model: m}}
}

func TestOutOf(t *testing.T) {
	const bg, mbg = "bg-nbd", "mbg-nbd"
	failed := Forecast{Name: mbg, Problem: wording.Words("fit mbg-nbd: no")}
	split := func(models ...Forecast) Split { return Split{Customers: 70, Models: models} }
	for _, c := range []struct {
		name   string
		splits []Split
		want   []string
	}{
		{"all well", []Split{split(fitted(t, bg, bg), fitted(t, mbg, mbg))}, []string{"", ""}},
		{
			"failed once",
			[]Split{split(fitted(t, bg, bg), failed), split(fitted(t, bg, bg), fitted(t, mbg, mbg))},
			[]string{"", "calibrated on 70 customers: fit mbg-nbd: no"},
		},
		{
			"reduced always",
			[]Split{split(fitted(t, bg, bg), fitted(t, mbg, bg)), split(fitted(t, bg, bg), fitted(t, mbg, bg))},
			[]string{"", "reduces to bg-nbd, a candidate of its own, in every split"},
		},
		{
			"reduced once",
			[]Split{split(fitted(t, bg, bg), fitted(t, mbg, bg)), split(fitted(t, bg, bg), fitted(t, mbg, mbg))},
			[]string{"", ""},
		},
		{
			"two reduce to a third",
			[]Split{split(fitted(t, "pareto-nbd", bg), fitted(t, "ggompertz-nbd", bg))},
			[]string{"", "reduces to bg-nbd in every split, as does pareto-nbd"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i, want := range c.want {
				require.Equal(t, want, outOf(i, c.splits).String())
			}
		})
	}
}

// A model is tied with the best where it is behind by no more than its standard error.
// Four customers in one split, with differences of d, d, d+1 and d-1: their mean is d, and
// its standard error the root of 4/3 of 2, over 4: 0.408.
func TestTied(t *testing.T) {
	for _, c := range []struct {
		d    float64
		tied bool
	}{{0.40, true}, {0.42, false}} {
		s := shop{buyers: []buyers{{customers: 1}, {customers: 1}, {customers: 1}, {customers: 1}}}
		of := newComparison([]string{"first", "second"}, 4)
		for i, shift := range []float64{0, 0, 1, -1} {
			of.forecasts[i], of.total[0][i], of.total[1][i] = 1, -1, -1-c.d-shift
		}
		split := Split{Customers: 1e3, Repeaters: 1e3, Actual: 1e3, Repeats: 1e3, Models: []Forecast{{Name: "first"}, {Name: "second"}}}
		require.True(t, split.informative())
		scores := of.scores(s, []Split{split})
		require.InDelta(t, c.d, scores[1].Behind, 1e-12)
		require.InDelta(t, math.Sqrt(2*4./3)/4, scores[1].StdErr, 1e-12)
		require.Equal(t, []bool{true, c.tied}, []bool{scores[0].Tied, scores[1].Tied})
	}
}

// The best is tied with itself, though rounding may put it behind.
func TestScoresOfOneCandidate(t *testing.T) {
	r := run(t, bgTruth.history(7, 500), bgTruth.options("mbg-nbd"))
	require.Len(t, r.Scores, 1)
	s := r.Scores[0]
	require.Empty(t, s.Out.String())
	require.True(t, s.Tied)
	require.Zero(t, s.Behind)
	require.Zero(t, s.StdErr)
	require.InDelta(t, r.Pooled[0].LogScore, s.LogScore, 1e-12, "every split counts")
}

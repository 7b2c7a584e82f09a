package backtest

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func measured(outcomes []outcome) Metrics { return doneIn(outcomes).measure(outcomes) }

// Five customers by hand:
//
//	predicted  4    3    3    1    0
//	actual     5    0    2    1    0
func TestMeasureByHand(t *testing.T) {
	m := measured([]outcome{{4, 5, 1}, {3, 0, 1}, {3, 2, 1}, {1, 1, 1}, {0, 0, 1}})
	require.Equal(t, []float64{5, 8, 11}, []float64{m.Customers, m.Actual, m.Expected})
	require.InDelta(t, 3./8, m.Bias, 1e-15)
	require.InDelta(t, 1, m.MAE, 1e-15)                 // (1+3+1+0+0)/5
	require.InDelta(t, math.Sqrt(11./5), m.RMSE, 1e-15) // (1+9+1)/5

	// Ranks 5, 3.5, 3.5, 2, 1 and 5, 1.5, 4, 3, 1.5: deviations from 3 are
	// 2, .5, .5, -1, -2 and 2, -1.5, 1, 0, -1.5; products 4 - .75 + .5 + 0 + 3,
	// squares 9.5 and 9.5.
	require.InDelta(t, 6.75/9.5, m.Spearman, 1e-15)

	// Gain curve 0, 5, 6, 7, 8, 8: area 2.5+5.5+6.5+7.5+8 = 30 less 20;
	// of the true order 0, 5, 7, 8, 8, 8: 2.5+6+7.5+8+8 = 32 less 20.
	require.InDelta(t, 10./12, m.Gini, 1e-15)

	// A decile is half a customer; the two forecasts of 3 share their mean of 1.
	want := []Decile{
		{.5, 4, 5}, {.5, 4, 5}, {.5, 3, 1}, {.5, 3, 1}, {.5, 3, 1}, {.5, 3, 1}, {.5, 1, 1}, {.5, 1, 1}, {.5, 0, 0}, {.5, 0, 0},
	}
	require.Len(t, m.Deciles, 10)
	for i, d := range m.Deciles {
		require.InDelta(t, want[i].Customers, d.Customers, 1e-14)
		require.InDelta(t, want[i].Predicted, d.Predicted, 1e-14)
		require.InDelta(t, want[i].Actual, d.Actual, 1e-14)
	}
}

func TestMeasureDegenerate(t *testing.T) {
	nothing := measured([]outcome{{2, 0, 3}, {1, 0, 4}})
	require.True(t, math.IsNaN(nothing.Bias), "nobody bought")
	require.True(t, math.IsNaN(nothing.Gini))
	require.True(t, math.IsNaN(nothing.Spearman))

	constant := measured([]outcome{{2, 0, 3}, {2, 5, 4}})
	require.Zero(t, constant.Gini, "a constant forecast is chance")
	require.True(t, math.IsNaN(constant.Spearman))
}

// drawOutcomes draws customers with many ties, and the same one by one.
func drawOutcomes(t *rapid.T) (outcomes, singles []outcome) {
	for range rapid.IntRange(1, 30).Draw(t, "outcomes") {
		o := outcome{
			predicted: float64(rapid.IntRange(0, 6).Draw(t, "predicted")) / 2,
			actual:    float64(rapid.IntRange(0, 4).Draw(t, "actual")),
			customers: float64(rapid.IntRange(1, 4).Draw(t, "customers")),
		}
		outcomes = append(outcomes, o)
		for range int(o.customers) {
			singles = append(singles, outcome{o.predicted, o.actual, 1})
		}
	}
	return outcomes, singles
}

func sign(v float64) float64 {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

// Of all pairs of customers: a rank is 1/2 + Σ_j (1 + sign(v_i - v_j))/2, and a
// gain area is Σ_ij a_i sign(p_i - p_j)/4 apart from the diagonal. Both treat
// ties by their mean without ever sorting.
func TestRankMetricsAreThoseOfPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		outcomes, singles := drawOutcomes(t)
		var area, whole, pp, aa, pa float64
		for _, i := range singles {
			var p, a float64 // twice the rank, from the mean rank
			for _, j := range singles {
				p += sign(i.predicted - j.predicted)
				a += sign(i.actual - j.actual)
			}
			area += i.actual * p
			whole += i.actual * a
			pp, aa, pa = pp+p*p, aa+a*a, pa+p*a
		}
		requireSame(t, pa/math.Sqrt(pp*aa), spearman(outcomes, doneIn(outcomes).ranks))
		requireSame(t, area/whole, gini(byForecast(outcomes), doneIn(outcomes).area))
	})
}

// Tenths of ten copies of every customer need no parts of customers.
func TestDecilesAreThoseOfCopies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		outcomes, singles := drawOutcomes(t)
		var copies []group
		for _, g := range byForecast(singles) {
			for range int(g.customers) * 10 {
				copies = append(copies, group{g.predicted, g.actual, 0.1})
			}
		}
		for d, got := range deciles(byForecast(outcomes)) {
			var predicted, actual float64
			for _, g := range copies[d*len(singles) : (d+1)*len(singles)] {
				predicted += g.predicted
				actual += g.actual
			}
			n := float64(len(singles))
			require.InDelta(t, n/10, got.Customers, 1e-12*n)
			require.InDelta(t, predicted/n, got.Predicted, 1e-12)
			require.InDelta(t, actual/n, got.Actual, 1e-12)
		}
	})
}

// Pooled metrics of one split are those of the split, and of the same split
// twice too, but for its totals.
func TestPoolOfSame(t *testing.T) {
	m := measured([]outcome{{4, 5, 1}, {3, 0, 1}, {3, 2, 1}, {1, 1, 1}, {0, 0, 1}})
	m.LogScore, m.Coverage = -0.7, Coverage{0.95, 0.9}
	p := pool([]Metrics{m, m})
	require.Equal(t, []float64{10, 16, 22}, []float64{p.Customers, p.Actual, p.Expected})
	for _, pair := range [][2]float64{
		{m.Bias, p.Bias},
		{m.MAE, p.MAE},
		{m.RMSE, p.RMSE},
		{m.Spearman, p.Spearman},
		{m.Gini, p.Gini},
		{m.LogScore, p.LogScore},
		{m.Coverage.Raw, p.Coverage.Raw},
		{m.Coverage.TieSplit, p.Coverage.TieSplit},
		{m.Deciles[3].Actual, p.Deciles[3].Actual},
		{2 * m.Deciles[3].Customers, p.Deciles[3].Customers},
	} {
		require.InDelta(t, pair[0], pair[1], 1e-14)
	}
}

// Splits of unlike size: means are by customers, and squares are what is averaged of a
// root mean square. Worked by hand from (20 a + 60 b)/80.
func TestPoolByHand(t *testing.T) {
	tenth := func(customers, predicted, actual float64) []Decile {
		all := make([]Decile, tenths)
		for i := range all {
			all[i] = Decile{customers, predicted, actual}
		}
		return all
	}
	p := pool([]Metrics{
		{Customers: 20, Actual: 40, Expected: 50, MAE: 1, RMSE: 2, Spearman: 0.1, Gini: 0.3, LogScore: -1, Coverage: Coverage{0.9, 0.8}, Deciles: tenth(2, 3, 1)},
		{Customers: 60, Actual: 60, Expected: 30, MAE: 3, RMSE: 6, Spearman: 0.5, Gini: 0.7, LogScore: -2, Coverage: Coverage{0.7, 0.6}, Deciles: tenth(6, 7, 5)},
	})
	require.Equal(t, []float64{80, 100, 80}, []float64{p.Customers, p.Actual, p.Expected})
	require.InDelta(t, -0.2, p.Bias, 1e-15)
	require.InDelta(t, 2.5, p.MAE, 1e-15)
	require.InDelta(t, math.Sqrt(28), p.RMSE, 1e-14) // of (20*4 + 60*36)/80
	require.True(t, math.IsNaN(p.Skill))
	require.InDelta(t, 0.4, p.Spearman, 1e-15)
	require.InDelta(t, 0.6, p.Gini, 1e-15)
	require.InDelta(t, -1.75, p.LogScore, 1e-15)
	require.InDelta(t, 0.75, p.Coverage.Raw, 1e-15)
	require.InDelta(t, 0.65, p.Coverage.TieSplit, 1e-15)
	require.Equal(t, tenth(8, 6, 4), p.Deciles)
}

// Skill is measured against the better of the naive forecasts.
func TestSkill(t *testing.T) {
	naive := []Forecast{{Metrics: Metrics{RMSE: 4}}, {Metrics: Metrics{RMSE: 2}}}
	require.InDelta(t, 0.75, Metrics{RMSE: 1}.skill(naive), 1e-15)
	require.InDelta(t, -3, Metrics{RMSE: 4}.skill(naive), 1e-15)
}

// requireSame wants two numbers equal but for rounding, NaN where there is no
// number.
func requireSame(t require.TestingT, want, got float64) {
	if math.IsNaN(want) {
		require.True(t, math.IsNaN(got), "got %v", got)
		return
	}
	require.InDelta(t, want, got, 1e-12)
}

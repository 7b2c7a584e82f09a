package evidence

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/internal/money"
	"clientele/internal/wording"
)

// shop is four customers: two who bought once, one thrice, and one on ten days.
func shop(t *testing.T) (night.Context, Needs) {
	t.Helper()
	c := &customers.Table{
		ID: []string{"a", "b", "c", "d"}, PurchaseDays: []int64{1, 1, 3, 10},
		Days:     []int32{5, 9, 1, 8, 15, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100},
		DayStart: []int64{0, 1, 2, 5, 15},
	}
	return night.NewContext(nighttest.Frame(t, "2024-07-01", ""), c), Needs{
		Untested:      wording.Words("a young shop"),
		Repeats:       func(int) []float64 { return nil },
		ExpectedSpend: func([]float64) []float64 { return nil },
	}
}

func TestTables(t *testing.T) {
	n, needs := shop(t)
	needs.Repeats = func(most int) []float64 {
		require.Equal(t, 6, most)
		return []float64{1.5, 1, 0.5, 0.25, 0.25, 0, 0}
	}
	needs.Spend = []float64{30, 10, 12}
	needs.ExpectedSpend = func(edges []float64) []float64 {
		return slices.Repeat([]float64{0.5}, len(edges))
	}
	needs.R, needs.F = []int8{5, 1, 5, 5}, []int8{1, 1, 5, 1}
	for _, v := range []float64{1, 2, 4, 8} {
		needs.Monetary = append(needs.Monetary, money.FromFloat(v))
	}
	needs.Future = []float64{1, 10, 100, 1000}
	e := Run(n, needs)
	require.Nil(t, e.Tested)
	require.Equal(t, "a young shop", e.Untested)

	counts := map[int32]int64{}
	for _, r := range e.Repeats {
		counts[r.Repeats] = r.Customers
	}
	require.Equal(t, map[int32]int64{0: 2, 1: 0, 2: 1, 3: 0, 4: 0, 5: 0, 6: 0, 7: 1}, counts)
	require.InDelta(t, 1.5, float64(e.Repeats[0].Expected), 0)
	require.InDelta(t, 4-3.5, float64(e.Repeats[7].Expected), 1e-12)

	require.EqualValues(t, 11, e.Gaps.Values) // twice 7, eight times 1, once 91
	require.InDelta(t, 1, e.Gaps.Median, 0)
	require.InDelta(t, (2*7+8+91)/11., e.Gaps.Mean, 1e-12)

	require.InDelta(t, 12, e.Spend.Median, 0)
	for _, b := range e.Spend.Bins {
		require.InDelta(t, 0.5, float64(b.Expected), 0)
	}
	require.Equal(t, []publication.GridCell{
		{R: 1, F: 1, Customers: 1, Monetary: money.FromFloat(2), MeanMonetary: money.FromFloat(2), FutureValue: money.FromFloat(10)},
		{R: 5, F: 1, Customers: 2, Monetary: money.FromFloat(9), MeanMonetary: money.FromFloat(4.5), FutureValue: money.FromFloat(1001)},
		{R: 5, F: 5, Customers: 1, Monetary: money.FromFloat(4), MeanMonetary: money.FromFloat(4), FutureValue: money.FromFloat(100)},
	}, e.Grid)
}

// What there is not is null.
func TestWithoutStages(t *testing.T) {
	n, needs := shop(t)
	n.Customers.DayStart = []int64{0, 0, 0, 0, 0} // nobody came back
	e := Run(n, needs)
	require.Nil(t, e.Gaps)
	require.Nil(t, e.Spend)
	require.Nil(t, e.Grid)
	require.False(t, e.Repeats[3].Expected.Known())
	_, err := json.Marshal(Files(e)[0].JSON)
	require.NoError(t, err)
}

// Bins lie one behind the other from 0 on, hold all values, and are as many as a picture
// shows.
func TestHistogramProperty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		raw := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) float64 {
			return math.Round(100*math.Exp(rapid.Float64Range(-3, 9).Draw(t, "ln"))) / 100
		}), 1, 200).Draw(rt, "values")
		slices.Sort(raw)
		values := make([]counted, len(raw))
		for i, v := range raw {
			values[i] = counted{v, 1}
		}
		h := histogram(values, niceWidth)
		if raw[len(raw)-1] == 0 {
			require.Nil(rt, h)
			return
		}
		require.LessOrEqual(rt, len(h.Bins), 2*mostBins)
		require.InDelta(rt, 0, h.Bins[0].From, 0)
		require.EqualValues(rt, len(raw), h.Values)
		for i, b := range h.Bins {
			to := math.Inf(1)
			if i < len(h.Bins)-1 {
				to = *b.To
				require.InDelta(rt, h.Bins[i+1].From, to, 0)
			}
			inside := int64(0)
			for _, v := range raw {
				if b.From <= v && v < to {
					inside++
				}
			}
			require.Equal(rt, inside, b.Count)
		}
		require.Nil(rt, h.Bins[len(h.Bins)-1].To)
		require.InDelta(rt, raw[(len(raw)-1)/2], h.Median, 0)
	})
}

func TestWidths(t *testing.T) {
	for most, want := range map[float64]float64{1: 1, 40: 1, 41: 7, 280: 7, 281: 28, 5000: 364, 20_000: 500} {
		require.InDelta(t, want, dayWidth(most).edge(1), 0, "days up to %v", most)
	}
	for most, want := range map[float64]float64{40: 1, 41: 2, 100: 5, 0.3: 0.01, 0.4: 0.01, 1e9: 5e7} {
		require.InDelta(t, want, niceWidth(most).edge(1), 0, "up to %v", most)
	}
	require.Equal(t, 0.3, niceWidth(4).edge(3)) //nolint:testifylint // to the bit
}

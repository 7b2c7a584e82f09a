package clv

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Rows dealt into buckets end in the order of a sort by comparison: customers by
// the day, many of a kind, far outliers, tiny differences.
func TestSortRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 3000).Draw(t, "rows")
		days := rapid.SampledFrom([]int{1, 30, 4000}).Draw(t, "days")
		spread := rapid.SampledFrom([]float64{0, 1, 30}).Draw(t, "spread")
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		rows := make([]row, n)
		for i := range rows {
			far := min(math.Exp(spread*rng.NormFloat64()), 1e12)
			rows[i] = row{
				x: math.Floor(far * float64(rng.IntN(5))), tx: far * float64(rng.IntN(days)) / 7,
				t: float64(rng.IntN(days)) / 7 * math.Ldexp(1, -rng.IntN(1+int(spread)*30)), weight: float64(rng.IntN(3)),
			}
		}
		want := slices.Clone(rows)
		slices.SortFunc(want, row.compare)
		sortRows(rows)
		require.Equal(t, want, rows)
	})
}

// Numbers that no customer has do not trip the buckets up.
func TestSortRowsOfAnyNumbers(t *testing.T) {
	rows := make([]row, 4*fewRows)
	for i := range rows {
		rows[i] = row{x: []float64{math.Inf(1), -math.MaxFloat64, math.MaxFloat64, 5e-324}[i%4], t: float64(i % 3)}
	}
	want := slices.Clone(rows)
	slices.SortFunc(want, row.compare)
	sortRows(rows)
	require.Equal(t, want, rows)
	rows[3].x = math.NaN()
	require.NotPanics(t, func() { sortRows(rows) })
}

package rfm

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// panel draws columns as a ledger has them: whole days and orders, money in
// whole cents, many ties.
func panel(t *rapid.T) (r, f, m []float64) {
	n := rapid.IntRange(1, 60).Draw(t, "customers")
	draw := func(name string, lo, hi int) []float64 {
		whole := rapid.SliceOfN(rapid.IntRange(lo, hi), n, n).Draw(t, name)
		c := make([]float64, n)
		for i, v := range whole {
			c[i] = float64(v)
		}
		return c
	}
	top := rapid.SampledFrom([]int{3, 50, 1_000_000}).Draw(t, "spread")
	return draw("recency", 0, 700), draw("frequency", 1, 12), draw("cents", -top/3, top)
}

func fitted(t *rapid.T, r, f, m []float64, bins int) CutPoints {
	c, _, err := Fit("2024-01-31", r, f, m, Options{Bins: bins})
	require.NoError(t, err)
	require.NoError(t, c.Validate())
	return c
}

func TestScoresAreWithinBoundsAndMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f, m := panel(t)
		bins := rapid.IntRange(2, 9).Draw(t, "bins")
		s := fitted(t, r, f, m, bins).Score(r, f, m)
		for i := range r {
			for _, score := range []int8{s.R[i], s.F[i], s.M[i]} {
				require.True(t, score >= 1 && int(score) <= bins, "score %d of %d bins", score, bins)
			}
			if m[i] <= 0 {
				require.Equal(t, int8(1), s.M[i])
			}
			for j := range r {
				require.False(t, r[i] <= r[j] && s.R[i] < s.R[j], "recency %v scores %d, %v scores %d", r[i], s.R[i], r[j], s.R[j])
				require.False(t, f[i] >= f[j] && s.F[i] < s.F[j], "frequency %v scores %d, %v scores %d", f[i], s.F[i], f[j], s.F[j])
				require.False(t, m[i] >= m[j] && s.M[i] < s.M[j], "spend %v scores %d, %v scores %d", m[i], s.M[i], m[j], s.M[j])
			}
		}
	})
}

func TestUnitOfMoneyChangesNoScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f, m := panel(t)
		rate := rapid.Float64Range(1e-4, 1e4).Draw(t, "rate")
		foreign := make([]float64, len(m))
		for i := range m {
			foreign[i] = m[i] * rate
		}
		home := fitted(t, r, f, m, 5).Score(r, f, m)
		abroad := fitted(t, r, f, foreign, 5).Score(r, f, foreign)
		require.Equal(t, home, abroad)
	})
}

func TestOrderOfRowsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f, m := panel(t)
		order := make([]int, len(r))
		for i := range order {
			order[i] = i
		}
		order = rapid.Permutation(order).Draw(t, "order")
		shuffle := func(c []float64) []float64 {
			moved := make([]float64, len(c))
			for to, from := range order {
				moved[to] = c[from]
			}
			return moved
		}
		c := fitted(t, r, f, m, 5)
		moved := fitted(t, shuffle(r), shuffle(f), shuffle(m), 5)
		require.Equal(t, c, moved)
		s, movedScores := c.Score(r, f, m), moved.Score(shuffle(r), shuffle(f), shuffle(m))
		for to, from := range order {
			require.Equal(t, Code(s.R[from], s.F[from], s.M[from]), Code(movedScores.R[to], movedScores.F[to], movedScores.M[to]))
		}
	})
}

// TestDistinctValuesFillBinsEvenly holds the definition against counts: with
// no ties, the sizes of bins differ by one at most.
func TestDistinctValuesFillBinsEvenly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := column(rapid.IntRange(1, 200).Draw(t, "customers"))
		bins := rapid.IntRange(2, 9).Draw(t, "bins")
		size := make([]int, bins+1)
		for _, score := range fitted(t, x, x, x, bins).Score(x, x, x).F {
			size[score]++
		}
		least := len(x) / bins
		for score := 1; score <= bins; score++ {
			require.True(t, size[score] == least || size[score] == least+1, "score %d has %d of %d", score, size[score], len(x))
		}
	})
}

// drawOptions draws any way to find cut points.
func drawOptions(t *rapid.T) Options {
	o := Options{
		Method:  rapid.SampledFrom([]string{MethodQuantile, MethodNested, MethodRRFM, MethodThresholds}).Draw(t, "method"),
		Bins:    rapid.IntRange(2, 9).Draw(t, "bins"),
		MinCell: rapid.IntRange(2, 12).Draw(t, "min cell"),
	}
	if o.Method == MethodThresholds {
		cuts := rapid.SliceOfNDistinct(rapid.Float64Range(-100, 700), o.Bins-1, o.Bins-1, rapid.ID[float64]).Draw(t, "cuts")
		slices.Sort(cuts)
		o.Thresholds = Thresholds{cuts, cuts, cuts}
		o.Closed = rapid.SampledFrom([]string{ClosedRight, ClosedLeft}).Draw(t, "closed")
	}
	return o
}

// By every method: scores are within bounds, and better numbers never score
// less among customers of the same better scores (of all customers, but for
// nested edges). So the same numbers have the same scores.
func TestEveryMethodIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f, m := panel(t)
		o := drawOptions(t)
		c, _, err := Fit("2024-01-31", r, f, m, o)
		require.NoError(t, err)
		require.NoError(t, c.Validate())
		s := c.Score(r, f, m)
		for i := range r {
			for _, score := range []int8{s.R[i], s.F[i], s.M[i]} {
				require.True(t, score >= 1 && int(score) <= o.Bins, "score %d of %d bins", score, o.Bins)
			}
			for j := range r {
				require.False(t, r[i] <= r[j] && s.R[i] < s.R[j])
				nested := o.Method == MethodNested
				if nested && s.R[i] != s.R[j] {
					continue
				}
				require.False(t, f[i] >= f[j] && s.F[i] < s.F[j])
				if nested && s.F[i] != s.F[j] {
					continue
				}
				require.False(t, m[i] >= m[j] && s.M[i] < s.M[j])
			}
		}
	})
}

// Cut points, and a split, are of the customers and not of their order.
func TestOrderOfRowsChangesNoCutPoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f, m := panel(t)
		o := drawOptions(t)
		o.Split = rapid.SampledFrom([]string{"", SplitMean, SplitMedian}).Draw(t, "split")
		c, _, err := Fit("2024-01-31", r, f, m, o)
		require.NoError(t, err)
		order := make([]int, len(r))
		for i := range order {
			order[i] = i
		}
		order = rapid.Permutation(order).Draw(t, "order")
		moved, _, err := Fit("2024-01-31", pick(r, order), pick(f, order), pick(m, order), o)
		require.NoError(t, err)
		require.Equal(t, c, moved)
	})
}

// Another currency changes no nested score either.
func TestUnitOfMoneyChangesNoNestedScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f, m := panel(t)
		rate := rapid.Float64Range(1e-4, 1e4).Draw(t, "rate")
		foreign := make([]float64, len(m))
		for i := range m {
			foreign[i] = m[i] * rate
		}
		o := Options{Method: MethodNested, MinCell: 4}
		home, _, err := Fit("", r, f, m, o)
		require.NoError(t, err)
		abroad, _, err := Fit("", r, f, foreign, o)
		require.NoError(t, err)
		require.Equal(t, home.Score(r, f, m), abroad.Score(r, f, foreign))
	})
}

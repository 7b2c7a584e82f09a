package quality

import (
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

const drawnGroups = 4

func drawGroups(t *rapid.T, label string, n, least int) []int {
	return rapid.SliceOfN(rapid.IntRange(least, drawnGroups-1), n, n).Draw(t, label)
}

// shuffled gives a new order of n customers.
func shuffled(t *rapid.T, n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return rapid.Permutation(order).Draw(t, "order")
}

func reordered[T any](column []T, order []int) []T {
	out := make([]T, len(order))
	for to, from := range order {
		out[to] = column[from]
	}
	return out
}

func TestAgreementOfGroupings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "customers")
		was, is := drawGroups(t, "was", n, 0), drawGroups(t, "is", n, 0)
		m := Migrate(was, is, drawnGroups)
		agreement := m.AdjustedRand()
		require.LessOrEqual(t, agreement, 1.0)
		require.InDelta(t, agreement, Migrate(is, was, drawnGroups).AdjustedRand(), 1e-12, "symmetric")
		require.InDelta(t, 1, Migrate(was, was, drawnGroups).AdjustedRand(), 0, "1 with itself")

		names := rapid.Permutation([]int{0, 1, 2, 3}).Draw(t, "names")
		renamed := make([]int, n)
		for i, k := range is {
			renamed[i] = names[k]
		}
		require.InDelta(t, agreement, Migrate(was, renamed, drawnGroups).AdjustedRand(), 1e-12, "names do not matter")

		order := shuffled(t, n)
		require.Equal(t, m, Migrate(reordered(was, order), reordered(is, order), drawnGroups))
		for k := range drawnGroups {
			j := m.Jaccard(k)
			require.True(t, math.IsNaN(j) || (j >= 0 && j <= 1))
		}
	})
}

func TestWhoIsInNoGroupIsNotCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "customers")
		was, is := drawGroups(t, "was", n, NoGroup), drawGroups(t, "is", n, NoGroup)
		values := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), n, n).Draw(t, "values")
		var keptWas, keptIs, keptGroup []int
		var keptValues []float64
		for i := range n {
			if was[i] != NoGroup && is[i] != NoGroup {
				keptWas, keptIs = append(keptWas, was[i]), append(keptIs, is[i])
			}
			if was[i] != NoGroup {
				keptGroup, keptValues = append(keptGroup, was[i]), append(keptValues, values[i])
			}
		}
		require.Equal(t, Migrate(keptWas, keptIs, drawnGroups), Migrate(was, is, drawnGroups))
		all, kept := Separate(values, was, drawnGroups), Separate(keptValues, keptGroup, drawnGroups)
		require.Equal(t, kept.Customers, all.Customers)
		require.True(t, kept.EtaSquared == all.EtaSquared || math.IsNaN(all.EtaSquared))
	})
}

func TestSilhouettesAreBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 25).Draw(t, "customers")
		axis := rapid.IntRange(-3, 3)
		points := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Point {
			return Point{float64(axis.Draw(t, "x")), float64(axis.Draw(t, "y")), float64(axis.Draw(t, "z"))}
		}), n, n).Draw(t, "points")
		group := drawGroups(t, "groups", n, 0)
		widths := Silhouettes(points, group, drawnGroups)
		order := shuffled(t, n)
		again := Silhouettes(reordered(points, order), reordered(group, order), drawnGroups)
		for k, w := range widths {
			if math.IsNaN(w) {
				require.True(t, math.IsNaN(again[k]))
				continue
			}
			require.True(t, w >= -1 && w <= 1, "%v", w)
			require.InDelta(t, w, again[k], 1e-12, "the order of customers does not matter")
		}
	})
}

func TestSeparationIsBoundedAndWithoutUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "customers")
		group := drawGroups(t, "groups", n, 0)
		values := rapid.SliceOfN(rapid.Float64Range(-1000, 1000), n, n).Draw(t, "values")
		s := Separate(values, group, drawnGroups)
		if math.IsNaN(s.EtaSquared) {
			return
		}
		require.True(t, s.EtaSquared >= 0 && s.EtaSquared <= 1)
		require.LessOrEqual(t, s.EpsilonSquared, s.EtaSquared)
		scaled := make([]float64, n)
		for i, v := range values {
			scaled[i] = 8*v - 64 // powers of two: no new rounding but in the shift
		}
		if variance(values) > 1e-3 {
			require.InDelta(t, s.EtaSquared, Separate(scaled, group, drawnGroups).EtaSquared, 1e-6)
		}
	})
}

func variance(values []float64) float64 {
	mean, sum := 0.0, 0.0
	for _, v := range values {
		mean += v / float64(len(values))
	}
	for _, v := range values {
		sum += (v - mean) * (v - mean)
	}
	return sum / float64(len(values))
}

func TestScaledRFMHasNoUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "customers")
		amounts := rapid.SliceOfN(rapid.Float64Range(-100, 10000), n, n).Draw(t, "monetary")
		counts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) float64 {
			return float64(rapid.IntRange(0, 50).Draw(t, "count"))
		}), n, n)
		recency, frequency := counts.Draw(t, "recency"), counts.Draw(t, "frequency")
		pence := make([]float64, n)
		for i, m := range amounts {
			pence[i] = 128 * m
		}
		a, b := ScaledRFM(recency, frequency, amounts), ScaledRFM(recency, frequency, pence)
		for i := range a {
			for axis := range a[i] {
				require.False(t, math.IsNaN(a[i][axis]) || math.IsInf(a[i][axis], 0))
				require.InDelta(t, a[i][axis], b[i][axis], 1e-6)
			}
		}
	})
}

// A sample does not know the order of customers, holds nobody twice, and gives
// every group its share.
func TestSample(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 400).Draw(t, "customers")
		group := drawGroups(t, "groups", n, 0)
		ids := make([]string, n)
		for i := range ids {
			ids[i] = "C" + strconv.Itoa(i)
		}
		size := rapid.IntRange(1, 500).Draw(t, "size")
		picked := Sample(ids, group, drawnGroups, size)
		sizes, inSample := make([]int, drawnGroups), make([]int, drawnGroups)
		for _, k := range group {
			sizes[k]++
		}
		seen := map[int]bool{}
		for _, i := range picked {
			require.False(t, seen[i])
			seen[i] = true
			inSample[group[i]]++
		}
		for k := range sizes {
			if n <= size {
				require.Equal(t, sizes[k], inSample[k])
				continue
			}
			require.Equal(t, min(sizes[k], max(MinPerGroup, sizes[k]*size/n)), inSample[k])
		}
		order := shuffled(t, n)
		ids2 := reordered(ids, order)
		again := Sample(ids2, reordered(group, order), drawnGroups, size)
		for at, i := range picked {
			require.Equal(t, ids[i], ids2[again[at]])
		}
	})
}

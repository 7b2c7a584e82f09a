package clv

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// What a walk from each end leaves out is what the definition leaves out: values whose
// middle lies in a tail, and never all.
func TestTailsOfIsTheDefinition(t *testing.T) {
	type outcome struct{ value, weight float64 }
	rapid.Check(t, func(t *rapid.T) {
		level := rapid.SampledFrom([]float64{0.5, 0.9, 0.99}).Draw(t, "level")
		var (
			runs  []outcomes
			all   []outcome
			total float64
		)
		for range rapid.IntRange(1, 5).Draw(t, "runs") {
			r := outcomes{
				values: rapid.SliceOfNDistinct(rapid.Float64Range(-5, 5), 1, 20, rapid.ID).Draw(t, "values"),
				each:   rapid.Float64Range(0.01, 1).Draw(t, "each"),
			}
			slices.Sort(r.values)
			runs = append(runs, r)
			for _, v := range r.values {
				all, total = append(all, outcome{v, r.each}), total+r.each
			}
		}
		slices.SortStableFunc(all, func(a, b outcome) int { return cmp.Compare(a.value, b.value) })
		for i := 1; i < len(all); i++ {
			if all[i].value == all[i-1].value {
				t.Skip("which of two equal values comes first is not defined")
			}
		}
		var inside []float64
		for i, o := range all {
			below, above := o.weight/2, o.weight/2
			for j := range all {
				switch {
				case j < i:
					below += all[j].weight
				case j > i:
					above += all[j].weight
				}
			}
			if out := (1 - level) / 2 * total; below >= out && above >= out {
				inside = append(inside, o.value)
			}
		}
		low, high := tailsOf(runs, level)
		if len(inside) > 0 {
			require.InDelta(t, inside[0], low, 0)
			require.InDelta(t, inside[len(inside)-1], high, 0)
		}
	})
}

func TestTailsOf(t *testing.T) {
	low, high := tailsOf([]outcomes{{[]float64{-5}, 0.04}, {[]float64{0}, 0.93}, {[]float64{100}, 0.03}}, 0.9)
	require.Equal(t, [2]float64{0, 0}, [2]float64{low, high})
	low, high = tailsOf([]outcomes{{[]float64{-5, 100}, 0.3}, {[]float64{0}, 0.4}}, 0.9)
	require.Equal(t, [2]float64{-5, 100}, [2]float64{low, high})
	low, high = tailsOf([]outcomes{{[]float64{7}, 1}}, 0.1)
	require.Equal(t, [2]float64{7, 7}, [2]float64{low, high})
	low, high = tailsOf(nil, 0.9)
	require.Equal(t, [2]float64{0, 0}, [2]float64{low, high})
}

func TestSortNearlySorted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOf(rapid.Float64()).Draw(t, "values")
		want := slices.Clone(values)
		slices.Sort(want)
		sortNearlySorted(values)
		require.Equal(t, want, values)
	})
}

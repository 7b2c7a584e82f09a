package clv

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The windows that one walk over the outcomes finds are those of the definition,
// for which each is looked for alone.
func TestShortestOfIsTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-5, 5), 1, 40).Draw(t, "values")
		level := rapid.SampledFrom([]float64{0.5, 0.9, 0.99}).Draw(t, "level")
		slices.Sort(values)
		outcomes, total := make([]outcome, len(values)), 0.
		for i, v := range values {
			outcomes[i] = outcome{v, rapid.Float64Range(0.01, 1).Draw(t, "weight")}
			total += outcomes[i].weight
		}
		for i := range outcomes {
			outcomes[i].weight /= total
		}
		wantLow, wantHigh := 0., math.Inf(1)
		for w := range costWindows + 1 {
			below := (1 - level) * float64(w) / costWindows
			from, to, sum := 0, 0, 0.
			for i, o := range outcomes {
				if middle := sum + o.weight/2; middle < below {
					from = i + 1
				} else if middle <= below+level || w == costWindows {
					to = i + 1
				}
				sum += o.weight
			}
			from = min(from, len(outcomes)-1)
			end := outcomes[max(to-1, from)].value
			if w == 0 || end-outcomes[from].value < wantHigh-wantLow {
				wantLow, wantHigh = outcomes[from].value, end
			}
		}
		low, high := shortestOf(outcomes, level)
		require.Equal(t, []float64{wantLow, wantHigh}, []float64{low, high})
	})
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

package backtest

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func lawOf(p ...float64) func(n float64) float64 {
	return func(n float64) float64 {
		if int(n) < len(p) {
			return p[int(n)]
		}
		return 0
	}
}

func TestShortestInterval(t *testing.T) {
	for _, c := range []struct {
		name string
		p    []float64
		want interval
	}{
		{"nobody buys", []float64{0.95, 0.05}, interval{0, 0, 0, 0.9 / 0.95}},
		{"the edge is split", []float64{0.5, 0.3, 0.2}, interval{0, 2, 2, 0.5}},
		{"zero is left out", []float64{0.02, 0.46, 0.5, 0.02}, interval{1, 2, 1, (0.9 - 0.5) / 0.46}},
		{"the likelier run", []float64{0.04, 0.45, 0.46, 0.05}, interval{1, 2, 1, (0.9 - 0.46) / 0.45}},
		{"equal ends", []float64{0.04, 0.46, 0.46, 0.04}, interval{1, 2, 2, (0.9 - 0.46) / 0.46}},
		{"past the highest", []float64{0.1, 0.1, 0.1, 0.1, 0.1}, interval{0, 9, 9, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := shortestInterval(lawOf(c.p...), 9)
			require.Equal(t, [3]int{c.want.low, c.want.high, c.want.edge}, [3]int{got.low, got.high, got.edge})
			require.InDelta(t, c.want.share, got.share, 1e-12)
		})
	}
}

// Whatever the law, no shorter run of counts holds the level, and with the edge
// split the interval holds the level exactly.
func TestShortestIntervalHoldsLevel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const highest = 40
		p := make([]float64, rapid.IntRange(1, highest+1).Draw(t, "counts"))
		total := 0.0
		for i := range p {
			p[i] = math.Exp(rapid.Float64Range(-6, 2).Draw(t, "ln weight"))
			total += p[i]
		}
		for i := range p {
			p[i] /= total
		}
		v := shortestInterval(lawOf(p...), highest)
		for low := range p {
			mass := 0.0
			for high := low; high < len(p) && high-low < v.high-v.low; high++ {
				mass += p[high]
			}
			require.Less(t, mass, IntervalLevel+1e-12, "from %d", low)
		}
		var raw, split float64
		for n := range p {
			held := v.holds(float64(n))
			raw += p[n] * held.Raw
			split += p[n] * held.TieSplit
		}
		require.GreaterOrEqual(t, raw, IntervalLevel-1e-12)
		require.InDelta(t, IntervalLevel, split, 1e-12)
	})
}

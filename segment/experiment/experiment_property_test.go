package experiment

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// played is an experiment of two blocks with shares of control of its own, and outcomes of
// which many are 0.
type played struct {
	treated []bool
	share   []float64
	y, x    []float64
}

func drawPlayed(t *rapid.T) (p played) {
	for _, share := range []float64{.2, .5} {
		for range rapid.IntRange(4, 15).Draw(t, "customers") {
			p.share = append(p.share, share)
			p.treated = append(p.treated, rapid.Float64Range(0, 1).Draw(t, "u") >= share)
			y := 0.
			if rapid.Bool().Draw(t, "bought") {
				y = rapid.Float64Range(1, 100).Draw(t, "spend")
			}
			p.y = append(p.y, y)
			p.x = append(p.x, rapid.Float64Range(0, 10).Draw(t, "x"))
		}
	}
	return p
}

// A shift of one arm shifts effect and interval, another unit scales them, and the other
// name of the arms turns them around.
func TestDifferenceMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlayed(t)
		a := NewArms(p.treated, p.share)
		e := a.Difference(p.y)
		if !a.Measurable() || e.SE == 0 {
			require.True(t, math.IsNaN(e.Low))
			return
		}
		moved := make([]float64, len(p.y))
		for i, y := range p.y {
			moved[i] = 3 * y
			if p.treated[i] {
				moved[i] += 7
			}
		}
		m := a.Difference(moved)
		close := 1e-6 * (1 + math.Abs(e.Effect) + e.SE)
		require.InDelta(t, 3*e.Effect+7, m.Effect, close)
		require.InDelta(t, 3*e.SE, m.SE, close)
		if !math.IsInf(e.Low, 0) {
			require.InDelta(t, 3*e.Low+7, m.Low, 3*.03*e.SE)
		}
		if !math.IsInf(e.High, 0) {
			require.InDelta(t, 3*e.High+7, m.High, 3*.03*e.SE)
		}
		require.LessOrEqual(t, e.Low, e.Effect)
		require.GreaterOrEqual(t, e.High, e.Effect)
	})
}

// In one block the sum of squares around the mean falls by 1 − ρ², and what is left has
// nothing to do with x.
func TestAdjustTakesOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlayed(t)
		for i := range p.share {
			p.share[i] = .3
		}
		a := NewArms(p.treated, p.share)
		adjusted, rho := a.Adjust(p.y, p.x)
		if !a.Measurable() {
			require.Equal(t, p.y, adjusted)
			return
		}
		around := func(v, w []float64) (sum float64) {
			meanV, meanW := 0., 0.
			for i := range v {
				meanV += v[i] / float64(len(v))
				meanW += w[i] / float64(len(v))
			}
			for i := range v {
				sum += (v[i] - meanV) * (w[i] - meanW)
			}
			return sum
		}
		all := around(p.y, p.y)
		require.InDelta(t, (1-rho*rho)*all, around(adjusted, adjusted), 1e-9*(1+all))
		require.InDelta(t, 0, around(adjusted, p.x), 1e-7*(1+all))
	})
}

// The limits of a share lie around it, and nearer where more is known.
func TestWilsonHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := float64(rapid.IntRange(1, 1000).Draw(t, "n"))
		k := float64(rapid.IntRange(0, int(n)).Draw(t, "k"))
		low, high := Wilson(k, n)
		const rounding = 1e-12
		require.True(t, 0 <= low && low <= k/n+rounding && k/n <= high+rounding && high <= 1)
		nearerLow, nearerHigh := Wilson(4*k, 4*n)
		require.Less(t, nearerHigh-nearerLow, high-low)
	})
}

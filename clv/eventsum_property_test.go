package clv

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Sums over events have the values of the integral over p. The sums have twelve digits and
// more; the integral is exact to a share of the largest value, and loses up to three of its
// digits to roots of unity where k is large.
func TestEventSumsAreTheIntegral(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, MaxStages).Draw(t, "k")
		c := newCondensedCurves(k, drawLog(t, "a", 1e-3, 1e3), drawLog(t, "b", 1e-3, 1e3), drawLog(t, "s", 1e-2, 1e2), 1)
		u := drawLog(t, "u", 1e-6, 20)
		if !fewEvents(c.s+float64(k), u) {
			t.Skip("many events")
		}
		sums, at := newStageWork(k), newStageWork(k)
		c.overAll(u, sums)
		alive, buying := make([]float64, k), make([]float64, k)
		for _, node := range c.dropoutNodes(u) {
			c.given(node, u, at)
			for j := range k {
				alive[j] += node.weight * at.alive[j]
				buying[j] += node.weight * at.buying[j]
			}
		}
		for j := range k {
			require.InDelta(t, alive[j], sums.alive[j], 1e-10)
			require.InDelta(t, buying[j], sums.buying[j], 1e-10*max(1, buying[j]))
		}
	})
}

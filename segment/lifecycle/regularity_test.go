package lifecycle

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// Log-likelihoods on a parabola in ln k have their maximum at its top; at the ends there is
// nothing to interpolate.
func TestCommonRegularity(t *testing.T) {
	for _, k := range []float64{0.5, 1.1, 2.3, 5} {
		var logs [len(shapes)]float64
		for i, shape := range shapes {
			logs[i] = -3 * math.Pow(math.Log(shape/k), 2)
		}
		require.InEpsilon(t, k, commonRegularity(logs), 1e-12)
	}
	var rising [len(shapes)]float64
	for i := range rising {
		rising[i] = float64(i)
	}
	require.InDelta(t, 12, commonRegularity(rising), 0)
	for i := range rising {
		rising[i] = -float64(i)
	}
	require.InDelta(t, 0.25, commonRegularity(rising), 0)
}

// A customer with one gap has the shop's shares: of the bursty half the mean k is
// (0.2·0.25 + 0.3·0.6)/0.5, of the regular ones (0.3·2 + 0.1·6)/0.4 = 3.
func TestPosteriorByHand(t *testing.T) {
	panel := Panel{K: 2.5}
	panel.Regularity[0], panel.Regularity[2], panel.Regularity[memoryless], panel.Regularity[6], panel.Regularity[8] = 0.2, 0.3, 0.1, 0.3, 0.1
	m := modelOf(t, &panel)
	c := customer{model: m}
	c.set(&m.line, []int32{0, 30}, &Life{From: 0})
	got := c.findPosterior()
	require.InDelta(t, 0.5, got.bursty, 1e-12)
	require.InDelta(t, 0.1, got.memoryless, 1e-12)
	require.InDelta(t, 0.4, got.regular, 1e-12)
	require.InDelta(t, 0.46, got.burstyK, 1e-12)
	require.InDelta(t, 3, got.regularK, 0)
	require.InDelta(t, 2.5, c.meanRegularity(), 0, "the gaps say nothing")
	c.set(&m.line, []int32{0}, &Life{From: 0})
	require.Equal(t, posterior{memoryless: 1}, c.findPosterior())
}

func TestDefaultsOfRules(t *testing.T) {
	require.Equal(t, Rules{
		FormationDays: 3, StabilityDays: 6, StabilitySpanDays: 120, SpendCV: 0.8, Momentum: 0.3, Watch: 0.5,
		FalseShare: 0.10, ReturnDays: 365, LostSilenceDays: 360, LostPAlive: 0.1,
	}, Rules{}.WithDefaults(30))
	fast := Rules{FormationDays: 8, Momentum: 0.7}.WithDefaults(1)
	require.Equal(t, 8, fast.StabilityDays, "not before formation")
	require.InDelta(t, 28, fast.StabilitySpanDays, 0)
	require.InDelta(t, 90, fast.LostSilenceDays, 0)
	require.InDelta(t, 0.7, fast.Watch, 0, "not below momentum")
	given := Rules{
		FormationDays: 2, StabilityDays: 5, StabilitySpanDays: 11, SpendCV: 0.7, Momentum: 0.2, Watch: 0.4,
		FalseShare: 0.03, ReturnDays: 100, LostSilenceDays: 50, LostPAlive: 0.2,
	}
	require.Equal(t, given, given.WithDefaults(30))
}

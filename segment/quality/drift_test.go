package quality

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDriftByHand: shares ½ ½ against ¼ ¾ have PSI ¼·ln 2 + ¼·ln 1.5 = 0.27465.
// The 0.99 quantile of χ² with one degree of freedom is 6.6349 (Abramowitz and
// Stegun, table 26.8).
func TestDriftByHand(t *testing.T) {
	d := MeasureDrift([]int64{500, 500}, []int64{250, 750})
	require.InDelta(t, 0.25*math.Log(2)+0.25*math.Log(1.5), d.PSI, 1e-14)
	require.InDelta(t, 6.6349*2/1000, d.Chance, 1e-6)
	require.Equal(t, DriftAlarm, d.Verdict)
	require.Equal(t, DriftWatch, MeasureDrift([]int64{500, 500}, []int64{330, 670}).Verdict)
	require.Equal(t, DriftOK, MeasureDrift([]int64{500, 500}, []int64{400, 600}).Verdict)
	require.Equal(t, DriftOK, MeasureDrift([]int64{10, 10}, []int64{5, 15}).Verdict, "few customers: no news")
}

func TestDriftOfEmptyBins(t *testing.T) {
	d := MeasureDrift([]int64{50, 0, 50}, []int64{50, 50, 0})
	require.False(t, math.IsInf(d.PSI, 0))
	require.Equal(t, DriftAlarm, d.Verdict)
	require.InDelta(t, 2*0.495*math.Log(100), d.PSI, 1e-12, "half a customer of 100 stands for none")
	require.Equal(t, Drift{Verdict: DriftOK}, MeasureDrift([]int64{7, 0}, []int64{9, 0}), "a bin that is empty in both is none")
	require.Equal(t, Drift{Verdict: DriftOK}, MeasureDrift(nil, []int64{9}))
	require.Equal(t, Drift{Verdict: DriftOK}, MeasureDrift([]int64{0, 0}, []int64{9, 1}))
}

// TestChanceOfDrift: of two samples of one population, PSI exceeds its 0.99
// quantile about once in a hundred times.
func TestChanceOfDrift(t *testing.T) {
	random := rand.New(rand.NewPCG(20261123, 1))
	sample := func(n int) []int64 {
		counts := make([]int64, 5)
		for range n {
			counts[random.IntN(5)]++
		}
		return counts
	}
	const trials = 4000
	beyond := 0
	for range trials {
		if d := MeasureDrift(sample(900), sample(600)); d.PSI > d.Chance {
			beyond++
		}
	}
	// Four standard errors of a share of 0.01 in 4,000 trials are 0.0063.
	require.InDelta(t, 0.01, float64(beyond)/trials, 0.0063)
}

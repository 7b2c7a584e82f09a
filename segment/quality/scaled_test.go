package quality

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// Three customers whose numbers are evenly spaced on each scale lie at −√1.5, 0 and √1.5:
// spend 1, 10 and 100 by its logarithm, 0, 1 and 3 orders by the logarithm of 1 more.
func TestScaledRFMByHand(t *testing.T) {
	far := math.Sqrt(1.5)
	for i, want := range []Point{{far, 0, -far}, {-far, far, 0}, {0, -far, far}} {
		got := ScaledRFM([]float64{5, 15, 25}, []float64{1, 3, 0}, []float64{100, 1, 10})[i]
		for axis := range want {
			require.InDelta(t, want[axis], got[axis], 1e-12, "customer %d, axis %d", i, axis)
		}
	}
}

// Of a thousand amounts above 0 the eleventh is the first percentile; amounts of 0 and
// below do not count, and are taken for it.
func TestLeastAmount(t *testing.T) {
	amounts := []float64{0, -7}
	for i := 1000; i > 0; i-- {
		amounts = append(amounts, float64(i))
	}
	require.InDelta(t, 11, leastAmount(amounts), 0)
	require.InDelta(t, 1, leastAmount([]float64{0, -3}), 0, "without any")
	places := ScaledRFM(make([]float64, 1002), make([]float64, 1002), amounts)
	require.Equal(t, places[0], places[1], "0 and −7")
	require.Equal(t, places[0], places[2+1000-11], "11")
	require.Greater(t, places[2+1000-12][0], places[0][0], "12")
}

package segment

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/integrate/quad"
)

// TestStepShapes holds the sum over the gaps against the integral over the time of
// the step, for a stop and for each fall.
func TestStepShapes(t *testing.T) {
	u := []float64{0.1, 0.15, 0.3, 0.42, 0.9}
	average := func(end float64) float64 {
		from := 0.0
		sum := 0.0
		for _, to := range append(append([]float64{}, u...), 1) {
			sum += quad.Fixed(func(tau float64) float64 {
				after := 0
				for _, at := range u {
					if at > tau {
						after++
					}
				}
				return math.Pow(end, float64(after)) / math.Pow(end+(1-end)*tau, float64(len(u)))
			}, from, to, 200, nil, 0)
			from = to
		}
		return sum
	}
	// A step before the first repeat is none that could be seen.
	before := func(end float64) float64 {
		n := len(u)
		return math.Pow(end, float64(n)) * math.Exp(stepLog(n, end, 1e-300, u[0]))
	}
	want := 0.5 * average(0)
	for _, end := range stepEnds {
		want += 0.5 / float64(len(stepEnds)) * (average(end) - before(end))
	}
	require.InDelta(t, math.Log(want), logMean(stepShapes(u)), 1e-9)
}

// TestSlopeShapes: each has the likelihood of its points by hand.
func TestSlopeShapes(t *testing.T) {
	u := []float64{0.2, 0.5, 0.6}
	shapes := slopeShapes(u)
	beta := math.Log(10)
	f := func(at float64) float64 { return math.Exp(-beta * at) }
	require.InDelta(t, math.Log(f(0.2)*f(0.5)*f(0.6))-3*math.Log(0.9/beta), shapes[2].log, 1e-12)
	require.InDelta(t, math.Log(0.8*0.5*0.4)-3*math.Log(0.5), shapes[len(shapes)-1].log, 1e-12)
	weight := 0.0
	for _, s := range shapes {
		weight += s.weight
	}
	require.InDelta(t, 1, weight, 1e-12)
}

// TestSlackened on histories that leave no doubt.
func TestSlackened(t *testing.T) {
	var steady, fading []float64
	for i := range 20 {
		steady = append(steady, float64(10*i))
		fading = append(fading, 15*float64(i)+0.6*float64(i*i))
	}
	for _, k := range []float64{0.5, 1, 4} {
		require.False(t, slackened(steady, 400, k), "stops")
		require.True(t, slackened(fading, 560, k), "fades")
		require.False(t, slackened(append(steady[:19:19], 300, 400), 420, k), "steps down")
	}
	require.False(t, slackened([]float64{0, 50, 400}, 900, 1), "too few to tell")
}

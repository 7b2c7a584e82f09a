package lifecycle

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"
)

// likelihoodByHand is the marginal likelihood of a rate over (0, 1): the integral
// over ln λ of the density of gamma gaps in the time that runs like the rate, times
// the chance of the open one. Relative to the rate's absence of it, the factors
// that all rates share fall out.
func likelihoodByHand(u []float64, k float64, rate func(float64) float64) float64 {
	integral := func(from, to float64) float64 { return quad.Fixed(rate, from, to, 400, nil, 0) }
	return quad.Fixed(func(lnRate float64) float64 {
		gap, p := distuv.Gamma{Alpha: k, Beta: math.Exp(lnRate)}, 1.0
		for i := 1; i < len(u); i++ {
			p *= rate(u[i]) * gap.Prob(integral(u[i-1], u[i]))
		}
		return p * gap.Survival(integral(u[len(u)-1], 1))
	}, -4, 9, 600, nil, 0)
}

// TestLikelihoodsOfRates holds those of slopes and steps against integrals.
func TestLikelihoodsOfRates(t *testing.T) {
	u := []float64{0, 0.1, 0.15, 0.3, 0.42, 0.7}
	beta := math.Log(10)
	rates := map[string]func(float64) float64{
		"slope": func(at float64) float64 { return math.Exp(-beta * at) },
		"line":  func(at float64) float64 { return 1 - 0.9*at },
	}
	for _, k := range []float64{1, 3} {
		r := newRenewals(u, 1, k)
		slopes := r.trends()
		got := map[string]float64{"slope": slopes[2].logLikelihood, "line": slopes[len(exponentialEnds)+1].logLikelihood}
		flat := r.logLikelihood(0, r.logs[5], 0.7, 0.3)
		for name, rate := range rates {
			want := math.Log(likelihoodByHand(u, k, rate) / likelihoodByHand(u, k, func(float64) float64 { return 1 }))
			require.InDelta(t, want, got[name]-flat, 1e-6, "%s, k = %v", name, k)
		}
		require.InDelta(t, flat, r.changePoint(4, 1-1e-12, 0.5), 1e-9, "a step that is none")
	}
}

// TestSteps holds the sum over points against the integral over the time of the
// step, which at k = 1 has a closed form for each gap.
func TestSteps(t *testing.T) {
	u := []float64{0, 0.1, 0.15, 0.3, 0.42, 0.7}
	n := len(u) - 1
	average := func(end float64, from int) float64 {
		sum := 0.0
		for j := from; j <= n+1; j++ {
			to := 1.0
			if j <= n {
				to = u[j]
			}
			sum += quad.Fixed(func(tau float64) float64 {
				return math.Pow(end, float64(n-j+1)) / math.Pow(end+(1-end)*tau, float64(n))
			}, u[j-1], to, 200, nil, 0)
		}
		return sum
	}
	want := 0.5 * average(0, n+1)
	for _, end := range stepEnds {
		want += 0.5 / float64(len(stepEnds)) * average(end, 2)
	}
	r := newRenewals(u, 1, 1)
	require.InDelta(t, math.Log(want), logMean(r.changePoints()), 2e-3)
	for _, shapes := range [][]weighted{r.changePoints(), r.trends()} {
		weight := 0.0
		for _, s := range shapes {
			weight += s.weight
		}
		require.LessOrEqual(t, weight, 1+1e-12)
	}
}

// Histories that leave no doubt.
func TestFellGradually(t *testing.T) {
	var steady, fading []float64
	for i := range 20 {
		steady = append(steady, float64(10*i))
		fading = append(fading, 15*float64(i)+0.6*float64(i*i))
	}
	for _, k := range []float64{0.5, 1, 4} {
		require.False(t, fellGradually(steady, 400, k), "stops")
		require.True(t, fellGradually(fading, 560, k), "fades")
	}
	require.False(t, fellGradually(append(steady[:19:19], 250, 330, 410, 490), 500, 4), "a regular buyer steps down")
	require.False(t, fellGradually([]float64{0, 50, 400}, 500, 1), "too few to tell")
	require.True(t, fellGradually([]float64{0, 20, 100, 400}, 900, 4), "just enough")
}

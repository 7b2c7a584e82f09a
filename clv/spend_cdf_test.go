package clv

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"
)

// The chance of a mean is the integral of its density, and the share of simulated
// customers.
func TestMeanAtMost(t *testing.T) {
	g := GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44} // of CDNOW, Fader, Hardie and Lee (2005b)
	for _, x := range []float64{1, 2, 9} {
		density := func(m float64) float64 { return math.Exp(g.LogLikelihood(x, m)) }
		at, from := 0., 0.
		for _, m := range []float64{5, 20, 35, 80, 200} {
			at += quad.Fixed(density, from, m, 200, nil, 0)
			from = m
			require.InDelta(t, at, g.MeanAtMost(m, x), 1e-9, "x %v, m %v", x, m)
		}
		require.InDelta(t, 1, g.MeanAtMost(1e9, x), 1e-9)
	}
	dice := rand.New(rand.NewPCG(1, 2))
	const customers, x = 40_000, 3
	below := 0.
	for range customers {
		nu := distuv.Gamma{Alpha: g.Q, Beta: g.Gamma, Src: dice}.Rand()
		if (distuv.Gamma{Alpha: g.P * x, Beta: nu, Src: dice}).Rand()/x <= 30 {
			below++
		}
	}
	p := g.MeanAtMost(30, x)
	require.InDelta(t, p, below/customers, 4*math.Sqrt(p*(1-p)/customers))

	require.Zero(t, g.MeanAtMost(0, 1))
	require.Zero(t, g.MeanAtMost(-1, 1))
	require.InDelta(t, 1, g.MeanAtMost(math.Inf(1), 1), 0)
	for _, bad := range [][2]float64{{1, 0.5}, {1, math.NaN()}, {math.NaN(), 1}, {1, math.Inf(1)}} {
		require.True(t, math.IsNaN(g.MeanAtMost(bad[0], bad[1])))
	}
}

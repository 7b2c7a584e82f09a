package clv

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// drawCountModel draws one of countModels with parameters over three orders of
// magnitude.
func drawCountModel(t *rapid.T) *Model {
	f, err := familyOf(rapid.SampledFrom(countModels).Draw(t, "model"))
	require.NoError(t, err)
	theta := make([]float64, len(f.params))
	for i, p := range f.params {
		theta[i] = math.Exp(rapid.Float64Range(-4, 4).Draw(t, "ln "+p.name))
	}
	return f.model(theta)
}

// drawCounts draws a history that the model allows.
func drawCounts(t *rapid.T, m *Model) (x, tx, end float64) {
	end = math.Floor(math.Exp(rapid.Float64Range(0, 7).Draw(t, "ln t"))) - 1
	tx = math.Floor(end * rapid.Float64Range(0, 1).Draw(t, "t_x/t"))
	if m.Name() == "sbg" {
		return tx, tx, end
	}
	if tx > 0 {
		x = 1 + math.Floor((tx-1)*rapid.Float64Range(0, 1).Draw(t, "x/t_x"))
	}
	return x, tx, end
}

func TestCountDerivatives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawCountModel(t)
		x, tx, end := drawCounts(t, m)
		p := Panel{X: []float64{x}, TX: []float64{tx}, T: []float64{end}, Weight: []float64{1}}
		requireDerivatives(t, m.family.likelihood(p), m.theta)
		ll, gradient := m.Gradient(x, tx, end)
		require.InDelta(t, m.LogLikelihood(x, tx, end), ll, 1e-12*(1+math.Abs(ll)))
		require.Len(t, gradient, len(m.theta))
	})
}

// Rows that share their silence give the bits of each alone.
func TestSharedSilence(t *testing.T) {
	m := model(t, "bg-bb", 0.4, 30, 0.6, 20)
	var p Panel
	for _, x := range []float64{0, 2} {
		for _, end := range []float64{5, 40, 255, 256, 257, 300, 500, 767, 768, 769, 2000, 1e5, 1e5 + 1, 1e9} {
			p.appendRow(x, 2*x, end, 1)
		}
	}
	var shared slope
	write := m.family.likelihood(p).at(m.theta, 1)()
	for i := range p.X {
		write(i, &shared)
		ll, gradient := m.Gradient(p.X[i], p.TX[i], p.T[i])
		requireSameBits(t, ll, shared.f)
		for j, g := range gradient {
			requireSameBits(t, g, shared.g[j])
		}
		requireClose(t, m.LogLikelihood(p.X[i], p.TX[i], p.T[i]), ll, 1e-13)
	}
}

// The chances of all histories of n opportunities add up to 1.
func TestHistoriesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawCountModel(t)
		n := float64(rapid.IntRange(0, 12).Draw(t, "n"))
		sum := 0.0
		for tx := range int(n) + 1 {
			for x := min(tx, 1); x <= tx; x++ {
				row := []float64{float64(x), float64(tx), n}
				if m.CheckRow(row[0], row[1], row[2]) != nil {
					continue
				}
				lnWays := 0.0 // to place the purchases before the last
				if x > 1 && m.Name() == "bg-bb" {
					lnWays = lnChoose(float64(tx-1), float64(x-1))
				}
				sum += math.Exp(lnWays + m.LogLikelihood(row[0], row[1], row[2]))
			}
		}
		require.InDelta(t, 1, sum, 1e-12)
	})
}

// lnChoose is ln C(n, k).
func lnChoose(n, k float64) float64 {
	all, _ := math.Lgamma(n + 1)
	some, _ := math.Lgamma(k + 1)
	others, _ := math.Lgamma(n - k + 1)
	return all - some - others
}

// The chances of all counts add up to 1 and to the mean CET; P(alive) is a
// chance, and falls with the horizon.
func TestCountPMFAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawCountModel(t)
		x, tx, end := drawCounts(t, m)
		h := rapid.Float64Range(0, 200).Draw(t, "h")
		sum, mean := 0., 0.
		for n := 0.; n <= h; n++ {
			p := m.PMFAhead(n, h, x, tx, end)
			requireUpTo(t, p, 1)
			sum += p
			mean += n * p
		}
		require.InDelta(t, 1, sum, 1e-12)
		require.InDelta(t, m.CET(h, x, tx, end), mean, 1e-11*max(1, mean))
		require.Zero(t, m.PMFAhead(math.Floor(h)+1, h, x, tx, end))

		pAlive := m.PAlive(x, tx, end)
		requireUpTo(t, pAlive, 1)
		requireUpTo(t, m.PAliveAt(h, x, tx, end), pAlive*slack)
		requireUpTo(t, m.PAliveAt(2*h, x, tx, end), m.PAliveAt(h, x, tx, end)*slack)
	})
}

// DECT rises with the horizon to DERT, falls with the rate of discount and goes
// to CET as that goes to 0.
func TestCountFutureIsOrdered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawCountModel(t)
		x, tx, end := drawCounts(t, m)
		h := rapid.Float64Range(0, 5000).Draw(t, "h")
		delta := rapid.Float64Range(1e-5, 3).Draw(t, "delta")
		for _, future := range []func(h, delta float64) float64{
			func(h, delta float64) float64 { return m.DECT(h, delta, x, tx, end) },
			func(h, delta float64) float64 { return m.AliveTime(h, delta, x, tx, end) },
		} {
			require.Zero(t, future(0.999, delta), "an opportunity is a whole one")
			value := future(h, delta)
			require.InDelta(t, value, future(math.Floor(h), delta), 0)
			requireUpTo(t, value, slack*future(2*h, delta))
			requireUpTo(t, future(2*h, delta), slack*future(math.Inf(1), delta))
			requireUpTo(t, future(h, 2*delta), slack*value)
			require.LessOrEqual(t, value, slack*min(h, 1/delta))
			undiscounted := future(h, 0)
			require.InDelta(t, undiscounted, future(h, 1e-13/max(1, h)), 1e-12*undiscounted)
		}
	})
}

// For ever and undiscounted there is a closed form, which long horizons come
// near to, and none where θ may be next to nothing.
func TestCountsForever(t *testing.T) {
	forever := math.Inf(1)
	m := model(t, "bg-bb", 1, 2, 3, 4)
	requireClose(t, m.CET(forever, 2, 3, 5), m.CET(1e9, 2, 3, 5), 1e-12)
	contract := model(t, "sbg", 3, 4)
	requireClose(t, 4./2, contract.CET(forever, 0, 0, 0), 1e-15)
	requireClose(t, contract.CET(forever, 7, 7, 7), contract.CET(1e9, 7, 7, 7), 1e-12)
	for _, lasting := range []*Model{model(t, "bg-bb", 1, 2, 1, 4), model(t, "sbg", 1, 4)} {
		require.True(t, math.IsInf(lasting.CET(forever, 0, 0, 0), 1))
		requireFinite(t, lasting.CET(1e15, 0, 0, 0), lasting.DECT(forever, 1e-300, 0, 0, 0))
		require.Zero(t, lasting.PAliveAt(forever, 0, 0, 0))
	}
}

// A lapsed contract has no future.
func TestLapsedContract(t *testing.T) {
	m := model(t, "sbg", 0.7, 1.2)
	require.Zero(t, m.PAlive(3, 3, 7))
	require.Zero(t, m.CET(math.Inf(1), 3, 3, 7))
	require.InDelta(t, 1, m.PMFAhead(0, 5, 3, 3, 7), 0)
	require.Zero(t, m.PMFAhead(1, 5, 3, 3, 7))
	require.InDelta(t, 1, m.PAlive(7, 7, 7), 0)
}

// What is drawn agrees with what is computed, one by one and where purchases
// are too many for that.
func TestCountDraws(t *testing.T) {
	const draws = 10_000
	for _, c := range []struct{ x, end, h, delta float64 }{{0, 2, 5, 0.1}, {2, 2, 40, 0.02}, {30, 30, 3000, 0.001}} {
		requireDraws(t, model(t, "bg-bb", 1.2, 0.7, 0.6, 9).after(c.x), c.h, c.delta, c.end, draws)
		requireDraws(t, model(t, "sbg", 0.7, 1.2).after(c.x), c.h, c.delta, c.end, draws)
	}
}

// Binomial draws have their mean and variance for any number of tosses.
func TestDrawBinomial(t *testing.T) {
	rng := newRand()
	for _, c := range []struct{ n, p float64 }{{40, 0.3}, {41, 0.3}, {1000, 0.002}, {1e6, 0.5}, {1e15, 0.9}, {1e40, 1e-40}} {
		var drawn, squares sample
		mean := c.n * c.p
		for range 20_000 {
			v := drawBinomial(rng, c.n, c.p)
			requireWithin(t, v, 0, c.n)
			drawn.add(v - mean)
			squares.add((v - mean) * (v - mean))
		}
		drawn.requireMean(t, 0)
		squares.requireMean(t, mean*(1-c.p))
	}
	require.Zero(t, drawBinomial(rng, 1e15, 0))
	require.InDelta(t, 1e15, drawBinomial(rng, 1e15, 1), 0)
}

// Each row gets the bits that the model's methods give for it alone, in any
// order, with any number of workers.
func TestCountScoreSameBits(t *testing.T) {
	for _, name := range countModels {
		m := model(t, name, []float64{0.5, 9, 0.7, 12}[:len(familyParams(t, name))]...)
		p := simulateCounts(m, newRand(), 500, func() float64 { return 30 })
		for _, h := range []float64{12, math.Inf(1)} {
			o := ScoreOptions{Horizon: h, Delta: 0.01, WithLogLikelihood: true, WithDECT: true, WithAliveTime: true}
			whole := Score(m, p, o)
			for i := range p.X {
				x, tx, end := p.X[i], p.TX[i], p.T[i]
				requireSameBits(t, m.LogLikelihood(x, tx, end), whole.LogLikelihood[i])
				requireSameBits(t, m.PAlive(x, tx, end), whole.PAlive[i])
				requireSameBits(t, m.CET(h, x, tx, end), whole.CET[i])
				requireSameBits(t, m.DECT(h, o.Delta, x, tx, end), whole.DECT[i])
				requireSameBits(t, m.AliveTime(h, o.Delta, x, tx, end), whole.AliveTime[i])
			}
			o.Workers = 3
			require.Equal(t, whole, Score(m, p, o))
			order := rand.New(rand.NewPCG(3, 3)).Perm(p.Len())
			mixed := Score(m, shuffled(p, rand.New(rand.NewPCG(3, 3))), o)
			for to, from := range order {
				requireSameBits(t, whole.AliveTime[from], mixed.AliveTime[to])
			}
		}
	}
}

// requireUpTo wants v from 0 to most.
func requireUpTo(t require.TestingT, v, most float64) {
	require.True(t, v >= 0 && v <= most, "%v is not from 0 to %v", v, most)
}

// familyParams are the parameters of a model.
func familyParams(t *testing.T, name string) []parameter {
	t.Helper()
	f, err := familyOf(name)
	require.NoError(t, err)
	return f.params
}

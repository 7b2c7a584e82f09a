package clv

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// simulate draws customers from the story the model tells, independently of its
// formulas.
func (m gompertz) simulate(rng *rand.Rand, customers int, watched func() float64) (p Panel) {
	rates := distuv.Gamma{Alpha: m.r, Beta: m.alpha, Src: rng}
	risks := distuv.Gamma{Alpha: m.s, Beta: m.beta, Src: rng}
	for range customers {
		rate, end := rates.Rand(), watched()
		leaves := math.Log1p(rng.ExpFloat64()/risks.Rand()) / m.b
		x, last := 0., 0.
		for now := rng.ExpFloat64() / rate; now <= min(end, leaves); now += rng.ExpFloat64() / rate {
			x++
			last = now
		}
		p.appendRow(x, last, end, 1)
	}
	return p
}

// drawGompertz draws a model with parameters over some orders of magnitude.
func drawGompertz(t *rapid.T) *Model {
	return gompertzFamily.model(drawTheta(t, gompertzFamily.params))
}

// A fit to simulated customers finds the parameters they were drawn from, to within
// four of its own standard errors.
func TestFitGompertzRecovers(t *testing.T) {
	for _, truth := range []gompertz{
		{r: 0.8, alpha: 4, b: 0.1, s: 0.8, beta: 10},
		{r: 2, alpha: 2, b: 0.05, s: 1.5, beta: 3},
	} {
		rng := rand.New(rand.NewPCG(11, 12))
		p := truth.simulate(rng, 8_000, func() float64 { return 80 + 20*rng.Float64() })
		fit, err := FitModel("ggompertz-nbd", p, 2)
		require.NoError(t, err)
		require.Equal(t, "ggompertz-nbd", fit.Model.Name(), fit.Note.String())
		require.Empty(t, fit.Note.String())
		for i, want := range []float64{truth.r, truth.alpha, truth.b, truth.s, truth.beta} {
			got := fit.Params[i]
			require.InDelta(t, want, got.Value, 4*got.StdErr, got.Name)
			require.Less(t, got.StdErr, want/3, got.Name)
		}
	}
}

func TestGompertzDerivatives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		theta := drawTheta(t, gompertzFamily.params)
		for i := range theta {
			theta[i] = math.Sqrt(theta[i]) // further out, and for large x, differences show too few digits
		}
		x, tx, end := drawRow(t)
		x = min(x, 150)
		p := Panel{X: []float64{x}, TX: []float64{tx}, T: []float64{end}, Weight: []float64{1}}
		requireDerivatives(t, gompertzLikelihood(p), theta)
		m := gompertzFamily.model(theta)
		ll, _ := m.Gradient(x, tx, end)
		require.InDelta(t, m.LogLikelihood(x, tx, end), ll, 1e-11*(math.Abs(ll)+x+1))
	})
}

// The two chances of who comes first add up to 1.
func TestGompertzRace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newGompertz(drawTheta(t, gompertzFamily.params))
		x, _, y := drawRow(t)
		leaves, buys := m.agingFrom(x, y).chances()
		require.InDelta(t, 1, leaves+buys, 1e-12)
		lnLeaves, lnBuys := m.historyOf(x).(*gompertzHistory).lnChances(y)
		require.InDelta(t, math.Log(leaves), lnLeaves, 1e-11)
		require.InDelta(t, math.Log(buys), lnBuys, 1e-11)
	})
}

func TestGompertzFuture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawGompertz(t)
		x, tx, end := drawRow(t)
		pAlive := m.PAlive(x, tx, end)
		require.True(t, pAlive >= 0 && pAlive <= 1)
		require.LessOrEqual(t, m.PAlive(x, tx, end+1), pAlive*slack)
		h, delta := rapid.Float64Range(0.01, 1000).Draw(t, "h"), rapid.Float64Range(1e-5, 1).Draw(t, "delta")
		require.Zero(t, m.CET(0, x, tx, end))
		for _, future := range []func(h, delta float64) float64{
			func(h, delta float64) float64 { return m.DECT(h, delta, x, tx, end) },
			func(h, delta float64) float64 { return m.AliveTime(h, delta, x, tx, end) },
		} {
			value := future(h, delta)
			require.GreaterOrEqual(t, value, 0.)
			require.LessOrEqual(t, value, slack*future(2*h, delta), "rises in h")
			require.LessOrEqual(t, future(2*h, delta), slack*future(math.Inf(1), delta), "to the value for ever")
			require.LessOrEqual(t, future(h, 2*delta), slack*value, "falls in delta")
			require.LessOrEqual(t, value, slack*future(h, 0))
		}
		require.False(t, math.IsInf(m.CET(math.Inf(1), x, tx, end), 0))
	})
}

// The chances of all counts add up to 1 and to the mean CET.
func TestGompertzPMFAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawGompertz(t)
		x, tx, end := drawRow(t)
		h := rapid.Float64Range(0.01, 60).Draw(t, "h")
		cet, sum, mean := m.CET(h, x, tx, end), 0., 0.
		for n := 0.; n < 40+20*cet || m.PMFAhead(n, h, x, tx, end)*n*n > 1e-13; n++ {
			p := m.PMFAhead(n, h, x, tx, end)
			sum += p
			mean += n * p
			if n > 1000 { // a tail as fat as that is another test's
				return
			}
		}
		require.InDelta(t, 1, sum, 1e-9)
		require.InDelta(t, cet, mean, 1e-8*max(1, cet))
	})
}

func TestGompertzDraws(t *testing.T) {
	const draws = 20_000
	for _, c := range []struct{ x, h, delta, end float64 }{{0, 20, 0.01, 10}, {7, 100, 0.02, 39}} {
		requireDraws(t, model(t, "ggompertz-nbd", 0.5, 6, 0.05, 0.8, 4).after(c.x), c.h, c.delta, c.end, draws)
	}
}

// Where b and beta are next to nothing the model is Pareto/NBD.
func TestGompertzIsParetoAtTheLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		theta := drawTheta(t, paretoFamily.params)
		const b = 1e-9
		lasting := paretoFamily.model(theta)
		aging := gompertzFamily.model([]float64{theta[iR], theta[iAlpha], b, theta[iS], b * theta[iBeta]})
		x, tx, end := drawRow(t)
		ll := lasting.LogLikelihood(x, tx, end)
		require.InDelta(t, ll, aging.LogLikelihood(x, tx, end), 1e-6*(1+math.Abs(ll)))
		require.InDelta(t, lasting.PAlive(x, tx, end), aging.PAlive(x, tx, end), 1e-5)
		require.InDelta(t, lasting.CET(39, x, tx, end), aging.CET(39, x, tx, end), 1e-5*(1+lasting.CET(39, x, tx, end)))
	})
}

// Times in another unit: LL - (sum x) ln c, alpha times c, b over c, nothing else.
func TestFitGompertzUnitChange(t *testing.T) {
	const c = 7.
	rng := rand.New(rand.NewPCG(11, 12))
	p := gompertz{r: 0.8, alpha: 4, b: 0.1, s: 0.8, beta: 10}.simulate(rng, 2_000, func() float64 { return 90 })
	sumX := 0.
	for _, x := range p.X {
		sumX += x
	}
	before, err := FitModel("ggompertz-nbd", p, 1)
	require.NoError(t, err)
	after, err := FitModel("ggompertz-nbd", scaleTimes(p, c), 1)
	require.NoError(t, err)
	requireClose(t, before.LogLikelihood-sumX*math.Log(c), after.LogLikelihood, 1e-12)
	for i, factor := range []float64{1, c, 1 / c, 1, 1} {
		requireClose(t, factor*before.Params[i].Value, after.Params[i].Value, 1e-7)
		requireClose(t, factor*before.Params[i].StdErr, after.Params[i].StdErr, 1e-6)
	}
}

func TestExtremeGompertz(t *testing.T) {
	requireExtremesWork(t, 300, func(e extremes) *Model {
		return model(t, "ggompertz-nbd", e.param(), e.param(), e.param(), e.param(), e.param())
	})
}

package clv

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/clv/internal/special"
)

// paretoModels are the models whose tests stand here.
var paretoModels = []string{"pareto-nbd", "nbd"}

// drawPareto draws one of them with parameters over three orders of magnitude.
func drawPareto(t *rapid.T) *Model {
	f, err := familyOf(rapid.SampledFrom(paretoModels).Draw(t, "model"))
	require.NoError(t, err)
	theta := make([]float64, len(f.params))
	for i, p := range f.params {
		theta[i] = math.Exp(rapid.Float64Range(-4, 4).Draw(t, "ln "+p.name))
	}
	return f.model(theta)
}

func TestParetoDerivatives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, tx, end := drawRow(t)
		x = min(x, 50) // or differences drown in rounding
		if rapid.Bool().Draw(t, "bought today") && x > 0 {
			tx = end
		}
		p := Panel{X: []float64{x}, TX: []float64{tx}, T: []float64{end}, Weight: []float64{1}}
		theta := make([]float64, 4)
		for i := range theta {
			theta[i] = math.Exp(rapid.Float64Range(-5, 6).Draw(t, "ln parameter"))
		}
		requireDerivatives(t, paretoLikelihood(p), theta)
		requireDerivatives(t, nbdLikelihood(p), theta[:2])
	})
}

// The likelihood that is maximised is the one that the model reports, at any
// parameters of the box and in both of the ways in which rows share pairs.
func TestParetoFitSameLikelihood(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := pareto{r: drawLog(t, "r", 1e-6, 1e6), alpha: drawLog(t, "alpha", 1e-6, 1e6), s: drawLog(t, "s", 1e-6, 1e6), beta: drawLog(t, "beta", 1e-6, 1e6)}
		theta := []float64{m.r, m.alpha, m.s, m.beta}
		x, tx, end := drawRow(t)
		var p Panel
		for range 3 {
			p.appendRow(x, tx, end, 1)
			p.appendRow(x, tx, end+1, 1)
		}
		once := Panel{X: p.X[:2], TX: p.TX[:2], T: p.T[:2], Weight: p.Weight[:2]}
		shared, alone := paretoLikelihood(p).sum(theta, 2), paretoLikelihood(once).sum(theta, 1)
		want := m.logLikelihood(x, tx, end) + m.logLikelihood(x, tx, end+1)
		size := math.Abs(want) + math.Abs(special.LnRising(m.r, x)) + m.r*math.Log1p((end+1)/m.alpha) + 1
		require.InDelta(t, want, alone.f, 1e-12*size)
		require.InDelta(t, 3*alone.f, shared.f, 1e-13*size)
		simple, sharedNBD := nbd{r: m.r, alpha: m.alpha}, nbdLikelihood(p).sum(theta[:2], 2)
		require.InDelta(t, 3*(simple.logLikelihood(x, tx, end)+simple.logLikelihood(x, tx, end+1)), sharedNBD.f, 1e-12*size)
	})
}

func TestParetoPAlive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawPareto(t)
		x, tx, end := drawRow(t)
		pAlive := m.PAlive(x, tx, end)
		requireWithinRapid(t, pAlive, 0, 1)
		require.LessOrEqual(t, m.PAlive(x, tx, end+1), slack*pAlive, "the longer the silence, the less likely")
		require.InDelta(t, 1, m.PAlive(x, end*min(x, 1), end*min(x, 1)), 1e-14, "bought just now")
		h := rapid.Float64Range(0, 100).Draw(t, "h")
		require.LessOrEqual(t, m.PAliveAt(h, x, tx, end), slack*pAlive)
		require.InDelta(t, pAlive, m.PAliveAt(0, x, tx, end), 0)
		if m.Name() == "nbd" {
			require.InDelta(t, 1, m.PAliveAt(h, x, tx, end), 0)
		}
	})
}

func TestParetoFutureIsOrdered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawPareto(t)
		x, tx, end := drawRow(t)
		h := rapid.Float64Range(0.01, 1000).Draw(t, "h")
		delta := rapid.Float64Range(1e-5, 1).Draw(t, "delta")

		require.Zero(t, m.CET(0, x, tx, end))
		require.Zero(t, m.DECT(0, delta, x, tx, end))
		require.Zero(t, m.AliveTime(0, delta, x, tx, end))
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
			require.InDelta(t, future(h, 0), future(h, 1e-13/h), 1e-12*future(h, 0), "delta to 0")
			require.InDelta(t, future(math.Inf(1), delta), future(50/delta, delta), 1e-12*value, "h to the end")
		}
		require.LessOrEqual(t, m.AliveTime(h, delta, x, tx, end), slack*min(h, 1/delta))
	})
}

// The rate of discount acts as one more way to leave: integrating the survival
// curve S by parts,
//
//	δ ∫_0^h e^-δu S(u) du = 1 - e^-δh S(h) - s/b ∫_0^h e^-δu (1+u/b)^-(s+1) du.
func TestParetoTimeByParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, b := drawLog(t, "s", 1e-6, 1e6), drawLog(t, "b", 1e-6, 1e6)
		h, delta := drawLog(t, "h", 1e-6, 1e6), drawLog(t, "delta", 1e-6, 1e6)
		stays := math.Exp(-delta*h - s*math.Log1p(h/b))
		leaves := s / b * paretoTime(s+1, b, h, delta)
		require.InDelta(t, 1, delta*paretoTime(s, b, h, delta)+stays+leaves, 1e-13)
	})
}

// Without end and discount, mean rates times the mean time left.
func TestParetoForever(t *testing.T) {
	m := model(t, "pareto-nbd", 2, 5, 3, 10)
	requireClose(t, (2.+4)/(5+30)*(10+30)/(3-1), m.CET(math.Inf(1), 4, 30, 30), 1e-14)
	requireClose(t, m.CET(math.Inf(1), 4, 20, 30), m.CET(1e12, 4, 20, 30), 1e-14)
	require.Zero(t, m.PAliveAt(math.Inf(1), 4, 20, 30))
	for _, s := range []float64{0.5, 1} {
		lasting := model(t, "pareto-nbd", 2, 5, s, 10)
		require.True(t, math.IsInf(lasting.CET(math.Inf(1), 4, 20, 30), 1))
		requireFinite(t, lasting.DECT(math.Inf(1), 1e-9, 4, 20, 30))
	}
	n := model(t, "nbd", 2, 5)
	require.True(t, math.IsInf(n.CET(math.Inf(1), 4, 20, 30), 1))
	requireClose(t, (2.+4)/(5+30)/0.01, n.DECT(math.Inf(1), 0.01, 4, 20, 30), 1e-15)
	require.InDelta(t, 1, n.PAliveAt(math.Inf(1), 4, 20, 30), 0)
}

// Near s = 1 the closed form is 0/0.
func TestParetoNearOne(t *testing.T) {
	for _, h := range []float64{1e-9, 1, 52, 1e9} {
		one := paretoTime(1, 50, h, 0)
		requireClose(t, 50*math.Log1p(h/50), one, 1e-15)
		for _, gap := range []float64{1e-15, 1e-12, 1e-9} {
			requireClose(t, one, paretoTime(1+gap, 50, h, 0), 20*gap)
			requireClose(t, one, paretoTime(1-gap, 50, h, 0), 20*gap)
		}
	}
}

// Customers who hardly leave are those of NBD.
func TestParetoNearNBD(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, tx, end := drawRow(t)
		r, alpha := drawLog(t, "r", 0.05, 50), drawLog(t, "alpha", 0.05, 50)
		leaving, lasting := pareto{r: r, alpha: alpha, s: 1e-12, beta: 1}, nbd{r: r, alpha: alpha}
		want := lasting.logLikelihood(x, tx, end)
		got := leaving.logLikelihood(x, tx, end)
		// A long silence makes even a very unlikely leaver likely.
		if leaving.pAlive(x, tx, end) < 1-1e-9 {
			require.GreaterOrEqual(t, got, want-1e-9)
			return
		}
		require.InDelta(t, want, got, 1e-8)
		purchases, time := leaving.after(x).ahead(39, 0.01, end)
		wantPurchases, wantTime := lasting.after(x).ahead(39, 0.01, end)
		require.InDelta(t, wantPurchases, purchases, 1e-9*wantPurchases)
		require.InDelta(t, wantTime, time, 1e-9*wantTime)
		require.InDelta(t, lasting.after(x).pmf(3, 39, end), leaving.after(x).pmf(3, 39, end), 1e-9)
	})
}

// The chances of all counts add up to 1 and to the mean CET, and that of none is
// no smaller than the chance of having left.
func TestParetoPMFAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawPareto(t)
		x, tx, end := drawRow(t)
		h := rapid.Float64Range(0.01, 60).Draw(t, "h")
		cet := m.CET(h, x, tx, end)
		ahead := m.after(x)
		if alive, _ := ahead.ahead(h, 0, end); alive > 200 {
			return // too many to add up
		}
		pAlive := m.PAlive(x, tx, end)
		sum, mean := 0., 0.
		n := 0.
		for p := 1.; n < 40+20*cet || p*n*n > 1e-13; n++ {
			p = m.PMFAhead(n, h, x, tx, end)
			sum += p
			mean += n * p
			if n > 2e3 { // a tail as fat as that is another test's
				return
			}
		}
		require.InDelta(t, 1, sum, 1e-10)
		require.InDelta(t, cet, mean, 1e-9*max(1, cet))
		require.LessOrEqual(t, 1-pAlive, slack*m.PMFAhead(0, h, x, tx, end))
	})
}

// P(n) of the Pareto/NBD model against a sum over a fine grid of τ.
func TestParetoPMFByGrid(t *testing.T) {
	m := model(t, "pareto-nbd", 0.55, 10.6, 0.61, 11.7)
	ahead := m.after(3).(lifetime)
	const h, end, steps = 20., 30., 200_000
	for _, n := range []float64{0, 1, 5, 40} {
		want := math.Exp(special.LnNegativeBinomial(n, 3.55, h/40.6)) * ahead.survival(h, end)
		for i := range steps {
			tau := h * (float64(i) + 0.5) / steps
			density := 0.61 / 41.7 * math.Pow(1+tau/41.7, -1.61)
			want += h / steps * density * math.Exp(special.LnNegativeBinomial(n, 3.55, tau/40.6))
		}
		requireClose(t, want, ahead.pmf(n, h, end), 1e-9, "n=%v", n)
	}
}

// What a cohort is expected to do after t, given what each of it has done by then,
// averages to what it was expected to do all along.
func TestParetoAveragesToUnconditional(t *testing.T) {
	rng := rand.New(rand.NewPCG(41, 42))
	truth := pareto{r: 0.6, alpha: 8, s: 0.7, beta: 12}
	const customers, end, h = 40_000, 30., 25.
	p := truth.simulate(rng, customers, func() float64 { return end }, 0)
	m := model(t, "pareto-nbd", truth.r, truth.alpha, truth.s, truth.beta)
	s := Score(m, p, ScoreOptions{Horizon: h})
	var cet, pAlive sample
	for i := range s.CET {
		cet.add(s.CET[i])
		pAlive.add(s.PAlive[i])
	}
	cet.requireMean(t, m.Expected(end+h)-m.Expected(end))
	pAlive.requireMean(t, m.PAliveAt(end, 0, 0, 0))
}

// Times in another unit change no prediction.
func TestParetoUnitChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, tx, end := drawRow(t)
		for _, name := range paretoModels {
			f, err := familyOf(name)
			require.NoError(t, err)
			var weekly, daily []float64
			for _, p := range f.params {
				v := math.Exp(rapid.Float64Range(-3, 4).Draw(t, "ln "+p.name))
				weekly, daily = append(weekly, v), append(daily, v)
				if p.scales {
					daily[len(daily)-1] *= 7
				}
			}
			week, day := f.model(weekly), f.model(daily)
			same := func(want, got float64) { require.InDelta(t, want, got, 1e-11*math.Abs(want)+1e-300) }
			same(week.PAlive(x, tx, end), day.PAlive(x, 7*tx, 7*end))
			same(week.CET(52, x, tx, end), day.CET(364, x, 7*tx, 7*end))
			same(week.DECT(52, 0.07, x, tx, end), day.DECT(364, 0.01, x, 7*tx, 7*end))
			same(7*week.AliveTime(52, 0.07, x, tx, end), day.AliveTime(364, 0.01, x, 7*tx, 7*end))
			ll := week.LogLikelihood(x, tx, end)
			require.InDelta(t, ll-x*math.Log(7), day.LogLikelihood(x, 7*tx, 7*end), 1e-11*(math.Abs(ll)+x+1))
		}
	})
}

func TestParetoDraws(t *testing.T) {
	const draws = 20_000
	for _, c := range []struct{ x, tx, end, h, delta float64 }{{0, 0, 10, 20, 0.01}, {7, 30, 39, 100, 0.02}, {400, 30, 39, 30, 0.05}} {
		requireDraws(t, model(t, "pareto-nbd", 0.5, 6, 0.8, 12).after(c.x), c.h, c.delta, c.end, draws)
		requireDraws(t, model(t, "nbd", 0.5, 6).after(c.x), c.h, c.delta, c.end, draws)
	}
}

// However often a customer buys, a draw takes no longer.
func TestParetoDrawsAreBounded(t *testing.T) {
	m := model(t, "pareto-nbd", 1e12, 1e-12, 1e-12, 1e12)
	rng := newRand()
	for range 1000 {
		f := m.after(MaxCount).draw(rng, MaxTime, 0.01, 0)
		requireFinite(t, f.purchases, f.discounted, f.time)
		require.InEpsilon(t, (1e12+MaxCount)*1e12*MaxTime, f.purchases, 0.02)
		require.InEpsilon(t, (1e12+MaxCount)*1e12/0.01, f.discounted, 0.02)
	}
}

// Each row gets the bits that the model's methods give for it alone, in any panel,
// in any order, with any number of workers.
func TestParetoScoreSameBits(t *testing.T) {
	p := smallPanel()
	for _, m := range []*Model{model(t, "pareto-nbd", 0.3, 5, 0.8, 9), model(t, "nbd", 0.3, 5)} {
		for _, h := range []float64{39, math.Inf(1)} {
			o := ScoreOptions{Horizon: h, Delta: 0.002, WithLogLikelihood: true, WithDECT: true, WithAliveTime: true}
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
			half := Panel{X: p.X[100:], TX: p.TX[100:], T: p.T[100:]}
			require.Equal(t, whole.DECT[100:], Score(m, half, o).DECT)
			mixed := Score(m, shuffled(p, rand.New(rand.NewPCG(3, 3))), o)
			for to, from := range rand.New(rand.NewPCG(3, 3)).Perm(p.Len()) {
				requireSameBits(t, whole.PAlive[from], mixed.PAlive[to])
				requireSameBits(t, whole.DECT[from], mixed.DECT[to])
			}
		}
	}
}

// requireWithinRapid is requireWithin for drawn values.
func requireWithinRapid(t *rapid.T, v, low, high float64) {
	require.True(t, v >= low && v <= high, "%v is not from %v to %v", v, low, high)
}

// The two ways to integrate over when a customer leaves agree where both serve.
func TestLeaversByTimeAndByItsLogarithm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := lifetime{
			shape: drawLog(t, "shape", 1e-3, 1e3), alpha: drawLog(t, "α", 1e-3, 1e3),
			s: drawLog(t, "s", 1e-3, 1e3), beta: drawLog(t, "β", 1e-3, 1e3),
		}
		n := float64(rapid.IntRange(0, fewCounts).Draw(t, "n"))
		h := drawLog(t, "h", 1e-6, 1e6)
		c := newLeaverCount(n, l, drawLog(t, "t", 1e-3, 1e3))
		require.InEpsilon(t, c.upTo(math.Log(h)), c.within(h), 1e-11)
	})
}

package clv

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// betaGeometrics are the models whose tests stand beside theirs.
var betaGeometrics = []string{"bg-nbd", "mbg-nbd"}

// drawFamily draws one of them.
func drawFamily(t *rapid.T) family {
	f, err := familyOf(rapid.SampledFrom(betaGeometrics).Draw(t, "model"))
	require.NoError(t, err)
	return f
}

// drawModel draws one of them with parameters over three orders of magnitude, or
// one of their kin with regular purchases.
func drawModel(t *rapid.T) *Model {
	f := drawFamily(t)
	theta := drawTheta(t, f.params)
	k := rapid.SampledFrom([]int{1, 1, 1, 2, 3, 4}).Draw(t, "k")
	if k == 1 {
		return f.model(theta)
	}
	f, err := familyOf(strings.TrimSuffix(f.name, "nbd") + "cnbd-k")
	require.NoError(t, err)
	return f.model(append([]float64{float64(k)}, theta...))
}

func drawTheta(t *rapid.T, params []parameter) []float64 {
	theta := make([]float64, len(params))
	for i, p := range params {
		theta[i] = math.Exp(rapid.Float64Range(-4, 4).Draw(t, "ln "+p.name))
	}
	return theta
}

// drawSurvivor draws the prospect of customers of BG/NBD or MBG/NBD.
func drawSurvivor(t *rapid.T) (c *survivor, end float64) {
	f := drawFamily(t)
	x, _, end := drawRow(t)
	return f.model(drawTheta(t, f.params)).after(x).(*survivor), end
}

// drawRow draws a customer's history.
func drawRow(t *rapid.T) (x, tx, end float64) {
	x = math.Floor(math.Exp(rapid.Float64Range(0, 7).Draw(t, "ln x"))) - 1
	end = rapid.Float64Range(0, 500).Draw(t, "t")
	if x > 0 {
		tx = end * rapid.Float64Range(0, 1).Draw(t, "t_x/t")
	}
	return x, tx, end
}

// slack allows for rounding where two numbers may be equal.
const slack = 1 + 1e-12

func TestPAliveIsProbability(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		x, tx, end := drawRow(t)
		pAlive := m.PAlive(x, tx, end)
		require.GreaterOrEqual(t, pAlive, 0.)
		require.LessOrEqual(t, pAlive, 1.)
		// The longer the silence, the less likely.
		require.LessOrEqual(t, m.PAlive(x, tx, end+1), pAlive)
	})
}

func TestFutureIsOrdered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
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
		}
		undiscounted := m.CET(h, x, tx, end)
		require.InDelta(t, undiscounted, m.DECT(h, 1e-13/h, x, tx, end), 1e-12*undiscounted, "delta to 0")
		require.LessOrEqual(t, m.AliveTime(h, delta, x, tx, end), slack*min(h, 1/delta))
	})
}

// A leaver's last purchase lies before the horizon or the customer is still
// alive at it: integrating the survival curve S by parts,
//
//	E[p purchases] + delta E[time] = 1 - exp(-delta h) S(h),
//
// so the left side without its p is at least the right one.
func TestFutureAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ahead, end := drawSurvivor(t)
		h := rapid.Float64Range(0.01, 300).Draw(t, "h")
		delta := rapid.Float64Range(1e-4, 1).Draw(t, "delta")
		purchases, time := ahead.ahead(h, delta, end)
		survives, _ := ahead.at(h / (ahead.alpha + end))
		require.GreaterOrEqual(t, slack*(purchases+delta*time)+1e-14, 1-math.Exp(-delta*h)*survives)
	})
}

// Without end and discount the integrals have a closed form, E[1/p] purchases
// and E[1/p] A/(s-1) of time, which a very long horizon comes near to.
func TestForever(t *testing.T) {
	for _, name := range betaGeometrics {
		m := model(t, name, 3, 5, 4, 9)
		for _, x := range []float64{0, 1, 30} {
			requireClose(t, m.CET(math.Inf(1), x, 0, 10), m.CET(1e9, x, 0, 10), 1e-12)
			requireClose(t, m.AliveTime(math.Inf(1), 0, x, 0, 10), m.AliveTime(1e14, 0, x, 0, 10), 1e-11)
		}
		lasting := model(t, name, 0.5, 5, 1, 9)
		require.True(t, math.IsInf(lasting.CET(math.Inf(1), 0, 0, 10), 1))
		require.False(t, math.IsInf(lasting.DECT(math.Inf(1), 1e-9, 0, 0, 10), 0))
	}
}

// Times in another unit change no prediction.
func TestScoreUnitChange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFamily(t)
		weekly := []float64{0.3, 5, rapid.Float64Range(0.05, 3).Draw(t, "a"), 2.5}
		daily := []float64{0.3, 5 * 7, weekly[2], 2.5}
		week, day := f.model(weekly), f.model(daily)
		x, tx, end := drawRow(t)
		same := func(want, got float64) { require.InDelta(t, want, got, 1e-11*math.Abs(want)+1e-300) } // below, floats lose digits
		same(week.PAlive(x, tx, end), day.PAlive(x, 7*tx, 7*end))
		same(week.CET(52, x, tx, end), day.CET(364, x, 7*tx, 7*end))
		same(week.DECT(52, 0.07, x, tx, end), day.DECT(364, 0.01, x, 7*tx, 7*end))
		same(7*week.AliveTime(52, 0.07, x, tx, end), day.AliveTime(364, 0.01, x, 7*tx, 7*end))
		ll := week.LogLikelihood(x, tx, end)
		require.InDelta(t, ll-x*math.Log(7), day.LogLikelihood(x, 7*tx, 7*end), 1e-11*(math.Abs(ll)+x+1))
	})
}

func requireSameBits(t *testing.T, want, got float64) {
	t.Helper()
	require.Equal(t, math.Float64bits(want), math.Float64bits(got), "%v and %v", want, got)
}

// Each row gets the bits that the model's methods give for it alone, in any
// panel, in any order, with any number of workers.
func TestScoreSameBits(t *testing.T) {
	p := smallPanel()
	for _, name := range betaGeometrics {
		m := model(t, name, 0.3, 5, 0.8, 2.5)
		for _, h := range []float64{39, math.Inf(1)} {
			o := ScoreOptions{Horizon: h, Delta: 0.002, WithLogLikelihood: true, WithDECT: true, WithDERT: true, WithAliveTime: true}
			whole := Score(m, p, o)
			for i := range p.X {
				x, tx, end := p.X[i], p.TX[i], p.T[i]
				requireSameBits(t, m.LogLikelihood(x, tx, end), whole.LogLikelihood[i])
				requireSameBits(t, m.PAlive(x, tx, end), whole.PAlive[i])
				requireSameBits(t, m.CET(h, x, tx, end), whole.CET[i])
				requireSameBits(t, m.DECT(h, o.Delta, x, tx, end), whole.DECT[i])
				requireSameBits(t, m.DECT(math.Inf(1), o.Delta, x, tx, end), whole.DERT[i])
				requireSameBits(t, m.AliveTime(h, o.Delta, x, tx, end), whole.AliveTime[i])
			}
			o.Workers = 3
			require.Equal(t, whole, Score(m, p, o))
			half := Panel{X: p.X[100:], TX: p.TX[100:], T: p.T[100:]}
			require.Equal(t, whole.DECT[100:], Score(m, half, o).DECT)
			rng := rand.New(rand.NewPCG(3, 3))
			order := rand.New(rand.NewPCG(3, 3)).Perm(p.Len())
			mixed := Score(m, shuffled(p, rng), o)
			for to, from := range order {
				requireSameBits(t, whole.AliveTime[from], mixed.AliveTime[to])
			}
		}
	}
}

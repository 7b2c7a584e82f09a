package clv

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"clientele/clv/internal/special"
)

// condensedNames are the models of regular purchases, by the tosses at the first
// one.
var condensedNames = []string{"bg-cnbd-k", "mbg-cnbd-k"}

// simulate draws customers from the story the model tells, independently of its
// formulas, with the gaps between their purchases.
func (m condensed) simulate(rng *rand.Rand, customers int, watched func() float64) (p Panel) {
	rates := distuv.Gamma{Alpha: m.r, Beta: m.alpha, Src: rng}
	dropouts := distuv.Beta{Alpha: m.a, Beta: m.b, Src: rng}
	for range customers {
		rate, dropout, end := rates.Rand(), dropouts.Rand(), watched()
		x, last, lnGaps := 0., 0., 0.
		for alive := m.first == 0 || rng.Float64() >= dropout; alive; alive = rng.Float64() >= dropout {
			gap := 0.
			for range m.k {
				gap += rng.ExpFloat64() / rate
			}
			if last+gap > end {
				break
			}
			x++
			last += gap
			lnGaps += math.Log(gap)
		}
		p.appendRow(x, last, end, 1)
		p.LnGaps = append(p.LnGaps, lnGaps)
	}
	return p
}

// A fit to simulated customers finds their k, and the parameters they were drawn
// from to within four of its own standard errors.
func TestFitCondensedRecovers(t *testing.T) {
	for _, truth := range []condensed{
		{betaGeometric{first: 0, r: 0.8, alpha: 3, a: 0.8, b: 2.5}, 2},
		{betaGeometric{first: 1, r: 1.3, alpha: 3, a: 0.7, b: 1.6}, 3},
		{betaGeometric{first: 1, r: 2, alpha: 0.5, a: 1, b: 4}, 7},
	} {
		rng := rand.New(rand.NewPCG(11, 12))
		p := truth.simulate(rng, 10_000, func() float64 { return 26 + 26*rng.Float64() })
		fit, err := FitModel(condensedNames[int(truth.first)], p, 2)
		require.NoError(t, err)
		require.Equal(t, float64(truth.k), fit.Params[0].Value) //nolint:testifylint // a whole number
		for i, want := range []float64{truth.r, truth.alpha, truth.a, truth.b} {
			got := fit.Params[1+i]
			require.InDelta(t, want, got.Value, 4*got.StdErr, "k %d, %s", truth.k, got.Name)
			require.Less(t, got.StdErr, want/4, "k %d, %s", truth.k, got.Name)
		}
	}
}

func TestCondensedDerivatives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		theta := drawTheta(t, betaGeometricParams)
		x, tx, end := drawRow(t)
		p := Panel{X: []float64{x}, TX: []float64{tx}, T: []float64{end}, Weight: []float64{1}}
		for _, k := range []int{2, 4, MaxStages} {
			for first := range condensedNames {
				requireDerivatives(t, condensedLikelihood(p, float64(first), k), theta)
			}
		}
	})
}

// The log-likelihood that is maximised is the model's own, with gaps and without.
func TestCondensedGradientValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		x, tx, end := drawRow(t)
		ll, gradient := m.Gradient(x, tx, end)
		require.Len(t, gradient, len(m.Params()))
		require.InDelta(t, m.LogLikelihood(x, tx, end), ll, 1e-11*(math.Abs(ll)+x+1))
	})
}

// What t_x tells of the stage, averaged over all t_x that a customer alive may have,
// is what is known of it without.
func TestStagesWithoutTX(t *testing.T) {
	m := condensed{betaGeometric{first: 1, r: 0.7, alpha: 3, a: 0.8, b: 2}, 3}
	const end, steps = 30., 200_000
	for _, x := range []float64{1, 4} {
		events := m.events(x)
		want, total := make([]float64, m.k), 0.
		chances := make([]float64, m.k)
		for i := range steps {
			tx := end * (float64(i) + 0.5) / steps
			m.stageChances(x, tx, end, chances)
			// The density of t_x of those alive: kx events to it, and fewer than k after.
			weight := math.Pow(tx/end, events-1) * m.stageSum(x, tx, end)
			total += weight
			for j, chance := range chances {
				want[j] += weight * chance
			}
		}
		got := m.after(x).(someStage).chances(end)
		for j := range got {
			require.InDelta(t, want[j]/total, got[j], 1e-7, "x %v, stage %d", x, j)
		}
	}
}

// Curves are the same by pieces and as sums over all events, for the chance of being
// there and for the rate of purchases.
func TestClockAgainstSums(t *testing.T) {
	for _, k := range []int{2, 3, 4, 7, MaxStages} {
		for _, q := range []struct{ a, b, s float64 }{{0.8, 2.5, 0.5}, {0.05, 0.05, 0.1}, {3, 1, 30}, {1e3, 1e4, 1e-6}, {0.8, 100, 300}} {
			c := newCondensedCurves(k, q.a, q.b, q.s, 6)
			for _, u := range []float64{1e-6, 0.01, 0.1, 0.5, 2, 20} {
				for j := range k {
					alive, buying := c.summed(j, u)
					gotAlive, gotBuying := c.atLog(j, math.Log1p(c.kappa*u))
					gotBuying *= power(u/(1+u), float64(k-1-j))
					require.InDelta(t, alive, gotAlive, 1e-11, "k %d, %+v, u %v, stage %d", k, q, u, j)
					require.InDelta(t, buying, gotBuying, 1e-11*(buying+1), "k %d, %+v, u %v, stage %d", k, q, u, j)
				}
			}
		}
	}
}

// summed are S_j and R_j at u as sums over the number of events.
func (c *condensedCurves) summed(j int, u float64) (alive, buying float64) {
	shape, most := c.s+float64(j), 60*(1+u)*(3+math.Sqrt(c.s))+3*c.s*u
	for m := 0.; m < most; m++ {
		stage := float64(j) + m
		survives := math.Exp(lnSurvival(c.a, c.b, math.Floor(stage/float64(c.k))))
		alive += math.Exp(special.LnNegativeBinomial(m, shape, u)) * survives
		if math.Mod(stage, float64(c.k)) == float64(c.k-1) {
			buying += math.Exp(special.LnNegativeBinomial(m, shape+1, u)) * survives
		}
	}
	return alive, buying
}

// The purchases expected within a horizon are the chances of each of them, and
// survival to it is the same by pieces and by counts.
func TestStageAheadAgainstSums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom([]int{2, 3, 4, MaxStages}).Draw(t, "k")
		theta := drawTheta(t, betaGeometricParams)
		c := newCondensedCurves(k, theta[iA], theta[iB], theta[iR], theta[iAlpha])
		at := atStage{condensedCurves: c, j: rapid.IntRange(0, k-1).Draw(t, "stage")}
		h, end := rapid.Float64Range(1e-3, 100).Draw(t, "h"), rapid.Float64Range(0, 100).Draw(t, "t")
		want, u := 0., h/(c.alpha+end)
		for n := 1.; n < 3000; n++ {
			event := n*float64(k) - float64(at.j)
			term := math.Exp(lnSurvival(c.a, c.b, n-1)) * special.NegativeBinomialTail(event, c.s+float64(at.j), u)
			if want += term; term < 1e-15*want {
				break
			}
			if n == 2999 { // a tail as fat as that is another test's
				return
			}
		}
		purchases, _ := at.ahead(h, 0, end)
		require.InDelta(t, want, purchases, 1e-9*want+1e-13)
	})
}

// What is drawn agrees with what is computed, one by one and many at once, for a
// customer in each stage and for one whose stage is not known.
func TestStageDraws(t *testing.T) {
	const draws = 20_000
	lively, steady := newCondensedCurves(3, 0.8, 2.5, 4.5, 6), newCondensedCurves(2, 0.9, 900, 40, 0.5)
	for j := range 3 {
		requireDraws(t, atStage{lively, j}, 20, 0.01, 10, draws)
	}
	requireDraws(t, atStage{steady, 1}, 60, 0.02, 2, draws)
	for _, name := range condensedNames {
		requireDraws(t, model(t, name, 4, 0.5, 2, 0.8, 2.5).after(2), 20, 0.01, 10, draws)
	}
	f := model(t, "bg-cnbd-k", 12, 1e9, 1e-9, 1e-9, 1e12).after(3).draw(newRand(), 1e15, 1e-15, 2)
	requireFinite(t, f.purchases, f.discounted, f.time)
	require.Greater(t, f.purchases, 1e20)
}

// Each row gets the bits that the model's methods give for it alone, in any order,
// with any number of workers, and so does each law of counts.
func TestCondensedSameBits(t *testing.T) {
	p := smallPanel()
	p = Panel{X: p.X[:25], TX: p.TX[:25], T: p.T[:25]}
	o := ScoreOptions{Horizon: 39, Delta: 0.002, WithLogLikelihood: true, WithDECT: true, WithDERT: true, WithAliveTime: true}
	for _, name := range condensedNames {
		m := model(t, name, 3, 0.3, 5, 0.8, 2.5)
		whole := Score(m, p, o)
		for i := range p.X {
			x, tx, end := p.X[i], p.TX[i], p.T[i]
			requireSameBits(t, m.LogLikelihood(x, tx, end), whole.LogLikelihood[i])
			requireSameBits(t, m.PAlive(x, tx, end), whole.PAlive[i])
			requireSameBits(t, m.CET(39, x, tx, end), whole.CET[i])
			requireSameBits(t, m.DECT(39, o.Delta, x, tx, end), whole.DECT[i])
			requireSameBits(t, m.DECT(math.Inf(1), o.Delta, x, tx, end), whole.DERT[i])
			requireSameBits(t, m.AliveTime(39, o.Delta, x, tx, end), whole.AliveTime[i])
		}
		o.Workers = 3
		require.Equal(t, whole, Score(m, p, o))
		EachCountLaw(Alone(m, nil), p, 39, 3, func(row int, law CountLaw) {
			for _, n := range []float64{0, 1, 7} {
				if got := law.P(n); got != m.PMFAhead(n, 39, p.X[row], p.TX[row], p.T[row]) {
					t.Errorf("row %d: P(%v) is %v", row, n, got)
				}
			}
		})
	}
}

// Two customers who differ in t_x only have different futures: the regular one who
// bought just now waits for long.
func TestRegularCustomerWaits(t *testing.T) {
	m := model(t, "bg-cnbd-k", 4, 400, 100, 0.1, 50) // every week, or nearly
	require.Less(t, m.CET(0.3, 50, 50, 50), 0.05)
	require.Greater(t, m.CET(0.3, 50, 49.2, 50), 0.25)
	require.InDelta(t, m.CET(20, 50, 50, 50), m.CET(20, 50, 49.2, 50), 1)
}

// Without end and discount the integrals have a closed form, which a very long
// horizon comes near to.
func TestCondensedForever(t *testing.T) {
	m := model(t, "mbg-cnbd-k", 3, 3, 5, 4, 9)
	for _, x := range []float64{0, 1, 30} {
		tx := min(x, 1) * 8
		requireClose(t, m.CET(math.Inf(1), x, tx, 10), m.CET(1e9, x, tx, 10), 1e-11)
		requireClose(t, m.AliveTime(math.Inf(1), 0, x, tx, 10), m.AliveTime(1e14, 0, x, tx, 10), 1e-10)
	}
	lasting := model(t, "bg-cnbd-k", 2, 0.5, 5, 1, 9)
	require.True(t, math.IsInf(lasting.CET(math.Inf(1), 0, 0, 10), 1))
	require.False(t, math.IsInf(lasting.DECT(math.Inf(1), 1e-9, 0, 0, 10), 0))
}

func TestNewCondensedRefuses(t *testing.T) {
	for _, k := range []float64{0.5, 2.5, MaxStages + 1} {
		_, err := NewModel("bg-cnbd-k", map[string]float64{"k": k, "r": 1, "alpha": 1, "a": 1, "b": 1})
		require.ErrorIs(t, err, ErrParameter)
		require.ErrorContains(t, err, "is not a whole number from 1 to 12")
	}
}

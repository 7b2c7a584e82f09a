package clv

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// changingModels are one model of each kind, with a history that it can have.
func changingModels(t testing.TB) map[*Model][3]float64 {
	t.Helper()
	return map[*Model][3]float64{
		model(t, "pareto-nbd", 0.5, 6, 0.8, 12):         {3, 18, 25},
		model(t, "ggompertz-nbd", 0.5, 6, 0.05, 0.8, 4): {3, 18, 25},
		model(t, "bg-nbd", 0.5, 6, 0.8, 2.5):            {3, 18, 25},
		model(t, "mbg-nbd", 0.5, 6, 0.3, 0.9):           {0, 0, 8},
		model(t, "nbd", 0.5, 6):                         {3, 18, 25},
		model(t, "bg-cnbd-k", 2, 0.8, 3, 0.8, 2.5):      {3, 18, 25},
		model(t, "mbg-cnbd-k", 3, 0.8, 2, 0.9, 4):       {4, 20, 22},
		model(t, "mbg-cnbd-k", 1, 0.5, 6, 0.8, 2.5):     {3, 18, 25},
		model(t, "bg-bb", 1.2, 0.7, 0.6, 9):             {4, 7, 9},
		model(t, "sbg", 0.7, 1.2):                       {3, 3, 3},
		model(t, "bg-cnbd-k", 5, 2, 3, 0.8, 2.5):        {3, 18, 19},
	}
}

// someChanges are better and worse, alone and together.
var someChanges = []Change{{0.8, 1}, {1.3, 1}, {1, 1.1}, {1, 0.7}, {0.6, 1.25}, {1.5, 0.75}, {3, 0.5}}

// To change nothing gives the bits of today, of scores and of draws.
func TestNoChangeSameBits(t *testing.T) {
	for m, row := range changingModels(t) {
		same := m.withChange(Change{1, 1})
		p := Panel{X: row[:1], TX: row[1:2], T: row[2:]}
		for _, h := range []float64{20, math.Inf(1)} {
			o := ScoreOptions{Horizon: h, Delta: 0.01, WithLogLikelihood: true, WithDECT: true, WithDERT: true, WithAliveTime: true, WithNone: true, NoneWithin: 7}
			require.Equal(t, Score(m, p, o), Score(same, p, o), m.Variant())
		}
		rng, again := newRand(), newRand()
		for range 100 {
			require.Equal(t, m.after(row[0]).draw(rng, 20, 0.01, row[2]), same.after(row[0]).draw(again, 20, 0.01, row[2]), m.Variant())
		}
	}
}

// A change is of the future: what the past says stays.
func TestChangeLeavesThePast(t *testing.T) {
	for m, row := range changingModels(t) {
		changed := m.withChange(Change{0.7, 1.4})
		require.Equal(t, math.Float64bits(m.PAlive(row[0], row[1], row[2])), math.Float64bits(changed.PAlive(row[0], row[1], row[2])), m.Variant())
		require.Equal(t, math.Float64bits(m.LnSilence(row[0], row[1], row[2])), math.Float64bits(changed.LnSilence(row[0], row[1], row[2])), m.Variant())
		require.Equal(t, math.Float64bits(m.LogLikelihood(row[0], row[1], row[2])), math.Float64bits(changed.LogLikelihood(row[0], row[1], row[2])), m.Variant())
	}
}

// Where the risk to leave does not change with time, a customer is there after u as they
// would have been after Dropout*u, and buys Rate times as often until then: integrals of
// today's model give those of the changed one.
func TestChangeIsAnotherClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"pareto-nbd", "bg-nbd", "mbg-nbd", "nbd"}).Draw(t, "model")
		f, err := familyOf(name)
		require.NoError(t, err)
		m := f.model(drawTheta(t, f.params))
		x, _, end := drawRow(t)
		c := Change{Dropout: drawLog(t, "dropout", 0.1, 10), Rate: drawLog(t, "rate", 0.1, 10)}
		if m.family.params[len(m.family.params)-1].name == "b" { // more than one toss is another risk
			c.Dropout = min(c.Dropout, c.Rate)
		}
		h, delta := drawLog(t, "h", 1e-2, 1e3), drawLog(t, "delta", 1e-5, 1)
		today, changed := m.after(x), m.withChange(c).after(x)
		wantPurchases, wantTime := today.ahead(c.Dropout*h, delta/c.Dropout, end)
		purchases, time := changed.ahead(h, delta, end)
		require.InEpsilon(t, wantPurchases*c.Rate/c.Dropout, purchases, 1e-9)
		require.InEpsilon(t, wantTime/c.Dropout, time, 1e-9)
		require.InDelta(t, today.survival(c.Dropout*h, end), changed.survival(h, end), 1e-12)
	})
}

// Means over the posterior, of what is expected of a customer whose rate and risk are known.
// An even grid over the quantiles of λ and of μ or p is crude, and another way altogether.
func TestChangeAgainstIntegration(t *testing.T) {
	const h, delta, steps = 20., 0.02, 400
	known := func(buys, leaves float64) (purchases, time float64) {
		time = -math.Expm1(-(leaves+delta)*h) / (leaves + delta)
		return buys * time, time
	}
	quantiles := func(of interface{ Quantile(float64) float64 }) (at [steps]float64) {
		for i := range at {
			at[i] = of.Quantile((float64(i) + 0.5) / steps)
		}
		return at
	}
	buying := quantiles(distuv.Gamma{Alpha: 2.5 + 3, Beta: 6 + 25})
	leaving := quantiles(distuv.Gamma{Alpha: 0.8, Beta: 12 + 25})
	last := quantiles(distuv.Beta{Alpha: 0.8, Beta: 2.5 + 3})
	for _, c := range someChanges {
		pareto, bg := model(t, "pareto-nbd", 2.5, 6, 0.8, 12), model(t, "bg-nbd", 2.5, 6, 0.8, 2.5)
		var byPareto, byBG, timePareto, timeBG float64
		for _, lambda := range buying {
			for j := range steps {
				purchases, time := known(c.Rate*lambda, c.Dropout*leaving[j])
				byPareto, timePareto = byPareto+purchases, timePareto+time
				chance := last[j] * c.Dropout / c.Rate
				if c.Dropout > c.Rate {
					chance = 1 - math.Pow(1-last[j], c.Dropout/c.Rate)
				}
				purchases, time = known(c.Rate*lambda, c.Rate*lambda*chance)
				byBG, timeBG = byBG+purchases, timeBG+time
			}
		}
		const all = steps * steps
		purchases, time := pareto.withChange(c).after(3).ahead(h, delta, 25)
		require.InEpsilon(t, byPareto/all, purchases, 1e-3, "%+v", c)
		require.InEpsilon(t, timePareto/all, time, 1e-3, "%+v", c)
		purchases, time = bg.withChange(c).after(3).ahead(h, delta, 25)
		require.InEpsilon(t, byBG/all, purchases, 1e-3, "%+v", c)
		require.InEpsilon(t, timeBG/all, time, 1e-3, "%+v", c)
	}
}

// Regular customers at k = 1 are irregular ones: two programs for one number.
func TestChangeOfStagesAgainstSurvivor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, s := drawLog(t, "a", 0.05, 20), drawLog(t, "b", 0.05, 200), drawLog(t, "s", 0.05, 50)
		c := Change{Dropout: drawLog(t, "dropout", 0.2, 5), Rate: drawLog(t, "rate", 0.2, 5)}
		one := atStage{condensedCurves: newCondensedCurves(1, a, b, s, 6).changed(c)}
		other := newSurvivor(a, b, s, 6).changed(c)
		h, delta, end := drawLog(t, "h", 1e-2, 1e3), drawLog(t, "delta", 1e-5, 1), drawLog(t, "t", 1, 100)
		wantPurchases, wantTime := other.ahead(h, delta, end)
		purchases, time := one.ahead(h, delta, end)
		require.InEpsilon(t, wantPurchases, purchases, 1e-9)
		require.InEpsilon(t, wantTime, time, 1e-9)
		require.InDelta(t, other.pmf(2, h, end), one.pmf(2, h, end), 1e-9)
	})
}

// Draws agree with what is expected of them, of every kind of model and change.
func TestDrawsOfChanges(t *testing.T) {
	const draws = 20_000
	for m, row := range changingModels(t) {
		for _, c := range someChanges {
			t.Log(m.Variant(), c)
			requireDraws(t, m.withChange(c).after(row[0]), 20, 0.01, row[2], draws)
		}
	}
}

// chances of all counts add up to 1, and to what is expected.
func TestChangedCountsAddUp(t *testing.T) {
	for m, row := range changingModels(t) {
		for _, c := range someChanges {
			ahead := m.withChange(c).after(row[0])
			sum, mean := 0., 0.
			for n := range 150 {
				p := ahead.pmf(float64(n), 6, row[2])
				sum += p
				mean += float64(n) * p
			}
			want, _ := ahead.ahead(6, 0, row[2])
			require.InDelta(t, 1, sum, 1e-6, "%s %+v", m.Variant(), c)
			require.InDelta(t, want, mean, 1e-4*(1+want), "%s %+v", m.Variant(), c)
		}
	}
}

// A customer is played purchase by purchase after the night, from the story alone.
func TestChangeAgainstStory(t *testing.T) {
	const customers, h, end = 40_000, 20., 25.
	rng := rand.New(rand.NewPCG(41, 42))
	for _, c := range someChanges {
		for _, k := range []int{1, 2, 3} {
			m := model(t, "mbg-cnbd-k", float64(k), 0.9, 3, 0.8, 2.5).withChange(c)
			chances := make([]float64, k)
			if s, ok := m.process.(staged); ok {
				s.stageChances(3, 18, end, chances)
			}
			var purchases, time sample
			for range customers {
				lambda, p, stage := posterior(rng, k, chances, 0.9+float64(3*k), 3+end, 0.8, 2.5+4)
				n, stay := play(rng, c, k, stage, lambda, p, h)
				purchases.add(n)
				time.add(stay)
			}
			o := outlookOf(m.process, 3)
			wantPurchases := mean(o.of(18, end), func(j int) float64 { n, _ := o.by[j].ahead(h, 0, end); return n })
			wantTime := mean(o.of(18, end), func(j int) float64 { _, u := o.by[j].ahead(h, 0, end); return u })
			purchases.requireMean(t, wantPurchases)
			time.requireMean(t, wantTime)
		}
	}
}

// posterior draws who a customer is that is alive at the end.
func posterior(rng *rand.Rand, k int, chances []float64, shape, scale, a, b float64) (lambda, p float64, stage int) {
	left := rng.Float64()
	for stage < k-1 && left >= chances[stage] {
		left -= chances[stage]
		stage++
	}
	lambda = distuv.Gamma{Alpha: shape + float64(stage), Beta: scale, Src: rng}.Rand()
	return lambda, distuv.Beta{Alpha: a, Beta: b, Src: rng}.Rand(), stage
}

// play plays a customer on, who from now on buys more often and leaves more rarely or not.
func play(rng *rand.Rand, c Change, k, stage int, lambda, p, h float64) (purchases, stay float64) {
	perPurchase := c.Dropout / c.Rate
	for now := 0.; ; {
		now += rng.ExpFloat64() / (c.Rate * lambda)
		if now > h {
			return purchases, h
		}
		if stage++; stage < k {
			continue
		}
		stage = 0
		purchases++
		lost := rng.Float64() < p
		if perPurchase < 1 {
			lost = lost && rng.Float64() < perPurchase
		}
		for more := perPurchase - 1; more > 0 && !lost; more-- { // a part of a toss is a power of its chance
			lost = rng.Float64() >= math.Pow(1-p, min(more, 1))
		}
		if lost {
			return purchases, now
		}
	}
}

// Who leaves less brings no less, and who buys more buys more and stays as long.
func TestChangeIsMonotonic(t *testing.T) {
	for m, row := range changingModels(t) {
		at := func(c Change, h float64) (purchases, time float64) {
			return m.withChange(c).after(row[0]).ahead(h, 0.002, row[2])
		}
		for _, h := range []float64{12, 200, math.Inf(1)} {
			lastPurchases, lastTime := math.Inf(1), math.Inf(1)
			for _, dropout := range []float64{0.1, 0.9, 1, 1.1, 10} {
				purchases, time := at(Change{dropout, 1}, h)
				require.LessOrEqual(t, purchases, lastPurchases*slack, "%s %v", m.Variant(), dropout)
				require.LessOrEqual(t, time, lastTime*slack, "%s %v", m.Variant(), dropout)
				lastPurchases, lastTime = purchases, time
			}
			few, stay := at(Change{1, 1}, h)
			many, longer := at(Change{1, 1.2}, h)
			require.GreaterOrEqual(t, many, few*(1-1e-12), m.Variant())
			require.InEpsilon(t, stay, longer, 0.03, m.Variant())
		}
	}
}

func TestChangeIsChecked(t *testing.T) {
	b := Alone(model(t, "nbd", 0.5, 6), nil)
	for _, c := range []Change{{}, {0, 1}, {1, 0}, {-1, 1}, {1, math.NaN()}, {math.Inf(1), 1}, {1, 2000}} {
		_, err := b.WithChange(c)
		require.ErrorIs(t, err, ErrParameter, "%+v", c)
	}
	same, err := b.WithChange(Change{1, 2})
	require.NoError(t, err)
	require.InEpsilon(t, 2., same.members[0].Model.CET(10, 3, 5, 10)/b.members[0].Model.CET(10, 3, 5, 10), 1e-12)
}

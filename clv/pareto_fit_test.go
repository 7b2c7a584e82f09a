package clv

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
)

// simulate draws customers from the story the model tells, independently of its
// formulas. Times of purchases are cut to multiples of grain, where that is not 0.
func (m pareto) simulate(rng *rand.Rand, customers int, watched func() float64, grain float64) Panel {
	var p Panel
	rates := distuv.Gamma{Alpha: m.r, Beta: m.alpha, Src: rng}
	leaving := distuv.Gamma{Alpha: m.s, Beta: m.beta, Src: rng}
	for range customers {
		rate, end := rates.Rand(), watched()
		until := min(end, rng.ExpFloat64()/leaving.Rand())
		x, last := 0., 0.
		for now := rng.ExpFloat64() / rate; now <= until; now += rng.ExpFloat64() / rate {
			x++
			last = now
		}
		if grain > 0 {
			last = math.Floor(last/grain) * grain
		}
		p.X, p.TX, p.T = append(p.X, x), append(p.TX, last), append(p.T, end)
	}
	return p
}

// A fit to simulated customers finds the parameters they were drawn from, to
// within four of its own standard errors.
func TestFitParetoRecoversParameters(t *testing.T) {
	for _, truth := range []pareto{
		{r: 0.55, alpha: 10.6, s: 0.61, beta: 11.7},
		{r: 1.5, alpha: 4, s: 0.4, beta: 5},
		{r: 0.8, alpha: 20, s: 2, beta: 40},
		{r: 0.3, alpha: 1, s: 0.5, beta: 2},
	} {
		rng := rand.New(rand.NewPCG(11, 12))
		p := truth.simulate(rng, 20_000, func() float64 { return 40 + math.Floor(60*7*rng.Float64())/7 }, 0)
		fit, err := FitModel("pareto-nbd", p, 2)
		require.NoError(t, err)
		for i, want := range []float64{truth.r, truth.alpha, truth.s, truth.beta} {
			got := fit.Params[i]
			require.InDelta(t, want, got.Value, 4*got.StdErr, got.Name)
			require.Less(t, got.StdErr, want/2, got.Name)
		}
	}
}

func TestFitNBDRecoversParameters(t *testing.T) {
	truth := pareto{r: 0.7, alpha: 9, s: 1, beta: 1e12} // nobody leaves
	rng := rand.New(rand.NewPCG(13, 14))
	p := truth.simulate(rng, 20_000, func() float64 { return 20 + 50*rng.Float64() }, 0)
	fit, err := FitModel("nbd", p, 2)
	require.NoError(t, err)
	require.InDelta(t, truth.r, fit.Params[0].Value, 4*fit.Params[0].StdErr)
	require.InDelta(t, truth.alpha, fit.Params[1].Value, 4*fit.Params[1].StdErr)
	require.Less(t, fit.Params[1].StdErr, truth.alpha/10)
}

// The purchases expected of a new customer, and the share of them without one, are
// what simulated ones make, within four standard errors of the simulation.
func TestParetoExpectedMatchesSimulation(t *testing.T) {
	const customers, end = 100_000, 52.
	m := pareto{r: 0.55, alpha: 10.6, s: 0.61, beta: 11.7}
	var count, none sample
	for _, x := range m.simulate(rand.New(rand.NewPCG(15, 16)), customers, func() float64 { return end }, 0).X {
		count.add(x)
		none.add(1 - min(x, 1))
	}
	pareto := model(t, "pareto-nbd", m.r, m.alpha, m.s, m.beta)
	count.requireMean(t, pareto.Expected(end))
	none.requireMean(t, pareto.PMF(0, end))
}

// Times in another unit: LL - (sum x) ln c, alpha and beta times c, nothing else.
func TestFitParetoUnitChange(t *testing.T) {
	p := smallPanel()
	sumX := 0.
	for _, x := range p.X {
		sumX += x
	}
	for _, name := range paretoModels {
		before, err := FitModel(name, p, 1)
		require.NoError(t, err)
		for _, c := range []float64{7, 1. / 4.345, 604_800} {
			after, err := FitModel(name, scaleTimes(p, c), 1)
			require.NoError(t, err)
			requireClose(t, before.LogLikelihood-sumX*math.Log(c), after.LogLikelihood, 1e-12)
			for i, param := range before.Params {
				if param.Name == "alpha" || param.Name == "beta" {
					param.Value, param.StdErr = param.Value*c, param.StdErr*c
				}
				requireClose(t, param.Value, after.Params[i].Value, 1e-7, param.Name)
				requireClose(t, param.StdErr, after.Params[i].StdErr, 1e-6, param.Name)
			}
		}
	}
}

// Order of rows, number of workers, and weights in place of repeated rows leave
// every bit of a fit as it was.
func TestFitParetoSameBits(t *testing.T) {
	p := smallPanel()
	rng := rand.New(rand.NewPCG(7, 8))
	var repeated Panel
	for i := range p.X {
		p.Weight = append(p.Weight, float64(rng.IntN(10)))
		for range int(p.Weight[i]) {
			repeated.appendRow(p.X[i], p.TX[i], p.T[i], 1)
		}
	}
	for _, name := range paretoModels {
		want, err := FitModel(name, p, 1)
		require.NoError(t, err)
		for _, other := range []Panel{repeated, shuffled(repeated, rng), shuffled(p, rng)} {
			for _, workers := range []int{0, 1, 3, 16} {
				got, err := FitModel(name, other, workers)
				require.NoError(t, err)
				require.Equal(t, want.Estimate, got.Estimate)
				require.Equal(t, want.Model.theta, got.Model.theta)
			}
		}
	}
}

// The fitted point is a maximum: no parameter moved by a percent does better, and
// Pareto/NBD, which contains NBD, is no worse than it.
func TestFitParetoMaximises(t *testing.T) {
	p := smallPanel()
	best := make(map[string]float64)
	for _, name := range paretoModels {
		fit, err := FitModel(name, p, 1)
		require.NoError(t, err)
		best[name] = fit.LogLikelihood
		for i := range fit.Params {
			for _, factor := range []float64{0.99, 1.01} {
				theta := append([]float64(nil), fit.Model.theta...)
				theta[i] *= factor
				m := fit.Model.family.model(theta)
				sum := 0.
				for k := range p.X {
					sum += m.LogLikelihood(p.X[k], p.TX[k], p.T[k])
				}
				require.Less(t, sum, fit.LogLikelihood, "%s %s", name, fit.Params[i].Name)
			}
		}
	}
	require.Greater(t, best["pareto-nbd"], best["nbd"])
}

// Data that leave parameters open give a fit in the others, of a simpler model
// where there is one, and say so.
func TestFitParetoNotIdentified(t *testing.T) {
	regular, twoKinds := Panel{}, Panel{}
	for i := range 50 {
		regular.appendRow(10, 30+float64(i%3), 33, 1)
		twoKinds.appendRow(float64(i%8), 51*min(float64(i%8), 1), 52, 8)
	}
	const oneRate = "r, alpha → ∞: all customers buy at one rate; r held at 1000000, where it makes no difference"
	const toNBD = "s/beta → 0: nobody leaves; the data cannot tell pareto-nbd from nbd (log-likelihood higher by 0), so that nbd is used; "
	for _, test := range []struct {
		name  string
		panel Panel
		model string
		note  string
	}{
		{"one customer", Panel{X: []float64{3}, TX: []float64{10}, T: []float64{12}}, "nbd", toNBD + oneRate},
		{
			"two customers",
			Panel{X: []float64{3, 0}, TX: []float64{10, 0}, T: []float64{12, 20}},
			"pareto-nbd",
			oneRate + "; s, beta → 0: customers leave at once or never; beta held at 0.000016, where it makes no difference",
		},
		{"all alike", regular, "nbd", toNBD + oneRate},
		{"at once or never", twoKinds, "pareto-nbd", "s, beta → 0: customers leave at once or never; beta held at 0.000052, where it makes no difference"},
		{
			"ten thousand purchases",
			Panel{X: []float64{10_000, 9_000}, TX: []float64{1e5, 9.9e4}, T: []float64{1e5, 1e5}},
			"pareto-nbd",
			"s, beta → ∞: all customers leave at one rate; beta held at 100000000000, where it makes no difference",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			fit, err := FitModel("pareto-nbd", test.panel, 2)
			require.NoError(t, err)
			require.True(t, fit.Converged)
			require.Equal(t, test.model, fit.Model.Name())
			require.Equal(t, test.note, fit.Note.String())
			requireFinite(t, fit.LogLikelihood, fit.AIC, fit.BIC, fit.GradNorm)
			requireFinite(t, fit.Model.CET(52, test.panel.X[0], test.panel.TX[0], test.panel.T[0]))
		})
	}
}

// A single purchase right after the first, and nothing for an age: nothing at
// all can be pinned down.
func TestFitParetoNothing(t *testing.T) {
	p := Panel{X: []float64{1}, TX: []float64{0}, T: []float64{1e5}}
	fit, err := FitModel("pareto-nbd", p, 1)
	require.ErrorIs(t, err, ErrNotIdentified)
	require.False(t, fit.Converged)
	requireFinite(t, fit.LogLikelihood, fit.Model.CET(52, 1, 0, 1e5))
}

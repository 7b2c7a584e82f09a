package clv

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/gonum/stat/distuv"
)

// simulate draws customers from the story the model tells, independently of its
// formulas. Times are cut to whole days of a week.
func (m betaGeometric) simulate(rng *rand.Rand, customers int, watched func() float64) Panel {
	var p Panel
	rates := distuv.Gamma{Alpha: m.r, Beta: m.alpha, Src: rng}
	dropouts := distuv.Beta{Alpha: m.a, Beta: m.b, Src: rng}
	for range customers {
		rate, dropout, end := rates.Rand(), dropouts.Rand(), watched()
		x, last := 0., 0.
		alive := m.first == 0 || rng.Float64() >= dropout
		for now := 0.; alive; alive = rng.Float64() >= dropout {
			now += rng.ExpFloat64() / rate
			if now > end {
				break
			}
			x++
			last = now
		}
		p.X = append(p.X, x)
		p.TX = append(p.TX, math.Floor(last*7)/7)
		p.T = append(p.T, end)
	}
	return p
}

// simulate draws counts of purchases and their mean spend.
func (g GammaGamma) simulate(rng *rand.Rand, customers int) (x, spend []float64) {
	rates := distuv.Gamma{Alpha: g.Q, Beta: g.Gamma, Src: rng}
	for range customers {
		n := 1 + math.Floor(rng.ExpFloat64()*2)
		total := distuv.Gamma{Alpha: g.P * n, Beta: rates.Rand(), Src: rng}.Rand()
		x, spend = append(x, n), append(spend, total/n)
	}
	return x, spend
}

// A fit to simulated customers finds the parameters they were drawn from, to
// within four of its own standard errors.
func TestFitRecoversParameters(t *testing.T) {
	for _, truth := range []betaGeometric{
		{r: 0.5, alpha: 6, a: 0.8, b: 2.5},
		{r: 2, alpha: 10, a: 0.5, b: 5},
		{first: 1, r: 0.5, alpha: 6, a: 0.8, b: 2.5},
		{first: 1, r: 1.3, alpha: 3, a: 2, b: 4},
	} {
		rng := rand.New(rand.NewPCG(11, 12))
		p := truth.simulate(rng, 20_000, func() float64 { return 26 + math.Floor(26*7*rng.Float64())/7 })
		name := betaGeometrics[int(truth.first)]
		fit, err := FitModel(name, p, 2)
		require.NoError(t, err)
		for i, want := range []float64{truth.r, truth.alpha, truth.a, truth.b} {
			got := fit.Params[i]
			require.InDelta(t, want, got.Value, 4*got.StdErr, "%s %s", name, got.Name)
			require.Less(t, got.StdErr, want/4, "%s %s", name, got.Name)
		}
	}
}

func TestFitGammaGammaRecoversParameters(t *testing.T) {
	for _, truth := range []GammaGamma{{P: 6, Q: 4, Gamma: 15}, {P: 0.8, Q: 2, Gamma: 1000}} {
		x, spend := truth.simulate(rand.New(rand.NewPCG(13, 14)), 20_000)
		fit, err := FitGammaGamma(x, spend, nil, 2)
		require.NoError(t, err)
		for i, want := range []float64{truth.P, truth.Q, truth.Gamma} {
			got := fit.Params[i]
			require.InDelta(t, want, got.Value, 4*got.StdErr, got.Name)
			require.Less(t, got.StdErr, want/4, got.Name)
		}
	}
}

// The purchases expected of a new customer are what simulated ones make,
// within four standard errors of the simulation.
func TestExpectedMatchesSimulation(t *testing.T) {
	const customers, end = 100_000, 52.
	for _, m := range []betaGeometric{
		{r: 0.5, alpha: 6, a: 0.8, b: 2.5},
		{first: 1, r: 0.5, alpha: 6, a: 0.8, b: 2.5},
	} {
		p := m.simulate(rand.New(rand.NewPCG(15, 16)), customers, func() float64 { return end })
		var simulated sample
		for _, x := range p.X {
			simulated.add(x)
		}
		name := betaGeometrics[int(m.first)]
		simulated.requireMean(t, model(t, name, m.r, m.alpha, m.a, m.b).Expected(end))
	}
}

// newRand is a seeded source of random numbers.
func newRand() *rand.Rand { return rand.New(rand.NewPCG(21, 22)) }

// sample is the mean and spread of simulated numbers.
type sample struct{ n, sum, squares float64 }

func (s *sample) add(v float64) {
	s.n++
	s.sum += v
	s.squares += v * v
}

// requireMean wants the mean within four standard errors of what theory says.
func (s *sample) requireMean(t *testing.T, want float64) {
	t.Helper()
	mean := s.sum / s.n
	stdErr := math.Sqrt((s.squares/s.n - mean*mean) / s.n)
	require.InDelta(t, want, mean, 4*stdErr+1e-9)
}

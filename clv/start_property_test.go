package clv

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// withoutWork is what a reader of a fit sees: everything but the work it took.
func (e Estimate) withoutWork() Estimate {
	e.Iterations, e.Evaluations = 0, 0
	return e
}

// startsOf are starts for a refit: close by, further off, beyond the range,
// another model's, nonsense.
func startsOf(fit Fit, rng *rand.Rand) []map[string]float64 {
	near, far, absurd, nonsense := make(map[string]float64), make(map[string]float64), make(map[string]float64), make(map[string]float64)
	for _, p := range fit.Params {
		near[p.Name] = p.Value * math.Exp(0.003*rng.NormFloat64())
		far[p.Name] = p.Value * math.Exp(2*rng.NormFloat64())
		absurd[p.Name] = math.Exp(40*rng.Float64() - 20)
		nonsense[p.Name] = math.NaN()
	}
	return []map[string]float64{near, far, absurd, nonsense, {"r": 1, "alpha": 2, "s": 3, "beta": 4}, {}}
}

// A refit from wherever ends with the numbers of a fit from nowhere.
func TestFitFromAnyStart(t *testing.T) {
	saved := 0
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(41, seed))
		truth := betaGeometric{
			first: float64(seed % 2),
			r:     math.Exp(rng.NormFloat64() / 2), alpha: 6 * math.Exp(rng.NormFloat64()/2),
			a: math.Exp(rng.NormFloat64() / 2), b: 2.5 * math.Exp(rng.NormFloat64()/2),
		}
		p := truth.simulate(rng, 12_000, func() float64 { return 100 * rng.Float64() })
		for _, name := range betaGeometrics {
			cold, err := FitModel(name, p, 2)
			require.NoError(t, err)
			require.GreaterOrEqual(t, cold.Rows, subsampleFrom)
			for i, start := range startsOf(cold, rng) {
				warm, err := FitModelWith(name, p, FitOptions{Start: start, Workers: 2})
				require.NoError(t, err)
				require.Equal(t, cold.withoutWork(), warm.withoutWork())
				if i == 0 {
					saved += cold.Evaluations - warm.Evaluations
				}
			}
		}
	}
	require.Positive(t, saved)
	t.Logf("12 refits from close by saved %d evaluations", saved)
}

// So it is for the models that are not beta-geometric.
func TestFitParetoFromAnyStart(t *testing.T) {
	rng := rand.New(rand.NewPCG(47, 48))
	p := pareto{r: 0.6, alpha: 8, s: 0.7, beta: 12}.simulate(rng, 9_000, func() float64 { return 100 * rng.Float64() }, 0)
	for _, name := range []string{"pareto-nbd", "nbd"} {
		cold, err := FitModel(name, p, 2)
		require.NoError(t, err)
		require.GreaterOrEqual(t, cold.Rows, subsampleFrom)
		for _, start := range startsOf(cold, rng)[:3] {
			warm, err := FitModelWith(name, p, FitOptions{Start: start, Workers: 2})
			require.NoError(t, err)
			require.Equal(t, cold.withoutWork(), warm.withoutWork())
		}
	}
}

// Last night's parameters, of a tenth fewer customers who were watched for a
// week less, are a start as well.
func TestFitFromLastNight(t *testing.T) {
	rng := rand.New(rand.NewPCG(43, 44))
	tonight := betaGeometric{first: 1, r: 0.6, alpha: 6, a: 0.9, b: 1.6}.simulate(rng, 15_000, func() float64 { return 100 * rng.Float64() })
	var last Panel
	for i, end := range tonight.T {
		if i%10 > 0 && end > 1 && tonight.TX[i] <= end-1./7 {
			last.appendRow(tonight.X[i], tonight.TX[i], end-1./7, 1)
		}
	}
	before, err := FitModel("mbg-nbd", last, 2)
	require.NoError(t, err)
	start, _ := paramMaps(before.Params)
	cold, err := FitModel("mbg-nbd", tonight, 2)
	require.NoError(t, err)
	warm, err := FitModelWith("mbg-nbd", tonight, FitOptions{Start: start, Workers: 2})
	require.NoError(t, err)
	require.Equal(t, cold.withoutWork(), warm.withoutWork())
}

// Searches from all over the box that end at one optimum publish the same numbers.
func TestOptimumIsOne(t *testing.T) {
	p := smallPanel().Merge()
	means, err := meansOf(p)
	require.NoError(t, err)
	for _, name := range append([]string{"nbd"}, betaGeometrics...) {
		f, err := familyOf(name)
		require.NoError(t, err)
		on := problem{family: f, panel: p.inUnit(means.t), unit: means.t, customers: means.customers, meanX: means.x, workers: 1, evaluations: new(int)}
		first := on.search(nil)
		want, best := first.refine()
		same := 0
		for k := range 200 {
			s := first.maximise(gridPoint(k, len(f.params)))
			if !first.converged(s) || !first.isSameOptimum(s) {
				continue
			}
			same++
			got, at := optimum{objective: first.objective, point: s, family: f}.refine()
			require.Equal(t, want, got)
			require.Equal(t, best.slope, at.slope)
		}
		require.Greater(t, same, 100, name)
	}
}

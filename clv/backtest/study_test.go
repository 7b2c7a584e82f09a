package backtest

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/clv"
)

// lastOrigin is the last that Plan chooses for the truths of this package, and
// the day after it is when a shop changes.
const lastOrigin = 412

// latest backtests the last split alone.
func (v truth) latest(t testing.TB, seed uint64, customers int, model string) *Report {
	t.Helper()
	o := v.options(model)
	o.Origins = []int32{lastOrigin}
	return run(t, v.history(seed, customers), o)
}

// Of 200 steady shops at most 2% are refused for drift, and none for anything
// else but parameters that 300 customers do not pin down. The errors of their
// totals are as large as their standard errors say: to within three times the
// 5% that 200 draws are sure of.
func TestSteadyShopsAreAccepted(t *testing.T) {
	const shops = 200
	squares, fits, drifts := 0.0, 0.0, 0
	for seed := range uint64(shops) {
		v, model := bgTruth, "bg-nbd"
		if seed%2 == 1 {
			v, model = paretoTruth, "mbg-nbd"
		}
		r := v.latest(t, 1000+seed, 300, model)
		require.Empty(t, r.tooShort())
		require.Empty(t, r.tooFew())
		f := r.Splits[0].Models[0]
		if f.Problem != "" {
			continue
		}
		if r.Choose().Refused {
			drifts++
		}
		z := (f.Actual - f.Expected) / f.TotalStdErr
		squares += z * z
		fits++
	}
	t.Logf("%d of %d refused; errors of totals are %.2f standard errors (root mean square)", drifts, shops, math.Sqrt(squares/fits))
	require.Greater(t, fits, 0.9*shops)
	require.LessOrEqual(t, drifts, shops*2/100)
	require.InDelta(t, 1, math.Sqrt(squares/fits), 0.15)
}

// A shop whose customers buy half or twice as often from the split on is
// refused, always.
func TestChangedShopsAreRefused(t *testing.T) {
	for seed := range uint64(4) {
		for _, v := range []truth{bgTruth, mbgTruth, paretoTruth} {
			for _, v.speed = range []float64{0.5, 2} {
				v.change = lastOrigin + 1
				r := v.latest(t, 2000+seed, 1500, "mbg-nbd")
				require.NotEmpty(t, r.drifted("mbg-nbd"), "seed %d, %+v", seed, v)
				require.True(t, r.Choose().Refused)
			}
		}
	}
}

// Between truths that differ clearly the true model is chosen, or tied, and the
// intervals of the true model hold what they promise.
func TestTruthIsChosen(t *testing.T) {
	const shops = 6
	for _, c := range []struct {
		name  string
		truth truth
	}{{"bg-nbd", bgTruth}, {"mbg-nbd", mbgTruth}} {
		right, coverage := 0, 0.0
		for seed := range uint64(shops) {
			r := run(t, c.truth.history(3000+seed, 1500), c.truth.options("bg-nbd", "mbg-nbd"))
			choice := r.Choose()
			require.False(t, choice.Refused, choice.Reason)
			if choice.Model == c.name {
				right++
			}
			for _, p := range r.Pooled {
				if p.Name == c.name {
					coverage += p.Coverage.TieSplit / shops
					require.Greater(t, p.Coverage.Raw, p.Coverage.TieSplit)
					require.Positive(t, p.Skill)
				}
			}
		}
		t.Logf("%s: chosen in %d of %d shops, intervals of 90%% hold %.1f%%", c.name, right, shops, 100*coverage)
		require.GreaterOrEqual(t, right, shops-1, c.name)
		require.InDelta(t, IntervalLevel, coverage, 0.02, c.name)
	}
}

// The variance by parameters is that of central differences, and what has no
// covariance adds nothing.
func TestParameterVariance(t *testing.T) {
	r := bgTruth.latest(t, 8, 600, "bg-nbd")
	fit := r.Splits[0].Models[0].Fit
	k := newShop(bgTruth.history(8, 600), bgTruth.days-1).newSample(lastOrigin, 133, 7)
	total := func(theta []float64) float64 {
		params := make(map[string]float64)
		for i, p := range fit.Params {
			params[p.Name] = theta[i]
		}
		m, err := clv.NewModel("bg-nbd", params)
		require.NoError(t, err)
		return k.expectedTotal(m, 1)
	}
	theta := make([]float64, len(fit.Params))
	for i, p := range fit.Params {
		theta[i] = p.Value
	}
	g := make([]float64, len(theta))
	for i, at := range theta {
		step := 1e-3 * at
		theta[i] = at + step
		g[i] = total(theta)
		theta[i] = at - step
		g[i] = (g[i] - total(theta)) / (2 * step)
		theta[i] = at
	}
	want := 0.0
	for i := range g {
		for j := range g {
			want += g[i] * fit.Covariance[i][j] * g[j]
		}
	}
	require.InEpsilon(t, want, k.parameterVariance(fit, total(theta), 1), 1e-4)
	fit.Covariance[0][0] = math.NaN()
	require.False(t, math.IsNaN(k.parameterVariance(fit, total(theta), 1)))
}

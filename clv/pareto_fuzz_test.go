package clv

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzPareto feeds any numbers to the Pareto/NBD and the NBD model: what the
// checks let through gives finite values in range, what they refuse an error of
// a known class and NaN.
func FuzzPareto(f *testing.F) {
	f.Add(.553, 10.578, .606, 11.669, 2., 30.43, 38.86, 39., .002, 3.)
	f.Add(1e-12, 1e12, 1e12, 1e-12, 9e15, 1e15, 1e15, math.Inf(1), 1e-300, 0.)
	f.Add(1e12, 1e-12, 1e-12, 1e12, 0., 0., 1e15, 1e15, 1e15, 9e15)
	f.Add(1e12, 1e-12, 1e12, 1e12, 1., 0., 0., 5e-324, 5e-324, 1.)
	f.Add(1e-12, 1e-12, 1e-12, 1e12, 0., 0., 1e15, 1e-300, 0., 2.)
	f.Add(1e-12, 1e12, 1e-12, 1e-12, 0., 0., 0., 1e15, 1e-15, 1e9)
	f.Add(math.NaN(), -1., 0., math.Inf(1), 0.5, 2., 1., math.NaN(), -1., 0.5)
	f.Fuzz(func(t *testing.T, r, alpha, s, beta, x, tx, end, h, delta, n float64) {
		full := map[string]float64{"r": r, "alpha": alpha, "s": s, "beta": beta}
		requireModelHolds(t, "pareto-nbd", full, x, tx, end, h, delta, n)
		requireModelHolds(t, "nbd", map[string]float64{"r": r, "alpha": alpha}, x, tx, end, h, delta, n)
	})
}

func requireModelHolds(t *testing.T, name string, params map[string]float64, x, tx, end, h, delta, n float64) {
	t.Helper()
	m, err := NewModel(name, params)
	if err != nil {
		require.ErrorIs(t, err, ErrParameter)
		return
	}
	o := ScoreOptions{Horizon: h, Delta: delta, WithLogLikelihood: true, WithDECT: true, WithAliveTime: true}
	s := Score(m, Panel{X: []float64{x}, TX: []float64{tx}, T: []float64{end}}, o)
	rowErr, optionsErr := CheckRow(x, tx, end), o.Validate()
	logLikelihood, gradient := m.Gradient(x, tx, end)
	if rowErr != nil {
		require.ErrorIs(t, rowErr, ErrRow)
		requireNaN(t, s.LogLikelihood[0], s.PAlive[0], s.CET[0], s.DECT[0], s.AliveTime[0], logLikelihood, gradient[0])
		return
	}
	requireFinite(t, s.LogLikelihood[0], logLikelihood)
	requireFinite(t, gradient...)
	requireWithin(t, s.PAlive[0], 0, 1)
	if optionsErr != nil {
		require.ErrorIs(t, optionsErr, ErrParameter)
		requireNaN(t, s.CET[0], s.DECT[0], s.AliveTime[0])
		return
	}
	if delta > 0 {
		requireFinite(t, s.DECT[0], s.AliveTime[0])
	}
	const near = 1 + 1e-9
	requireWithin(t, s.CET[0], 0, math.Inf(1))
	requireWithin(t, s.DECT[0], 0, s.CET[0]*near)
	requireWithin(t, s.AliveTime[0], 0, min(h, 1/delta)*near)
	requireWithin(t, m.PAliveAt(h, x, tx, end), 0, s.PAlive[0])
	if math.IsInf(h, 1) || !validCount(n) {
		requireNaN(t, m.PMFAhead(n, h, x, tx, end))
		return
	}
	requireWithin(t, m.PMFAhead(n, h, x, tx, end), 0, 1)
	f := m.after(x).draw(rand.New(rand.NewPCG(1, 2)), h, delta, end)
	requireFinite(t, f.purchases)
	requireWithin(t, f.discounted, 0, f.purchases)
	requireWithin(t, f.time, 0, h*near)
}

// FuzzFitPareto fits to any three customers: a finite point, or a known error.
func FuzzFitPareto(f *testing.F) {
	f.Add(2., 30.43, 38.86, 1., 1., 1.71, 38.86, 1.)
	f.Add(1e4, 1e5, 1e5, 1., 0., 0., 1e-9, 1e9)
	f.Add(9e15, 1e15, 1e15, 9e15, 1., 0., 0., 1e-300)
	f.Fuzz(func(t *testing.T, x1, tx1, t1, w1, x2, tx2, t2, w2 float64) {
		p := Panel{
			X: []float64{x1, x2, 0}, TX: []float64{tx1, tx2, 0}, T: []float64{t1, t2, t1},
			Weight: []float64{w1, w2, 1},
		}
		for _, name := range paretoModels {
			fit, err := FitModel(name, p, 1)
			if err != nil && !errors.Is(err, ErrNotIdentified) {
				require.True(t, errors.Is(err, ErrRow) || errors.Is(err, ErrNoRepeat) || errors.Is(err, ErrNoExposure), "%v", err)
				continue
			}
			require.Equal(t, err == nil, fit.Converged)
			requireFinite(t, fit.LogLikelihood, fit.AIC, fit.BIC, fit.GradNorm)
			for _, param := range fit.Params {
				requireWithin(t, param.Value, MinParam/2, 2*MaxParam)
			}
		}
	})
}

// The same over the whole of what the checks let through, each number with any
// number of digits before or after its point.
func TestParetoAnyNumbers(t *testing.T) {
	rng := newRand()
	between := func(low, high float64) float64 {
		return math.Exp(math.Log(low) + rng.Float64()*(math.Log(high)-math.Log(low)))
	}
	orZero := func(v float64) float64 { return v * float64(min(1, rng.IntN(5))) }
	for range 3000 {
		params := map[string]float64{"r": between(1e-12, 1e12), "alpha": between(1e-12, 1e12)}
		x, end := math.Floor(between(0.3, MaxCount)), orZero(between(1e-300, MaxTime))
		if rng.IntN(2) == 0 {
			x = float64(rng.IntN(4))
		}
		tx := min(x, 1) * min(end, between(1e-20, 2)*end)
		h, delta, n := orZero(between(5e-324, MaxTime)), orZero(between(5e-324, MaxTime)), orZero(math.Floor(between(0.3, MaxCount)))
		if rng.IntN(4) == 0 {
			h = math.Inf(1)
		}
		requireModelHolds(t, "nbd", params, x, tx, end, h, delta, n)
		params["s"], params["beta"] = between(1e-12, 1e12), between(1e-12, 1e12)
		requireModelHolds(t, "pareto-nbd", params, x, tx, end, h, delta, n)
	}
}

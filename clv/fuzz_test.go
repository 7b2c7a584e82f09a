package clv

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzModel feeds any numbers to a model: what the checks let through gives
// finite values in range, what they refuse an error of a known class and NaN.
func FuzzModel(f *testing.F) {
	f.Add(false, .243, 4.414, .793, 2.426, 2., 30.43, 38.86, 39., .002, 3.)
	f.Add(true, 1e-12, 1e12, 1e12, 1e-12, 9e15, 1e15, 1e15, math.Inf(1), 1e-300, 1.)
	f.Add(true, 1e12, 1e-12, 1e-12, 1e12, 0., 0., 1e15, 1e15, 1e15, 9e15)
	f.Add(false, 1e12, 1e-12, 1e12, 1e12, 1., 0., 0., 5e-324, 5e-324, 10.)
	f.Add(false, math.NaN(), -1., 0., math.Inf(1), 0.5, 2., 1., math.NaN(), -1., 0.)
	f.Fuzz(func(t *testing.T, mbg bool, r, alpha, a, b, x, tx, end, h, delta, n float64) {
		name := "bg-nbd"
		if mbg {
			name = "mbg-nbd"
		}
		requireModelSane(t, name, map[string]float64{"r": r, "alpha": alpha, "a": a, "b": b}, x, tx, end, h, delta, n)
	})
}

// FuzzCondensed is FuzzModel for regular purchases.
func FuzzCondensed(f *testing.F) {
	f.Add(false, 2., .243, 4.414, .793, 2.426, 2., 30.43, 38.86, 39., .002, 3.)
	f.Add(true, 12., 1e-12, 1e12, 1e12, 1e-12, 9e15, 1e15, 1e15, math.Inf(1), 1e-300, 1.)
	f.Add(true, 4., 1e12, 1e-12, 1e-12, 1e12, 0., 0., 1e15, 1e15, 1e15, 9e15)
	f.Add(false, 3., 1e12, 1e-12, 1e12, 1e12, 1., 0., 0., 5e-324, 5e-324, 10.)
	f.Add(false, 2.5, 1., 1., 1., 1., 2., 1., 3., 1., 0., 0.)
	f.Fuzz(func(t *testing.T, mbg bool, k, r, alpha, a, b, x, tx, end, h, delta, n float64) {
		name := "bg-cnbd-k"
		if mbg {
			name = "mbg-cnbd-k"
		}
		requireModelSane(t, name, map[string]float64{"k": k, "r": r, "alpha": alpha, "a": a, "b": b}, x, tx, end, h, delta, n)
	})
}

// FuzzGompertz is FuzzModel for a risk to leave that rises.
func FuzzGompertz(f *testing.F) {
	f.Add(.553, 10.578, .0002, .603, .0026, 2., 30.43, 38.86, 39., .002, 3.)
	f.Add(1e-12, 1e12, 1e12, 1e-12, 1e12, 9e15, 1e15, 1e15, math.Inf(1), 1e-300, 1.)
	f.Add(1e12, 1e-12, 1e-12, 1e12, 1e-12, 0., 0., 1e15, 1e15, 1e15, 9e15)
	f.Add(1e12, 1e12, 1., 1e12, 1., 1., 0., 0., 5e-324, 5e-324, 10.)
	f.Fuzz(func(t *testing.T, r, alpha, b, s, beta, x, tx, end, h, delta, n float64) {
		params := map[string]float64{"r": r, "alpha": alpha, "b": b, "s": s, "beta": beta}
		requireModelSane(t, "ggompertz-nbd", params, x, tx, end, h, delta, n)
	})
}

// FuzzFitFurther is FuzzFit for the models of regular purchases, and of a risk to
// leave that rises.
func FuzzFitFurther(f *testing.F) {
	f.Add(2., 30.43, 38.86, 1., 1., 1.71, 38.86, 1.)
	f.Add(1e4, 1e5, 1e5, 1., 0., 0., 1e-9, 1e9)
	f.Add(9e15, 1e15, 1e15, 9e15, 1., 0., 0., 1e-300)
	f.Add(1., 0., 1e15, 1., 1., 0., 1e15, 1.)
	f.Fuzz(func(t *testing.T, x1, tx1, t1, w1, x2, tx2, t2, w2 float64) {
		p := Panel{X: []float64{x1, x2, 0}, TX: []float64{tx1, tx2, 0}, T: []float64{t1, t2, t1}, Weight: []float64{w1, w2, 1}}
		for name, k := range map[string]int{"bg-cnbd-k": 2, "mbg-cnbd-k": 5, "ggompertz-nbd": 0} {
			fit, err := FitModelWith(name, p, FitOptions{K: k})
			if err != nil && !errors.Is(err, ErrNotIdentified) {
				require.True(t, errors.Is(err, ErrRow) || errors.Is(err, ErrNoRepeat) || errors.Is(err, ErrNoExposure), "%s: %v", name, err)
				continue
			}
			require.Equal(t, err == nil, fit.Converged, name)
			requireEstimate(t, fit.Estimate)
			_, err = json.Marshal(NewFile("week", fit))
			require.NoError(t, err)
		}
	})
}

// requireModelSane wants finite values in range where the checks let numbers
// through, and an error of a known class or NaN where they do not.
func requireModelSane(t *testing.T, name string, params map[string]float64, x, tx, end, h, delta, n float64) {
	t.Helper()
	m, err := NewModel(name, params)
	if err != nil {
		require.ErrorIs(t, err, ErrParameter)
		return
	}
	o := ScoreOptions{Horizon: h, Delta: delta, WithLogLikelihood: true, WithDECT: true, WithAliveTime: true}
	s := Score(m, Panel{X: []float64{x}, TX: []float64{tx}, T: []float64{end}}, o)
	rowErr, optionsErr := CheckRow(x, tx, end), o.Validate()
	if rowErr != nil {
		require.ErrorIs(t, rowErr, ErrRow)
		requireNaN(t, s.LogLikelihood[0], s.PAlive[0], s.CET[0], s.DECT[0], s.AliveTime[0])
		return
	}
	requireFinite(t, s.LogLikelihood[0])
	requireWithin(t, s.PAlive[0], 0, 1)
	if optionsErr != nil {
		require.ErrorIs(t, optionsErr, ErrParameter)
		requireNaN(t, s.CET[0], s.DECT[0], s.AliveTime[0])
		return
	}
	if delta > 0 {
		requireFinite(t, s.DECT[0], s.AliveTime[0])
	}
	requireWithin(t, s.CET[0], 0, math.Inf(1))
	requireWithin(t, s.DECT[0], 0, s.CET[0]*(1+1e-9)+1e-300)
	requireWithin(t, s.AliveTime[0], 0, min(h, 1/delta)*(1+1e-9)+1e-300)
	requirePlayable(t, m, n, h, delta, x, tx, end)
}

// requirePlayable checks chances of single counts, survival and draws within a
// valid horizon.
func requirePlayable(t *testing.T, m *Model, n, h, delta, x, tx, end float64) {
	t.Helper()
	requireWithin(t, m.PAliveAt(h, x, tx, end), 0, m.PAlive(x, tx, end))
	if math.IsInf(h, 1) {
		return
	}
	if validCount(n) {
		requireWithin(t, m.PMFAhead(n, h, x, tx, end), 0, 1)
	}
	drawn := m.after(x).draw(rand.New(rand.NewPCG(1, 2)), h, delta, end)
	requireWithin(t, drawn.purchases, 0, math.MaxFloat64)
	requireWithin(t, drawn.discounted, 0, drawn.purchases*(1+1e-9))
	requireWithin(t, drawn.time, 0, min(h, 1/delta)*(1+1e-9)+1e-300)
}

// mostLooks bounds the work of a fit to a handful of customers, in evaluations:
// every search is bounded, and so is their number.
const mostLooks = 50_000

// FuzzFit fits to any three customers: a maximum in what is not held, or a known
// error, in bounded time.
func FuzzFit(f *testing.F) {
	f.Add(2., 30.43, 38.86, 1., 1., 1.71, 38.86, 1., 3.)
	f.Add(1e4, 1e5, 1e5, 1., 0., 0., 1e-9, 1e9, 0.5)
	f.Add(9e15, 1e15, 1e15, 9e15, 1., 0., 0., 1e-300, 1e12)
	f.Add(1., 0., 1e15, 1., 1., 0., 1e15, 1., 20.)
	f.Add(1., 1., 1., 1., 1., 1., 1., 1., 20.)
	f.Add(20200., 11104.1, 1e5, 47., 87., 0., -92., 5.999999514e9, 47.5)
	f.Fuzz(func(t *testing.T, x1, tx1, t1, w1, x2, tx2, t2, w2, spend float64) {
		p := Panel{
			X: []float64{x1, x2, 0}, TX: []float64{tx1, tx2, 0}, T: []float64{t1, t2, t1},
			Weight: []float64{w1, w2, 1},
		}
		for _, name := range append([]string{"nbd"}, betaGeometrics...) {
			fit, err := FitModelWith(name, p, FitOptions{Start: map[string]float64{"r": x1, "alpha": t1, "a": w1, "b": spend}})
			if err != nil && !errors.Is(err, ErrNotIdentified) {
				require.True(t, errors.Is(err, ErrRow) || errors.Is(err, ErrNoRepeat) || errors.Is(err, ErrNoExposure), "%v", err)
				continue
			}
			require.Equal(t, err == nil, fit.Converged)
			requireEstimate(t, fit.Estimate)
			for _, param := range fit.Params {
				requireWithin(t, param.Value, MinParam, MaxParam)
			}
			_, err = json.Marshal(NewFile("week", fit))
			require.NoError(t, err)
		}
		fit, err := FitGammaGamma(p.X, []float64{spend, t1, t2}, p.Weight, 1)
		if err != nil && !errors.Is(err, ErrNotIdentified) {
			require.True(t, errors.Is(err, ErrRow) || errors.Is(err, ErrNoSpend) || errors.Is(err, ErrMoneyUnit), "%v", err)
			return
		}
		requireEstimate(t, fit.Estimate)
		requireFinite(t, fit.Model.P, fit.Model.Q, fit.Model.Gamma)
	})
}

// requireEstimate wants finite numbers, and a reason for whatever is not known.
func requireEstimate(t *testing.T, e Estimate) {
	t.Helper()
	requireFinite(t, e.LogLikelihood, e.AIC, e.BIC, e.GradNorm)
	require.LessOrEqual(t, e.Evaluations, mostLooks)
	if len(e.Held) > 0 || !e.Converged {
		require.NotEmpty(t, e.Note.String())
	}
}

// FuzzSpend feeds any numbers to the spend model.
func FuzzSpend(f *testing.F) {
	f.Add(6.25, 3.74, 15.44, 2., 22.35)
	f.Add(1e-12, 1e12, 1e-12, 9e15, 1e-15)
	f.Add(1e12, 1e-12, 1e12, 0., -1e300)
	f.Add(1., 1., math.NaN(), 1., math.Inf(1))
	f.Fuzz(func(t *testing.T, p, q, gamma, x, m float64) {
		g, err := NewGammaGamma(p, q, gamma)
		if errors.Is(err, ErrParameter) {
			return
		}
		require.Equal(t, q <= 1, errors.Is(err, ErrNoMean))
		spend := g.ExpectedSpend(x, m)
		if !validCount(x) {
			requireNaN(t, spend, g.LogLikelihood(x, m))
			return
		}
		requireWithin(t, spend, 0, math.MaxFloat64)
		if validSpend(x, m) {
			requireFinite(t, g.LogLikelihood(x, m))
		} else {
			requireNaN(t, g.LogLikelihood(x, m))
		}
	})
}

func requireNaN(t testing.TB, values ...float64) {
	t.Helper()
	for _, v := range values {
		require.True(t, math.IsNaN(v), "%v where NaN was expected", v)
	}
}

func requireWithin(t testing.TB, v, low, high float64) {
	t.Helper()
	require.True(t, v >= low && v <= high, "%v is not from %v to %v", v, low, high)
}

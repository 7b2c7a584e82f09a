package clv

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzBGBB feeds any numbers to BG/BB.
func FuzzBGBB(f *testing.F) {
	f.Add(1.204, .75, .657, 2.783, 2., 4., 6., 5., .095, 3.)
	f.Add(1e-12, 1e12, 1e12, 1e-12, 1e15, 1e15, 1e15, math.Inf(1), 1e-300, 9e15)
	f.Add(1e12, 1e-12, 1e-12, 1e12, 0., 0., 1e15, 1e15, 1e15, 5e14)
	f.Add(1e12, 1e12, 1e12, 1e12, 1., 1., 1e15, 1e15, 5e-324, 1.)
	f.Add(1., 1e-12, 1., 1e-12, 0., 0., 0., 1e15, 0., 1e15-1)
	f.Add(math.NaN(), -1., 0., math.Inf(1), 0.5, 2., 1., math.NaN(), -1., 0.)
	f.Fuzz(func(t *testing.T, alpha, beta, gamma, delta, x, tx, end, h, rate, n float64) {
		params := map[string]float64{"alpha": alpha, "beta": beta, "gamma": gamma, "delta": delta}
		requireSane(t, "bg-bb", params, x, tx, end, h, rate, n)
	})
}

// FuzzSBG feeds any numbers to sBG.
func FuzzSBG(f *testing.F) {
	f.Add(.704, 1.182, 3., 3., 7., 5., .095, 3.)
	f.Add(1e-12, 1e12, 1e15, 1e15, 1e15, math.Inf(1), 1e-300, 9e15)
	f.Add(1e12, 1e-12, 0., 0., 0., 1e15, 1e15, 5e14)
	f.Add(math.NaN(), -1., 0.5, 2., 1., math.NaN(), -1., 0.)
	f.Fuzz(func(t *testing.T, alpha, beta, x, tx, end, h, rate, n float64) {
		requireSane(t, "sbg", map[string]float64{"alpha": alpha, "beta": beta}, x, tx, end, h, rate, n)
	})
}

// requireSane wants finite values in range where the checks let numbers through,
// and an error of a known class or NaN where they do not.
func requireSane(t *testing.T, name string, params map[string]float64, x, tx, end, h, rate, n float64) {
	t.Helper()
	m, err := NewModel(name, params)
	if err != nil {
		require.ErrorIs(t, err, ErrParameter)
		return
	}
	o := ScoreOptions{Horizon: h, Delta: rate, WithLogLikelihood: true, WithDECT: true, WithAliveTime: true}
	s := Score(m, Panel{X: []float64{x}, TX: []float64{tx}, T: []float64{end}}, o)
	ll, gradient := m.Gradient(x, tx, end)
	pmf, later := m.PMFAhead(n, h, x, tx, end), m.PAliveAt(h, x, tx, end)
	if err := m.CheckRow(x, tx, end); err != nil {
		require.ErrorIs(t, err, ErrRow)
		requireNaN(t, s.LogLikelihood[0], s.PAlive[0], s.CET[0], s.DECT[0], s.AliveTime[0], ll, pmf, later)
		requireNaN(t, gradient...)
		return
	}
	requireFinite(t, s.LogLikelihood[0], ll)
	requireFinite(t, gradient...)
	require.LessOrEqual(t, s.LogLikelihood[0], 1e-12, "a chance")
	requireWithin(t, s.PAlive[0], 0, 1)
	if validHorizon(h, 0) && !math.IsInf(h, 1) && validCount(n) {
		requireWithin(t, pmf, 0, 1)
	} else {
		requireNaN(t, pmf)
	}
	if err := o.Validate(); err != nil {
		require.ErrorIs(t, err, ErrParameter)
		requireNaN(t, s.CET[0], s.DECT[0], s.AliveTime[0])
		return
	}
	requireWithin(t, later, 0, s.PAlive[0]*slack)
	requireSaneFuture(t, s, h, rate)
	if !math.IsInf(h, 1) {
		drawn := m.after(x).draw(rand.New(rand.NewPCG(1, 2)), h, rate, end)
		requireWithin(t, drawn.purchases, 0, h)
		requireWithin(t, drawn.discounted, 0, drawn.purchases*slack)
		requireWithin(t, drawn.time, 0, min(h, 1/rate)*slack)
	}
}

// requireSaneFuture checks expectations at valid options.
func requireSaneFuture(t *testing.T, s Scores, h, rate float64) {
	t.Helper()
	if rate > 0 {
		requireFinite(t, s.DECT[0], s.AliveTime[0])
	}
	requireWithin(t, s.CET[0], 0, h*slack)
	requireWithin(t, s.DECT[0], 0, s.CET[0]*slack)
	requireWithin(t, s.AliveTime[0], 0, min(h, 1/rate)*slack)
}

// FuzzFitCounts fits both models to any two customers: a finite point, or a known
// error.
func FuzzFitCounts(f *testing.F) {
	f.Add(2., 4., 6., 3., 0., 0., 6., 4.)
	f.Add(1e14, 1e14, 1e15, 9e15, 1., 1., 1., 1e-300)
	f.Add(3., 3., 3., 1., 2., 2., 9., 1.)
	f.Fuzz(func(t *testing.T, x1, tx1, t1, w1, x2, tx2, t2, w2 float64) {
		p := Panel{X: []float64{x1, x2}, TX: []float64{tx1, tx2}, T: []float64{t1, t2}, Weight: []float64{w1, w2}}
		for _, name := range countModels {
			fit, err := FitModel(name, p, 1)
			if err != nil && !errors.Is(err, ErrNotIdentified) {
				known := errors.Is(err, ErrRow) || errors.Is(err, ErrNoRepeat) || errors.Is(err, ErrNoExposure) || errors.Is(err, ErrNoCustomers)
				require.True(t, known, "%v", err)
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

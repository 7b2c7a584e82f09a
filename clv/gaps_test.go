package clv

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// regularPanel is a panel with gaps, some rows equal but for them.
func regularPanel() Panel {
	rng := rand.New(rand.NewPCG(5, 6))
	m := condensed{betaGeometric{first: 1, r: 0.9, alpha: 3, a: 0.6, b: 1.6}, 2}
	p := m.simulate(rng, 600, func() float64 { return 30 })
	for i, tx := range p.TX {
		p.TX[i] = math.Ceil(tx)
	}
	return p
}

// A merged row stands for its customers: their weights add up, and their gaps.
func TestMergeKeepsGaps(t *testing.T) {
	p := regularPanel()
	m := p.Merge()
	require.Less(t, m.Len(), p.Len())
	var want, got, weight float64
	for _, sum := range p.LnGaps {
		want += sum
	}
	for i, sum := range m.LnGaps {
		got += m.Weight[i] * sum
		weight += m.Weight[i]
	}
	require.InDelta(t, want, got, 1e-9)
	require.InDelta(t, float64(p.Len()), weight, 0)
	require.Nil(t, Panel{X: p.X, TX: p.TX, T: p.T}.Merge().LnGaps)
}

// The order of rows changes no bit of a fit, nor does a start or the number of
// workers.
func TestFitCondensedSameBits(t *testing.T) {
	p := regularPanel()
	order := rand.New(rand.NewPCG(8, 9)).Perm(p.Len())
	var mixed Panel
	for _, i := range order {
		mixed.appendRow(p.X[i], p.TX[i], p.T[i], 1)
		mixed.LnGaps = append(mixed.LnGaps, p.LnGaps[i])
	}
	for _, name := range condensedNames {
		want, err := FitModel(name, p, 1)
		require.NoError(t, err)
		start := map[string]float64{"k": 2, "r": 0.8, "alpha": 2, "a": 1, "b": 1}
		got, err := FitModelWith(name, mixed, FitOptions{Start: start, Workers: 3})
		require.NoError(t, err)
		require.Equal(t, want.Params[0].Value, got.Params[0].Value) //nolint:testifylint // the very same number
		require.Equal(t, want.Model.theta, got.Model.theta)
		require.Equal(t, want.LogLikelihood, got.LogLikelihood) //nolint:testifylint // the very same number
		require.InDelta(t, 2, want.Params[0].Value, 0)
	}
}

// Times in another unit: LL - (sum x) ln c and alpha times c, with gaps and without.
func TestFitCondensedUnitChange(t *testing.T) {
	const c = 7.
	p := regularPanel()
	days, sumX := scaleTimes(p, c), 0.
	for i, x := range p.X {
		days.LnGaps = append(days.LnGaps, p.LnGaps[i]+x*math.Log(c))
		sumX += x
	}
	for _, known := range []bool{true, false} {
		week, day := p, days
		if !known {
			week.LnGaps, day.LnGaps = nil, nil
		}
		before, err := FitModelWith("mbg-cnbd-k", week, FitOptions{K: 3})
		require.NoError(t, err)
		after, err := FitModelWith("mbg-cnbd-k", day, FitOptions{K: 3})
		require.NoError(t, err)
		requireClose(t, before.LogLikelihood-sumX*math.Log(c), after.LogLikelihood, 1e-12)
		requireClose(t, c*before.Params[2].Value, after.Params[2].Value, 1e-7)
	}
}

// The log-likelihood of a fit is the sum of what rows have under its model. Gaps
// move it and nothing else.
func TestCondensedLogLikelihoodOfRows(t *testing.T) {
	p := regularPanel()
	var params [][]Param
	for _, known := range []bool{true, false} {
		of := p
		if !known {
			of.LnGaps = nil
		}
		fit, err := FitModelWith("bg-cnbd-k", of, FitOptions{K: 2})
		require.NoError(t, err)
		sum := 0.
		for _, ll := range Score(fit.Model, of, ScoreOptions{WithLogLikelihood: true}).LogLikelihood {
			sum += ll
		}
		require.InDelta(t, fit.LogLikelihood, sum, 1e-9*math.Abs(sum))
		params = append(params, fit.Params)
	}
	for i := range params[0][1:] {
		requireClose(t, params[0][1+i].Value, params[1][1+i].Value, 1e-7)
	}
}

// Without the gaps their part is the mean over all ways to have them. Of two that
// add up to 5, the first is spread evenly.
func TestLnEvenGaps(t *testing.T) {
	const tx, steps = 5., 100_000
	for _, k := range []float64{2, 3, 7} {
		mean := 0.
		for i := range steps {
			gap := tx * (float64(i) + 0.5) / steps
			mean += math.Exp(lnKnownGaps(k, 2, math.Log(gap)+math.Log(tx-gap))) / steps
		}
		require.InDelta(t, math.Log(mean), lnEvenGaps(k, 2, tx), 1e-8)
		require.InDelta(t, lnKnownGaps(k, 1, math.Log(tx)), lnEvenGaps(k, 1, tx), 1e-12, "one gap is t_x")
	}
	require.Zero(t, lnEvenGaps(3, 0, 0))
}

func TestCheckGaps(t *testing.T) {
	require.NoError(t, CheckGaps(0, 0, 0))
	require.NoError(t, CheckGaps(2, 10, 2*math.Log(5)))
	require.NoError(t, CheckGaps(2, 10, -30))
	for _, c := range []struct {
		x, tx, lnGaps float64
		says          string
	}{
		{2, 10, math.NaN(), "not a finite number"},
		{2, 10, math.Inf(-1), "not a finite number"},
		{0, 0, 1, "should be 0 where x is 0"},
		{2, 10, 2 * math.Log(5*7), "in one unit"}, // days, where t_x is in weeks
	} {
		err := CheckGaps(c.x, c.tx, c.lnGaps)
		require.ErrorIs(t, err, ErrRow)
		require.ErrorContains(t, err, c.says)
		panel := Panel{X: []float64{c.x}, TX: []float64{c.tx}, T: []float64{20}, LnGaps: []float64{c.lnGaps}}
		require.ErrorContains(t, panel.Validate(), "panel row 0: "+err.Error())
	}
}

// A fit says what it needs to know of k.
func TestFitAsksForK(t *testing.T) {
	p := regularPanel()
	p.LnGaps = nil
	_, err := FitModel("mbg-cnbd-k", p, 1)
	require.ErrorIs(t, err, ErrNoGaps)
	for _, c := range []struct {
		model string
		k     int
	}{{"mbg-cnbd-k", -1}, {"mbg-cnbd-k", MaxStages + 1}, {"mbg-nbd", 2}} {
		_, err = FitModelWith(c.model, p, FitOptions{K: c.k})
		require.ErrorIs(t, err, ErrParameter)
	}
	// Customers like clockwork are told by no k.
	p.LnGaps = make([]float64, p.Len())
	for i, x := range p.X {
		p.TX[i], p.T[i] = x, x+0.5
	}
	fit, err := FitModel("bg-cnbd-k", p, 1)
	require.NoError(t, err)
	require.InDelta(t, MaxStages, fit.Params[0].Value, 0)
	require.Contains(t, fit.Note.String(), "k rose to its bound, 12 (purchases come like clockwork)")
}

package clv

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// aheadPanel has many customers who are alike but for t, on a grid of days, and some who are
// alike altogether.
func aheadPanel() (p Panel) {
	add := func(x, tx, t float64) { p.X, p.TX, p.T = append(p.X, x), append(p.TX, tx), append(p.T, t) }
	for x := range 4 {
		for day := range 700 {
			t := float64(day) / 7
			add(float64(x), min(t, float64(x*(1+day%5))/7*math.Min(1, float64(day))), t)
		}
	}
	for i := range 40 {
		add(0, 0, float64(30+i%3))
		add(2, float64(5+i%4), 40)
		add(float64(30+i), 20, 41)
	}
	return p
}

// Scores of several horizons at once are those of each alone: P(alive) bit for bit, the rest
// to nine digits; whatever the pace, the horizon and the number of workers.
func TestScoreAheadIsScoreBlend(t *testing.T) {
	blend := threeModels(t)
	fast, err := blend.WithPace(1.2)
	require.NoError(t, err)
	panel := aheadPanel()
	o := ScoreOptions{Delta: 0.002, WithDECT: true, WithAliveTime: true}
	horizons := []float64{156, 1. / 7, 156 + 1./7, math.Inf(1), 0}
	for name, b := range map[string]*Blend{
		"blend": blend, "fast": fast, "pareto": Alone(model(t, "pareto-nbd", 0.55, 10.6, 0.6, 11.7), nil),
		"condensed": Alone(model(t, "mbg-cnbd-k", 2, 0.6, 7, 0.5, 1.5), nil), "gompertz": Alone(model(t, "ggompertz-nbd", 0.55, 10.6, 0.05, 0.6, 11.7), nil),
	} {
		one := ScoreAhead(b, panel, horizons, o.Delta, 1)
		require.Equal(t, one, ScoreAhead(b, panel, horizons, o.Delta, 3), name)
		for k, h := range horizons {
			o.Horizon = h
			alone := ScoreBlend(b, panel, o)
			require.Nil(t, one[k].CET)
			require.Equal(t, alone.PAlive, one[k].PAlive, name)
			for i := range panel.X {
				require.InDelta(t, alone.DECT[i], one[k].DECT[i], 1e-9*alone.DECT[i], "%s: purchases of row %d within %v", name, i, h)
				require.InDelta(t, alone.AliveTime[i], one[k].AliveTime[i], 1e-9*alone.AliveTime[i], "%s: time of row %d within %v", name, i, h)
			}
		}
	}
}

// What customers share is worked out once, and changes no bit.
func TestParetoHistoriesShareWork(t *testing.T) {
	m := model(t, "pareto-nbd", 0.55, 10.6, 0.6, 11.7)
	panel := aheadPanel()
	s := Score(m, panel, ScoreOptions{Horizon: 1, WithLogLikelihood: true})
	for i := range panel.X {
		require.Equal(t, math.Float64bits(m.PAlive(panel.X[i], panel.TX[i], panel.T[i])), math.Float64bits(s.PAlive[i]))
		require.Equal(t, math.Float64bits(m.LogLikelihood(panel.X[i], panel.TX[i], panel.T[i])), math.Float64bits(s.LogLikelihood[i]))
	}
}

package clv

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// Scores of several horizons at once are those of each alone, bit for bit, at any pace and
// whatever the number of workers; rows that are alike have the scores of each alone too.
func TestScoreAheadIsScoreBlend(t *testing.T) {
	blend := threeModels(t)
	fast, err := blend.WithPace(1.2)
	require.NoError(t, err)
	panel := benchmarkPanel(300)
	for i := range 40 { // many bought once on the same day, and some alike twice
		panel.X[i], panel.TX[i], panel.T[i] = 0, 0, float64(30+i%3)
		panel.X[40+i], panel.TX[40+i], panel.T[40+i] = 2, float64(5+i%4), 40
	}
	o := ScoreOptions{Delta: 0.01, WithDECT: true, WithAliveTime: true}
	horizons := []float64{52, 0.5, 52.5, math.Inf(1), 0}
	for _, b := range []*Blend{blend, fast, Alone(model(t, "pareto-nbd", 0.55, 10.6, 0.6, 11.7), nil)} {
		for _, workers := range []int{1, 3} {
			all := ScoreAhead(b, panel, horizons, o.Delta, workers)
			for k, h := range horizons {
				o.Horizon = h
				alone := ScoreBlend(b, panel, o)
				require.Nil(t, all[k].CET)
				require.Equal(t, []([]float64){alone.PAlive, alone.DECT, alone.AliveTime}, []([]float64){all[k].PAlive, all[k].DECT, all[k].AliveTime}, "horizon %v", h)
				for i := range panel.X {
					one := ScoreBlend(b, Panel{X: panel.X[i : i+1], TX: panel.TX[i : i+1], T: panel.T[i : i+1]}, o)
					require.Equal(t, one.DECT[0], all[k].DECT[i])
				}
			}
		}
	}
}

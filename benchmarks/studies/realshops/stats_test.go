package main

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRanks(t *testing.T) {
	require.Equal(t, []float64{4, 1, 2.5, 2.5}, ranks([]float64{9, 1, 5, 5}))
	require.Empty(t, ranks(nil))
}

// Of 2 x 3 pairs five are in order and one is tied.
func TestArea(t *testing.T) {
	require.InDelta(t, 5.5/6, area([]float64{.9, .4, .4, .2, .1}, []bool{true, true, false, false, false}), 1e-15)
	require.InDelta(t, .5, area([]float64{3, 3, 3}, []bool{true, false, true}), 0)
	require.InDelta(t, 0, area([]float64{1, 2}, []bool{true, false}), 0)
	require.True(t, math.IsNaN(area([]float64{1, math.NaN()}, []bool{true, false})))
	require.True(t, math.IsNaN(area([]float64{1, 2}, []bool{true, true})))
}

// 1 - 6 (1 + 1 + 0 + 0)/(4 (16 - 1)) = 0.8 without ties.
func TestSpearman(t *testing.T) {
	require.InDelta(t, .8, spearman([]float64{10, 20, 30, 40}, []float64{2, 1, 3, 4}), 1e-15)
	require.InDelta(t, -1, spearman([]float64{1, 2, 3}, []float64{5, 4, 0}), 1e-15)
	require.True(t, math.IsNaN(spearman([]float64{1, 2}, []float64{1, 1})))
}

// Twenty customers in ten bins of two: those of 0.2 never came, in one of the
// bins of 0.7 both did and in the other one.
func TestCalibration(t *testing.T) {
	var chance []float64
	var outcome []bool
	for range 16 {
		chance, outcome = append(chance, .2), append(outcome, false)
	}
	chance = append(chance, .7, .7, .7, .7)
	outcome = append(outcome, true, true, true, false)
	require.InDelta(t, (16*.2+2*.3+2*.2)/20, calibration(chance, outcome), 1e-15)
	require.InDelta(t, 0, calibration([]float64{0, 1}, []bool{false, true}), 1e-15)
}

func TestLogLoss(t *testing.T) {
	require.InDelta(t, -(math.Log(.8)+math.Log(.7))/2, logLoss([]float64{.8, .3}, []bool{true, false}), 1e-15)
	require.InDelta(t, -math.Log(1e-12), logLoss([]float64{0}, []bool{true}), 1e-12)
}

// 90 to 110 around 100 costs its width; 10% above its end costs 20 times that.
func TestIntervalScore(t *testing.T) {
	width := math.Log(110. / 90)
	require.InDelta(t, width, intervalScore(90, 110, 100), 1e-15)
	require.InDelta(t, width+20*math.Log(1.1), intervalScore(90, 110, 121), 1e-12)
	require.InDelta(t, width+20*math.Log(2), intervalScore(90, 110, 45), 1e-12)
}

func TestMean(t *testing.T) {
	require.InDelta(t, 2, mean([]float64{1, math.NaN(), 3}), 0)
	require.True(t, math.IsNaN(mean(nil)))
}

// Two of 0.25 of whom one came, one of 0.125, and a chance
// of 1.
func TestTenths(t *testing.T) {
	of := tenths([]float64{.25, .125, .25, 1}, []bool{true, false, false, true})
	require.Equal(t, tenth{2, .5, 1}, of[2])
	require.Equal(t, tenth{1, .125, 0}, of[1])
	require.Equal(t, tenth{1, 1, 1}, of[9])
	require.InDelta(t, (.125+.5+0)/4, gap(of), 1e-15)
}

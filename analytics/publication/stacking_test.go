package publication

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func movingStacking() Stacking {
	return Stacking{
		On:   100,
		From: Weighing{Weights: map[string]float64{"nbd": 0.75, "mbg-nbd": 0.25}, Level: Level{Pace: 0.1, Variance: 0.01, Days: 91}},
		To:   Weighing{Weights: map[string]float64{"mbg-nbd": 0.5, "pareto-nbd": 0.5}, Level: Level{Pace: -0.1, Spend: 0.2, Variance: 0.03, Days: 119}},
	}
}

// Weights move in even steps from what was in force to what was found, and are there
// after so many days.
func TestStackingMovesEvenly(t *testing.T) {
	s := movingStacking()
	require.Equal(t, s.From, s.At(90))
	require.Equal(t, s.From, s.At(100))
	require.Equal(t, s.To, s.At(100+MovingDays))
	require.Equal(t, s.To, s.At(1000))
	half := s.At(100 + MovingDays/2)
	require.InDeltaMapValues(t, map[string]float64{"nbd": 0.375, "mbg-nbd": 0.375, "pareto-nbd": 0.25}, half.Weights, 1e-15)
	require.InDelta(t, 0, half.Level.Pace, 1e-15)
	require.InDelta(t, 0.1, half.Level.Spend, 1e-15)
	require.InDelta(t, 0.02, half.Level.Variance, 1e-15)
	require.InDelta(t, 105, half.Level.Days, 1e-12)
	require.InDelta(t, 0.02, half.Level.Over(50), 1e-15)
	require.InDelta(t, 0.04, half.Level.Over(420), 1e-15, "the root of four times as long")
	require.True(t, s.Among(map[string]bool{"nbd": true, "mbg-nbd": true, "pareto-nbd": true}))
	require.False(t, s.Among(map[string]bool{"nbd": true, "mbg-nbd": true}))
}

// What no night writes is found, whatever number it is.
func TestStackingValidates(t *testing.T) {
	whole := movingStacking()
	require.NoError(t, whole.validate(100))
	require.NoError(t, (*Stacking)(nil).validate(0))
	for _, c := range []struct {
		damage func(s *Stacking)
		says   string
	}{
		{func(s *Stacking) { s.On = 101 }, "after the night itself"},
		{func(s *Stacking) { s.To.Weights = nil }, "stacking.to.weights sum to 0"},
		{func(s *Stacking) { s.From.Weights["nbd"] = -0.5 }, "stacking.from.weights: a weight"},
		{func(s *Stacking) { s.From.Weights["nbd"] = math.NaN() }, "stacking.from.weights: a weight"},
		{func(s *Stacking) { s.To.Level.Pace = 20 }, "stacking.to.level"},
		{func(s *Stacking) { s.To.Level.Spend = math.NaN() }, "stacking.to.level"},
		{func(s *Stacking) { s.From.Level.Variance = -1 }, "stacking.from.level"},
		{func(s *Stacking) { s.From.Level.Days = math.Inf(1) }, "stacking.from.level"},
	} {
		s := movingStacking()
		c.damage(&s)
		require.ErrorContains(t, s.validate(100), c.says)
	}
}

package quality

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/wording"
)

var usualShares = []float64{0.01, 0.04, 0.15, 0.80}

func pyramid(t require.TestingT, value, shares []float64, hold float64) Pyramid {
	p, err := BuildPyramid(value, shares, hold)
	require.NoError(t, err)
	return p
}

// TestPyramidByHand: values 1 … 100. The best is VIP, the next four major, the
// next fifteen ordinary. Their sum is 5,050; the best 56 hold 4,060, the best
// 55 only 4,015 of the 4,040 that are 80%. The Gini coefficient of 1 … n is
// (n − 1)/(3n).
func TestPyramidByHand(t *testing.T) {
	value := make([]float64, 100)
	for i := range value {
		value[i] = float64(i + 1)
	}
	p := pyramid(t, value, usualShares, 0.8)
	sizes := map[int]int{}
	for _, level := range p.Level {
		sizes[level]++
	}
	require.Equal(t, map[int]int{0: 1, 1: 4, 2: 15, 3: 80}, sizes)
	require.Zero(t, p.Level[99])
	require.Equal(t, 56, p.Holders)
	require.InDelta(t, 4060.0/5050, p.Held, 1e-15)
	require.InDelta(t, 100.0/5050, p.Top1, 1e-15)
	require.InDelta(t, 490.0/5050, p.Top5, 1e-15)
	require.InDelta(t, 1810.0/5050, p.Top20, 1e-15)
	require.InDelta(t, 99.0/300, p.Gini, 1e-15)
}

func TestPyramidAtItsEnds(t *testing.T) {
	// One has all, one is a loss; two who gave everything back are none.
	p := pyramid(t, []float64{0, 40, -7, 0}, []float64{0.25, 0.75}, 0.8)
	require.Equal(t, []int{1, 0, Loss, 1}, p.Level)
	require.Equal(t, Concentration{
		Customers: 4, Positive: 1, Total: 40, Loss: -7, Holders: 1, HoldersShare: 0.25, Hold: 0.8, Held: 1,
		Top1: 0.04, Top5: 0.2, Top20: 0.8, Gini: 0.75,
	}, p.Concentration, "the best of four is in the top 1% for a twenty-fifth part")

	// All alike: a tie across every boundary goes down.
	p = pyramid(t, []float64{3, 3, 3, 3, 3}, []float64{0.2, 0.8}, 0.8)
	require.Equal(t, []int{1, 1, 1, 1, 1}, p.Level)
	require.Zero(t, p.Gini)
	require.Equal(t, 4, p.Holders)

	// Nobody is worth anything.
	p = pyramid(t, []float64{-1, 0}, usualShares, 0.8)
	require.Equal(t, Concentration{Customers: 2, Loss: -1, Hold: 0.8}, p.Concentration)
	require.Equal(t, []int{Loss, 3}, p.Level)
	// No value at all is of no upper level, even where hardly anybody has more.
	require.Equal(t, []int{1, 1, 0}, pyramid(t, []float64{0, 0, 5}, []float64{0.7, 0.3}, 0.8).Level)
	require.Empty(t, pyramid(t, nil, usualShares, 0.8).Level)
}

func TestPyramidRefuses(t *testing.T) {
	for want, c := range map[string]struct {
		value, shares []float64
		hold          float64
	}{
		"no shares":                            {nil, nil, 0.8},
		"a share of 0":                         {nil, []float64{0, 1}, 0.8},
		"shares sum to 0.7":                    {nil, []float64{0.2, 0.5}, 0.8},
		"hold 80":                              {nil, usualShares, 80},
		"hold NaN":                             {nil, usualShares, math.NaN()},
		"the customer at index 1 is NaN, want": {[]float64{1, math.NaN()}, usualShares, 0.8},
	} {
		_, err := BuildPyramid(c.value, c.shares, c.hold)
		require.ErrorIs(t, err, ErrPyramid)
		require.ErrorContains(t, err, want)
	}
}

func TestPyramidLevels(t *testing.T) {
	en, zh := wording.In("en"), wording.In("zh")
	key, label := LevelName(zh, 0, 4)
	require.Equal(t, []string{"vip", "最有价值客户"}, []string{key, label})
	key, label = LevelName(zh, 1, 3)
	require.Equal(t, []string{"level_2", "第2层"}, []string{key, label})
	key, label = LevelName(en, 1, 3)
	require.Equal(t, []string{"level_2", "Level 2"}, []string{key, label})
	key, label = LevelName(zh, Loss, 3)
	require.Equal(t, []string{"loss", "亏损客户"}, []string{key, label})
}

// Everybody is on one level; more value is never a lower one, so that the same
// value is the same level; no level but the last holds more than its share;
// another currency and another order of rows change nothing.
func TestPyramidProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.SliceOfN(rapid.IntRange(-5, 60), 1, 80).Draw(t, "value")
		value := make([]float64, len(whole))
		for i, v := range whole {
			value[i] = float64(v)
		}
		hold := rapid.Float64Range(0.01, 1).Draw(t, "hold")
		p := pyramid(t, value, usualShares, hold)
		above := make([]int, len(usualShares))
		for i, level := range p.Level {
			require.Equal(t, value[i] < 0, level == Loss)
			for k := range value {
				if level != Loss && p.Level[k] != Loss && value[k] >= value[i] {
					require.LessOrEqual(t, p.Level[k], level)
				}
			}
			for k := max(level, 0); level != Loss && k < len(above); k++ {
				above[k]++
			}
		}
		cumulative := 0.0
		for k, share := range usualShares {
			cumulative += share
			require.LessOrEqual(t, float64(above[k]), cumulative*float64(len(value))+1e-6)
		}
		require.True(t, p.Gini >= 0 && p.Gini < 1)
		require.True(t, p.Top1 <= p.Top5 && p.Top5 <= p.Top20 && p.Top20 <= 1)
		if p.Positive > 0 {
			require.GreaterOrEqual(t, p.Held, hold-1e-12)
		}

		scaled, order := make([]float64, len(value)), rapid.Permutation(whole).Draw(t, "order")
		shuffled := make([]float64, len(value))
		for i := range value {
			scaled[i], shuffled[i] = 8*value[i], float64(order[i])
		}
		require.Equal(t, p.Level, pyramid(t, scaled, usualShares, hold).Level)
		require.Equal(t, p.Concentration, pyramid(t, shuffled, usualShares, hold).Concentration)
	})
}

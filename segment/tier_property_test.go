package segment

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// tierCase draws levels with rising or unordered thresholds, limits of both
// kinds and metrics with many ties and some unknowns.
func tierCase(t *rapid.T) (levels []Level, ids []string, metrics map[string][]float64) {
	metric := rapid.SampledFrom([]string{"spend", "orders"})
	for k := range rapid.IntRange(1, 4).Draw(t, "levels") {
		l := Level{Name: names(k + 1)[k]}
		for range rapid.IntRange(0, 2).Draw(t, "thresholds") {
			l.Qualify = append(l.Qualify, Threshold{metric.Draw(t, "metric"), float64(rapid.IntRange(0, 8).Draw(t, "at least"))})
		}
		switch rapid.IntRange(0, 2).Draw(t, "limit") {
		case 1:
			l.Limit = &Limit{Share: float64(rapid.IntRange(1, 10).Draw(t, "tenths")) / 10, By: metric.Draw(t, "by")}
		case 2:
			l.Limit = &Limit{Count: rapid.IntRange(1, 8).Draw(t, "count"), By: metric.Draw(t, "by")}
		}
		levels = append(levels, l)
	}
	n := rapid.IntRange(1, 12).Draw(t, "customers")
	value := rapid.Custom(func(t *rapid.T) float64 {
		if v := rapid.IntRange(-1, 9).Draw(t, "value"); v >= 0 {
			return float64(v)
		}
		return math.NaN()
	})
	return levels, names(n), map[string][]float64{
		"spend":  rapid.SliceOfN(value, n, n).Draw(t, "spend"),
		"orders": rapid.SliceOfN(value, n, n).Draw(t, "orders"),
	}
}

func assigned(t *rapid.T, levels []Level, ids []string, metrics map[string][]float64) TierResult {
	result, err := AssignTiers(levels, ids, metrics)
	require.NoError(t, err)
	return result
}

func TestMoreNeverGivesALowerTier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels, ids, metrics := tierCase(t)
		before := assigned(t, levels, ids, metrics)
		i := rapid.IntRange(0, len(ids)-1).Draw(t, "who")
		name := rapid.SampledFrom([]string{"spend", "orders"}).Draw(t, "more of")
		if math.IsNaN(metrics[name][i]) {
			t.Skip("an unknown metric cannot rise")
		}
		metrics[name][i] += float64(rapid.IntRange(1, 9).Draw(t, "more"))
		after := assigned(t, levels, ids, metrics)
		require.GreaterOrEqual(t, after.Level[i], before.Level[i])
	})
}

func TestOrderOfCustomersChangesNoTier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels, ids, metrics := tierCase(t)
		result := assigned(t, levels, ids, metrics)
		order := make([]int, len(ids))
		for i := range order {
			order[i] = i
		}
		order = rapid.Permutation(order).Draw(t, "order")
		moved := map[string][]float64{}
		for name, column := range metrics {
			for _, from := range order {
				moved[name] = append(moved[name], column[from])
			}
		}
		movedResult := assigned(t, levels, ids, moved)
		for to, from := range order {
			require.Equal(t, result.Level[from], movedResult.Level[to])
			require.Equal(t, result.Reason[from], movedResult.Reason[to])
		}
	})
}

func TestEqualCustomersHaveEqualTiers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels, ids, metrics := tierCase(t)
		result := assigned(t, levels, ids, metrics)
		same := func(a, b float64) bool { return a == b || (math.IsNaN(a) && math.IsNaN(b)) }
		for i := range ids {
			for j := range i {
				if same(metrics["spend"][i], metrics["spend"][j]) && same(metrics["orders"][i], metrics["orders"][j]) {
					require.Equal(t, result.Level[i], result.Level[j])
					require.Equal(t, result.Reason[i], result.Reason[j])
				}
			}
		}
	})
}

// TestLimitsHold: without the last block of equals a share is never exceeded,
// and a count not even with it.
func TestLimitsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels, ids, metrics := tierCase(t)
		result := assigned(t, levels, ids, metrics)
		for k, l := range levels {
			if l.Limit == nil {
				continue
			}
			members := 0
			// A share may be overrun by equals at this level or, since a level
			// above counts here too, by equals there.
			block := map[[2]float64]int{}
			for i := range ids {
				if result.Level[i] < k {
					continue
				}
				members++
				block[[2]float64{float64(result.Level[i]), metrics[l.by()][i]}]++
			}
			if l.Limit.Count > 0 {
				require.LessOrEqual(t, members, l.Limit.Count)
				continue
			}
			largest := 0
			for _, size := range block {
				largest = max(largest, size)
			}
			require.LessOrEqual(t, members, l.Limit.allowed(len(ids))+max(0, largest-1))
		}
	})
}

func TestTierIsEarnedAndHighestWithoutLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		levels, ids, metrics := tierCase(t)
		for k := range levels {
			levels[k].Limit = nil
		}
		result := assigned(t, levels, ids, metrics)
		for i := range ids {
			for k, l := range levels {
				require.Equal(t, k == result.Level[i], l.earned(i, metrics) && k >= result.Level[i])
			}
		}
	})
}

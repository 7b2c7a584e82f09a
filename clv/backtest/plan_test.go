package backtest

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestPlan(t *testing.T) {
	for _, c := range []struct {
		name    string
		first   int32
		o       Options
		origins []int32
		holdout int32
	}{
		{"a year", 0, Options{Today: 364}, []int32{189, 231, 273}, 91},
		{"CDNOW", 9862, Options{Today: 10407}, []int32{10148, 10211, 10274}, 133},
		{"ten years", 0, Options{Today: 3650}, []int32{2740, 2922, 3104, 3286}, 364},
		{"ten days", 0, Options{Today: 10}, []int32{5, 6, 7, 8}, 2},
		{"four days", 0, Options{Today: 4}, []int32{2, 3}, 1},
		{"three days", 0, Options{Today: 3}, nil, 0},
		{"one day", 5, Options{Today: 5}, nil, 0},
		{"own holdout", 0, Options{Today: 364, Holdout: 28}, []int32{294, 308, 322, 336}, 28},
		{"long holdout", 0, Options{Today: 364, Holdout: 200}, []int32{164}, 200},
		{"holdout of all", 0, Options{Today: 364, Holdout: 365}, nil, 365},
		{"own origins", 0, Options{Today: 364, Origins: []int32{100, 300}}, []int32{100, 300}, 64},
		{"early origin", 0, Options{Today: 3650, Origins: []int32{100}}, []int32{100}, 365},
		{"both own", 0, Options{Today: 364, Origins: []int32{100}, Holdout: 7}, []int32{100}, 7},
	} {
		t.Run(c.name, func(t *testing.T) {
			origins, holdout := Plan(c.first, c.o)
			require.Equal(t, c.origins, origins)
			require.Equal(t, c.holdout, holdout)
		})
	}
}

// Every planned origin has customers before it and a whole holdout after it,
// and the last holdout ends today.
func TestPlanFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.Int32Range(-1000, 20_000).Draw(t, "first")
		o := Options{Today: first + rapid.Int32Range(0, 8000).Draw(t, "span"), Holdout: rapid.Int32Range(0, 500).Draw(t, "holdout")}
		origins, holdout := Plan(first, o)
		require.LessOrEqual(t, len(origins), MaxOrigins)
		for i, origin := range origins {
			require.Positive(t, holdout)
			require.GreaterOrEqual(t, origin, first)
			require.LessOrEqual(t, origin, o.Today-holdout)
			if i > 0 {
				require.Greater(t, origin, origins[i-1])
			}
		}
		if n := len(origins); n > 0 {
			require.Equal(t, o.Today, origins[n-1]+holdout)
		}
	})
}

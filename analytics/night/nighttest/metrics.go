package nighttest

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication/column"
)

// Numbers are the metrics that a stage gives to who asks.
func Numbers(given map[string]func() []float64) map[string][]float64 {
	numbers := map[string][]float64{}
	for name, give := range given {
		numbers[name] = give()
	}
	return numbers
}

// RequireMetrics requires that a stage gives all its columns by which tiers may be earned,
// and no other: a metric that is registered and not given would be refused at night.
func RequireMetrics(t testing.TB, stage column.Stage, given map[string]func() []float64) {
	t.Helper()
	var want []string
	for _, c := range column.Metrics {
		if c.Stage == stage {
			want = append(want, c.Name)
		}
	}
	require.ElementsMatch(t, want, slices.Collect(maps.Keys(given)))
}

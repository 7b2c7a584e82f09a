package analytics_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/cache/cachetest"
)

// A night publishes the same with a cache and without, whatever happened since the last:
// shops are played through random nights. `go run ./benchmarks/studies/cache` plays more.
func TestCacheChangesNothing(t *testing.T) {
	const shops, nights = 5, 6
	var all cachetest.Seen
	for seed := range uint64(shops) {
		seen, err := cachetest.Nights(t.Context(), t.TempDir(), seed, nights)
		require.NoError(t, err)
		all.Add(seen)
	}
	t.Logf("%+v", all)
	require.Greater(t, all.Unchanged, all.Files/10)
	require.Positive(t, all.Forgotten)
	require.Greater(t, all.Summed, all.Nights/5, "rows of files that did not change are read")
	require.Less(t, all.Failed, all.Nights/4)
}

package analytics_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
)

// The same night run again, with any number of threads, gives the same bytes;
// only the timings in run.json differ.
func TestSameNightSameBytes(t *testing.T) {
	out := t.TempDir()
	night := func(threads int) map[string]string {
		j, err := job.Load(filepath.Join("..", "testdata", "shop.yaml"), []string{"output.dir=" + out}, time.Now)
		require.NoError(t, err)
		r, err := analytics.Run(t.Context(), j, analytics.Options{Threads: threads, SpillDir: t.TempDir()})
		require.NoError(t, err)
		files := map[string]string{}
		entries, err := os.ReadDir(r.Path)
		require.NoError(t, err)
		for _, e := range entries {
			data, err := os.ReadFile(filepath.Join(r.Path, e.Name()))
			require.NoError(t, err)
			if e.Name() == "run.json" {
				data = withoutTimings(t, data)
			}
			files[e.Name()] = string(data)
		}
		return files
	}
	first := night(1)
	require.Contains(t, first, "customers.parquet")
	for _, threads := range []int{2, 5} {
		again := night(threads)
		require.Len(t, again, len(first))
		for name, want := range first {
			require.Equal(t, want, again[name], "%s with %d threads", name, threads)
		}
	}
}

func withoutTimings(t *testing.T, manifest []byte) []byte {
	t.Helper()
	var m map[string]any
	require.NoError(t, json.Unmarshal(manifest, &m))
	require.Contains(t, m, "timings")
	delete(m, "timings")
	data, err := json.Marshal(m)
	require.NoError(t, err)
	return data
}

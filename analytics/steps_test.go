package analytics_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
)

// A run and a backtest go through the steps that are named, in their order, and run.json
// times each.
func TestSteps(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "sales.csv"), []byte("id,at,price\na,2026-01-01,5\na,2026-03-01,6\nb,2026-02-01,7\n"), 0o600))
	file := filepath.Join(dir, "job.yaml")
	require.NoError(t, os.WriteFile(file, []byte("name: shop\nas_of: 2026-06-30\nsources:\n  - path: sales.csv\n    columns: {customer: id, time: at, amount: price}\n"), 0o600))
	j, err := job.Load(file, nil, time.Now)
	require.NoError(t, err)
	var heard []string
	o := analytics.Options{SpillDir: t.TempDir(), Step: func(name string) { heard = append(heard, name) }}
	r, err := analytics.Run(t.Context(), j, o)
	require.NoError(t, err)
	require.Equal(t, analytics.StepNames, heard)
	require.ElementsMatch(t, analytics.StepNames, slices.Collect(maps.Keys(r.Timings)))

	// Campaigns are a step of their own, before the last.
	j, err = job.Load(file, []string{`activation={campaigns: [{name: x, audience: "TRUE", channels: [email], starts: 2026-06-01, ends: 2026-07-01}]}`}, time.Now)
	require.NoError(t, err)
	heard = nil
	r, err = analytics.Run(t.Context(), j, o)
	require.NoError(t, err)
	require.Equal(t, analytics.StepsOf(j), heard)
	require.Equal(t, []string{"activation", "publish"}, heard[len(heard)-2:])
	require.ElementsMatch(t, heard, slices.Collect(maps.Keys(r.Timings)))

	heard = nil
	_, err = analytics.Backtest(t.Context(), j, analytics.BacktestOptions{Options: o})
	require.NoError(t, err)
	require.Equal(t, analytics.BacktestSteps, heard)
}

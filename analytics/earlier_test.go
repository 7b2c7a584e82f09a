package analytics_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
)

// A night follows what an earlier program remembered: members keep their tiers, and cut
// points of the month stay. Stages were judged by something else then, and the past is gone
// through anew.
func TestNightAfterAnEarlierProgram(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join("..", "testdata", "earlier"))))
	before := map[string]map[string]string{}
	for _, c := range tableOf(t, filepath.Join(dir, "shop", "2026-06-30"), "customers.csv") {
		before[c["customer_id"]] = c
	}
	require.Len(t, before, 12)
	j, err := job.Load(filepath.Join(dir, "job.yaml"), []string{"as_of=2026-07-01", "rfm.refit=never"}, time.Now)
	require.NoError(t, err)
	r, err := analytics.Run(t.Context(), j, analytics.Options{SpillDir: t.TempDir()})
	require.NoError(t, err)
	require.Equal(t, "2026-06-30", r.Previous.AsOf)
	require.Equal(t, "2026-06-30", r.Tiers.Since)
	require.Less(t, r.Drift.FittedOn, "2026-07-01", "the cut points are those of the earlier program")
	require.Empty(t, r.Tiers.Changes)
	members := 0
	for _, c := range customersOf(t, r) {
		was := before[c["customer_id"]]
		for _, kept := range []string{"tier", "tier_since"} {
			require.Equal(t, was[kept], c[kept], "%s of %s", kept, c["customer_id"])
		}
		if c["tier_since"] == "2026-06-29" {
			members++
		}
	}
	require.Positive(t, members, "nobody's tier could have been lost")
}

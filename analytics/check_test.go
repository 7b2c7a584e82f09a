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

// A check names days far from the rest, and whom changed rules would move, by whatever
// stage the metrics of these rules are.
func TestCheckLooksAtDaysAndTiers(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "tx.csv"), []byte("customer,time,amount\n"+daily("2026-01-01", 170, 1)+"c00,1970-01-01,900\n"), 0o600))
	shop := func(level string) *job.Job {
		text := "name: small\nas_of: 2026-06-30\nsources:\n  - path: tx.csv\n    columns: {customer: customer, time: time, amount: amount}\n" +
			"tiers: {levels: [{name: gold, qualify: {" + level + "}}], apply: next-review}\n"
		require.NoError(t, os.WriteFile(filepath.Join(dir, "job.yaml"), []byte(text), 0o600))
		j, err := job.Load(filepath.Join(dir, "job.yaml"), nil, time.Now)
		require.NoError(t, err)
		return j
	}
	o := analytics.Options{SpillDir: t.TempDir()}
	_, err := analytics.Run(t.Context(), shop("clv: 1"), o)
	require.NoError(t, err)
	j := shop("clv: 500")
	j.AsOf.Day = j.AsOf.Day.AddDate(0, 0, 1)
	found, err := analytics.Check(t.Context(), j, o)
	require.NoError(t, err)
	require.Equal(t, []string{"1 transaction on 1970-01-01, the next is of 2026-01-01" + rowAdvice}, found.Warnings)
	require.NotNil(t, found.Tiers)
	require.Equal(t, "2026-06-30", found.Tiers.Since)
	require.Len(t, found.Tiers.Moves, 12, "all but the one who spent 900")
	for _, move := range found.Tiers.Moves {
		require.Equal(t, []string{"gold", "gold", ""}, []string{move.Has, move.Old, move.New}, move.Customer)
	}
	found, err = analytics.Check(t.Context(), shop("clv: 1"), o)
	require.NoError(t, err)
	require.Nil(t, found.Tiers, "the rules are those of the night before")
}

package analytics_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/internal/sparkconnect/sparktest"
)

// A night on Spark that is stopped once the ledger is staged publishes nothing. Begun again,
// it goes on from there, and leaves nothing on the stage when it is done.
func TestNightOnSparkGoesOn(t *testing.T) {
	server, stage, out := sparktest.Shared(t), t.TempDir(), t.TempDir()
	begin := func(ctx context.Context, onReduce func()) (*analytics.Result, error) {
		j, err := job.Load(filepath.Join("..", "testdata", "shop.yaml"), []string{"output.dir=" + out, `engine={spark: "` + server + `", stage: "` + stage + `"}`}, time.Now)
		require.NoError(t, err)
		return analytics.Run(ctx, j, analytics.Options{SpillDir: t.TempDir(), Step: func(name string) {
			if name == "reduce" {
				onReduce()
			}
		}})
	}
	ctx, stop := context.WithCancelCause(t.Context())
	stopped := errors.New("stopped by a signal")
	_, err := begin(ctx, func() { stop(stopped) })
	require.ErrorIs(t, err, stopped)
	require.Empty(t, entriesOf(t, out, "shop", "2*"), "nothing is published")
	staged := entriesOf(t, stage, "*", "*", "*-ledger.*")
	require.Len(t, staged, 2, "the rows and the record of them: %v", staged)

	var found []string
	_, err = begin(t.Context(), func() { found = entriesOf(t, stage, "*", "*", "*-ledger.*") })
	require.NoError(t, err)
	require.Equal(t, staged, found, "the ledger was not staged again")
	require.Len(t, entriesOf(t, out, "shop", "2*"), 1)
	left, err := os.ReadDir(stage)
	require.NoError(t, err)
	require.Empty(t, left)
}

func entriesOf(t *testing.T, pattern ...string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(pattern...))
	require.NoError(t, err)
	return found
}

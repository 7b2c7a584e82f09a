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
// it goes on from there, and leaves nothing on the stage when it is done. Stopped once it is
// published, it says so, and its table shows nothing of it; begun again, the table shows what
// was published.
func TestNightOnSparkGoesOn(t *testing.T) {
	server, stage, out := sparktest.Shared(t), t.TempDir(), t.TempDir()
	catalogue := sparkCatalogue(t, server)
	table := "spark_catalog." + catalogue.schema + ".customers"
	begin := func(ctx context.Context, at map[string]func()) (*analytics.Result, error) {
		j, err := job.Load(filepath.Join("..", "testdata", "shop.yaml"), []string{"output.dir=" + out, "output.table=" + table, `engine={spark: "` + server + `", stage: "` + stage + `"}`}, time.Now)
		require.NoError(t, err)
		return analytics.Run(ctx, j, analytics.Options{SpillDir: t.TempDir(), Step: func(name string) {
			if do := at[name]; do != nil {
				do()
			}
		}})
	}
	ctx, stop := context.WithCancelCause(t.Context())
	stopped := errors.New("stopped by a signal")
	_, err := begin(ctx, map[string]func(){"reduce": func() { stop(stopped) }})
	require.ErrorIs(t, err, stopped)
	require.Empty(t, entriesOf(t, out, "shop", "2*"), "nothing is published")
	staged := entriesOf(t, stage, "*", "*", "*-ledger.*")
	require.Len(t, staged, 2, "the rows and the record of them: %v", staged)

	ctx, stop = context.WithCancelCause(t.Context())
	var found, published []string
	_, err = begin(ctx, map[string]func(){
		"reduce": func() { found = entriesOf(t, stage, "*", "*", "*-ledger.*") },
		"table": func() {
			stop(stopped)
			published = entriesOf(t, out, "shop", "2*")
		},
	})
	require.Equal(t, staged, found, "the ledger was not staged again")
	require.ErrorIs(t, err, stopped)
	require.ErrorContains(t, err, "output.table: the night is published ("+published[0]+"), and "+table+" may still show the night before")
	require.Len(t, catalogue.rows(t, "SHOW VIEWS IN "+catalogue.schema), 1, "the names of the columns alone")

	r, err := begin(t.Context(), nil)
	require.NoError(t, err)
	require.Len(t, entriesOf(t, out, "shop", "2*"), 1)
	catalogue.requireShown(t, table, filepath.Join(r.Path, "customers.parquet"))
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

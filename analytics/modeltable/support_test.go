package modeltable_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
	"clientele/analytics/ledger"
	"clientele/analytics/modeltable"
)

func openEngine(t testing.TB) engine.Engine {
	t.Helper()
	e, err := engine.OpenDuckDB(t.Context(), engine.Options{Threads: 2, KeepOrder: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, e.Close()) })
	return e
}

// write puts a file into a folder of its own and gives its path.
func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

// read reads a table of CSV that has no fault.
func read(t testing.TB, csv string) *modeltable.Table {
	t.Helper()
	table, err := modeltable.Read(t.Context(), openEngine(t), write(t, "summary.csv", csv))
	require.NoError(t, err)
	return table
}

// parquet has the engine write the rows of a query.
func parquet(t testing.TB, e engine.Engine, query string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "summary.parquet")
	require.NoError(t, e.Exec(t.Context(), "COPY ("+query+") TO "+engine.Literal(path)+" (FORMAT parquet)"))
	return path
}

// requireDataError checks that an error puts the blame on the data, and its
// whole text.
func requireDataError(t testing.TB, err error, want string) {
	t.Helper()
	var data *ledger.DataError
	require.ErrorAs(t, err, &data)
	require.EqualError(t, err, want)
}

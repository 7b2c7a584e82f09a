package engine_test

import (
	"context"
	"errors"
	"os"
	"runtime"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/duckdb/duckdb-go/v2"
	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
)

// open gives an engine that is closed when the test ends.
func open(t testing.TB, o engine.Options) engine.Engine {
	t.Helper()
	e, err := engine.OpenDuckDB(t.Context(), o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, e.Close()) })
	return e
}

func TestSettings(t *testing.T) {
	e := open(t, engine.Options{Threads: 2})
	for _, c := range []struct{ setting, want string }{
		{"TimeZone", "UTC"},
		{"threads", "2"},
		{"preserve_insertion_order", "false"},
		{"autoinstall_known_extensions", "false"},
		{"autoload_known_extensions", "false"},
	} {
		rows, err := engine.Text(t.Context(), e, "SELECT current_setting("+engine.Literal(c.setting)+")")
		require.NoError(t, err)
		require.Equal(t, [][]string{{c.want}}, rows, c.setting)
	}
	require.Regexp(t, `^duckdb v\d+\.\d+\.\d+$`, e.Version())
}

// The formats and the time zones that the ledger needs must be in the program:
// at night there is nobody to install an extension.
func TestExtensionsAreBuiltIn(t *testing.T) {
	e := open(t, engine.Options{Threads: 1})
	for _, extension := range []string{"icu", "json", "parquet"} {
		rows, err := engine.Text(t.Context(), e, "SELECT loaded FROM duckdb_extensions() WHERE extension_name = $1", extension)
		require.NoError(t, err)
		require.Equal(t, [][]string{{"true"}}, rows, extension)
	}
}

func TestSpillFolderIsRemoved(t *testing.T) {
	spill := t.TempDir()
	e, err := engine.OpenDuckDB(t.Context(), engine.Options{Threads: 1, SpillDir: spill})
	require.NoError(t, err)
	entries, err := os.ReadDir(spill)
	require.NoError(t, err)
	require.Len(t, entries, 1)
	rows, err := engine.Text(t.Context(), e, "SELECT contains(current_setting('temp_directory'), $1)", entries[0].Name())
	require.NoError(t, err)
	require.Equal(t, [][]string{{"true"}}, rows, "the engine does not spill into the folder made for it")
	require.NoError(t, e.Close())
	entries, err = os.ReadDir(spill)
	require.NoError(t, err)
	require.Empty(t, entries)
}

func TestSpillFolderMissing(t *testing.T) {
	_, err := engine.OpenDuckDB(t.Context(), engine.Options{SpillDir: t.TempDir() + "/absent"})
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, "duckdb: no folder for what does not fit into memory")
}

// An engine that left something running behind it would show as a count that
// grows with every night of a long-lived process.
func TestCloseEndsGoroutines(t *testing.T) {
	const nights = 20
	before := runtime.NumGoroutine()
	for range nights {
		e, err := engine.OpenDuckDB(t.Context(), engine.Options{Threads: 2})
		require.NoError(t, err)
		_, err = engine.Text(t.Context(), e, "SELECT count(*) FROM range(10)")
		require.NoError(t, err)
		require.NoError(t, e.Close())
	}
	require.Less(t, runtime.NumGoroutine(), before+nights/2)
}

func TestSQLErrors(t *testing.T) {
	e := open(t, engine.Options{Threads: 1})
	for _, c := range []struct{ sql, want string }{
		{"SELECT missing FROM (SELECT 1 AS present)", `Referenced column "missing" not found in FROM clause!`},
		{"SELEC 1", `syntax error at or near "SELEC"`},
		{"SELECT CAST('x' AS INTEGER)", `Could not convert string 'x' to INT32`},
		{"SELECT * FROM absent", "Table with name absent does not exist!"},
	} {
		_, err := engine.Text(t.Context(), e, c.sql)
		var sqlErr *engine.SQLError
		require.ErrorAs(t, err, &sqlErr, c.sql)
		require.NotContains(t, sqlErr.Message, "\n")
		require.Contains(t, sqlErr.Message, c.want)
		require.NotContains(t, sqlErr.Message, " Error: ", "the kind of error is for the engine's makers")
		var driverErr *duckdb.Error
		require.ErrorAs(t, err, &driverErr, "the driver's error is kept for who asks")
	}
	require.ErrorContains(t, e.Exec(t.Context(), "DROP TABLE absent"), "Table with name absent does not exist!")
}

func TestCancelled(t *testing.T) {
	e := open(t, engine.Options{Threads: 1})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, e.Exec(ctx, "SELECT 1"), context.Canceled)
}

// A visit that fails must leave the session fit for the next statement.
func TestVisitError(t *testing.T) {
	e := open(t, engine.Options{Threads: 1})
	failed := errors.New("disk full")
	batches := 0
	err := engine.ForEach(t.Context(), e, "SELECT range AS i FROM range(100000)", func(arrow.RecordBatch) error {
		batches++
		return failed
	})
	require.ErrorIs(t, err, failed)
	require.Equal(t, 1, batches)
	rows, err := engine.Text(t.Context(), e, "SELECT 42")
	require.NoError(t, err)
	require.Equal(t, [][]string{{"42"}}, rows)
}

// A statement that fails after its first rows must not look like one that
// ended early.
func TestErrorMidway(t *testing.T) {
	e := open(t, engine.Options{Threads: 1})
	_, err := engine.Text(t.Context(), e, "SELECT CASE WHEN range < 50000 THEN 1 ELSE error('row ' || range) END FROM range(100000)")
	require.ErrorContains(t, err, "row 50000")
}

// What does not fit and cannot be put on disk either is told from other errors, wherever it
// arises.
func TestOutOfMemory(t *testing.T) {
	e := open(t, engine.Options{Threads: 1, Memory: 64 << 20})
	rows, err := engine.Text(t.Context(), e, "SELECT current_setting('memory_limit')")
	require.NoError(t, err)
	require.Equal(t, [][]string{{"64.0 MiB"}}, rows)
	// A list is one value, and has to be in memory as a whole.
	const one = "SELECT len(list(range || 'a text that is too long to be kept inline')) FROM range(4000000)"
	err = e.Exec(t.Context(), "CREATE TABLE long AS "+one)
	require.True(t, engine.IsOutOfMemory(err), err)
	_, err = engine.Text(t.Context(), e, one)
	require.True(t, engine.IsOutOfMemory(engine.WithoutValues(err)), err)
	_, err = engine.Text(t.Context(), e, "SELECT absent")
	require.Error(t, err)
	require.False(t, engine.IsOutOfMemory(err))
}

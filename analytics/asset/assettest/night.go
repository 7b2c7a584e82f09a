package assettest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/engine"
	"clientele/analytics/job"
)

// noClock stands for the clock that a job which names its night does not look at.
func noClock() time.Time { panic("the job names the night") }

// Night runs a job, and publishes in a folder of the test's own.
func Night(t testing.TB, path string, threads int) *analytics.Result {
	t.Helper()
	j, err := job.Load(path, []string{"output.dir=" + t.TempDir()}, noClock)
	require.NoError(t, err)
	r, err := analytics.Run(t.Context(), j, analytics.Options{Version: "test", SpillDir: t.TempDir(), Threads: threads})
	require.NoError(t, err)
	return r
}

// Books is a DuckDB with the rows of a shop, once ids are persons and money is in one
// currency, in the table rows: customer, ord, day, category, plain (at no more than the list
// price), premium (above it), amount, is_return. What takes back an order, and orders that came back whole, is
// told as docs/returns.md has it.
type Books struct {
	t      testing.TB
	engine *engine.DuckDB
}

// Open opens one.
func Open(t testing.TB) Books {
	t.Helper()
	e, err := engine.OpenDuckDB(context.Background(), engine.Options{SpillDir: t.TempDir()})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, e.Close()) })
	return Books{t, e}
}

// Books reads the exports of a shop.
func (s Shop) Books(t testing.TB) Books {
	t.Helper()
	b := Open(t)
	order, category, original := "CAST(day AS VARCHAR)", "NULL", "NULL"
	if s.Orders {
		order = "ord"
	}
	if s.Categories {
		category = "category"
	}
	if s.Matched {
		original = "original"
	}
	b.Exec(`CREATE TABLE rows AS
		WITH raw AS (SELECT *, CASE WHEN currency = 'USD' THEN 0.9137 ELSE 1 END AS worth
			FROM read_csv('` + filepath.Join(s.Dir, "export*.csv") + `', types = {'amount': 'DECIMAL(18, 6)', 'list': 'DECIMAL(18, 6)', 'day': 'DATE', 'category': 'VARCHAR', 'original': 'VARCHAR'})),
		money AS (SELECT * REPLACE (CAST(amount * worth AS DECIMAL(18, 6)) AS amount, CAST(list * worth AS DECIMAL(18, 6)) AS list) FROM raw)
		SELECT CASE customer WHEN 'c9' THEN 'c1' ELSE customer END AS customer, ` + order + ` AS ord, day, ` + category + ` AS category,
			returned = 'yes' AS is_return, CASE WHEN returned = 'yes' THEN -amount ELSE amount END AS amount,
			CASE WHEN returned = 'no' AND list > 0 THEN greatest(amount - list, 0) ELSE 0 END AS premium, ` + original + ` AS original
		FROM money`)
	return b
}

// Exec runs a statement.
func (b Books) Exec(sql string) {
	b.t.Helper()
	require.NoError(b.t, b.engine.Exec(context.Background(), sql))
}

// Rows are those of a query, as text.
func (b Books) Rows(sql string) [][]string {
	b.t.Helper()
	rows, err := engine.Text(context.Background(), b.engine, sql)
	require.NoError(b.t, err)
	return rows
}

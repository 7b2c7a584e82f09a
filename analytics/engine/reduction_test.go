package engine_test

import (
	"errors"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
)

// tables are the names of the engine's tables, in order.
func tables(t *testing.T, e engine.Engine) (names []string) {
	t.Helper()
	rows, err := engine.Text(t.Context(), e, "SELECT table_name FROM duckdb_tables() ORDER BY table_name")
	require.NoError(t, err)
	for _, r := range rows {
		names = append(names, r[0])
	}
	return names
}

// A table lives from the step that makes it to the last that reads it, and one that is
// read twice is there twice.
func TestReduce(t *testing.T) {
	e := open(t, engine.Options{Threads: 1})
	require.NoError(t, e.Exec(t.Context(), "CREATE TEMP TABLE ledger AS SELECT range AS n FROM range(10)"))
	var sums, counts []int64
	take := func(into *[]int64) func(arrow.RecordBatch) error {
		return func(b arrow.RecordBatch) error {
			c := engine.Columns{Batch: b}
			if values := engine.Take[*array.Int64](&c, "v"); c.Err == nil {
				*into = append(*into, values.Int64Values()...)
			}
			return c.Err
		}
	}
	require.NoError(t, e.Reduce(t.Context(), engine.Reduction{
		Parts: []engine.Step{
			{Name: "even", From: []string{"ledger"}, SQL: "SELECT n FROM ledger WHERE n % 2 = 0"},
			{Name: "odd", From: []string{"ledger"}, SQL: "SELECT n FROM ledger WHERE n % 2 = 1"},
		},
		Customers: []engine.Step{
			{Name: "sum", From: []string{"even"}, SQL: "SELECT CAST(sum(n) AS BIGINT) AS v FROM even WHERE n >= $1", Args: []any{4}, Take: take(&sums)},
			{Name: "pairs", From: []string{"even", "odd"}, SQL: "SELECT even.n + odd.n AS n FROM even JOIN odd ON odd.n = even.n + 1"},
			{Name: "count", From: []string{"pairs"}, SQL: "SELECT count(*) AS v FROM pairs", Take: take(&counts)},
		},
	}))
	require.Equal(t, []int64{4 + 6 + 8}, sums)
	require.Equal(t, []int64{5}, counts)
	require.Empty(t, tables(t, e))
}

// The ledger goes as soon as the first grain is made: what follows needs its memory.
func TestReduceDropsEarly(t *testing.T) {
	e := open(t, engine.Options{Threads: 1})
	require.NoError(t, e.Exec(t.Context(), "CREATE TEMP TABLE ledger AS SELECT 1 AS n"))
	stop := errors.New("stop here")
	err := e.Reduce(t.Context(), engine.Reduction{
		Parts: []engine.Step{{Name: "part", From: []string{"ledger"}, SQL: "SELECT n FROM ledger"}},
		Customers: []engine.Step{
			{Name: "rows", From: []string{"part"}, SQL: "SELECT n FROM part", Take: func(arrow.RecordBatch) error { return stop }},
		},
	})
	require.ErrorIs(t, err, stop)
	require.ErrorContains(t, err, "rows: stop here")
	require.Equal(t, []string{"part"}, tables(t, e))
}

// An error names the step, and nothing of what the data hold.
func TestReduceErrors(t *testing.T) {
	e := open(t, engine.Options{Threads: 1})
	require.NoError(t, e.Exec(t.Context(), "CREATE TEMP TABLE ledger AS SELECT 'ann@example.org' AS id"))
	err := e.Reduce(t.Context(), engine.Reduction{
		Parts: []engine.Step{{Name: "part", From: []string{"ledger"}, SQL: "SELECT CAST(id AS INTEGER) AS n FROM ledger"}},
	})
	require.ErrorContains(t, err, "part: Could not convert string")
	require.NotContains(t, err.Error(), "ann")
}

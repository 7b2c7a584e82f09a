package engine_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
)

// What an engine hands over in pieces is what it hands over at once: sums of customers are
// whole, all rows come once and in order, and who waits for the end is told once.
func TestPieces(t *testing.T) {
	const rows = 2_000_000
	handed := func(memory int64, s engine.Step) (got []string, cuts int) {
		e := open(t, engine.Options{Threads: 2, Memory: memory})
		require.NoError(t, e.Exec(t.Context(), fmt.Sprintf(
			"CREATE TEMP TABLE days AS SELECT 'c' || hash(range %% 50_000) %% 30_000 AS customer, range %% 7 AS day FROM range(%d)", rows)))
		done := 0
		s.From, s.Done = []string{"days"}, func() { done++ }
		s.Take = func(b arrow.RecordBatch) error {
			c := engine.Columns{Batch: b}
			customers, n := engine.Take[*array.String](&c, "customer"), engine.Take[*array.Int64](&c, "n")
			for i := range int(b.NumRows()) {
				got = append(got, fmt.Sprintf("%s %d", customers.Value(i), n.Value(i)))
			}
			return c.Err
		}
		found, err := engine.Cuts(t.Context(), e, s)
		require.NoError(t, err)
		require.NoError(t, e.Reduce(t.Context(), engine.Reduction{Customers: []engine.Step{s}}))
		require.Equal(t, 1, done)
		return got, len(found)
	}
	for name, s := range map[string]engine.Step{
		"sums":         {SQL: "SELECT customer, count(*) AS n FROM days WHERE day > $1 GROUP BY customer", Args: []any{2}, Order: []string{"customer"}},
		"days":         {SQL: "SELECT customer, day AS n FROM days WHERE customer < 'c11'", Order: []string{"customer", "n"}},
		"in any order": {SQL: "SELECT customer, min(day) AS n FROM days GROUP BY customer", CutBy: "customer"},
	} {
		t.Run(name, func(t *testing.T) {
			whole, cuts := handed(0, s)
			require.Zero(t, cuts)
			pieces, cuts := handed(200e6, s)
			if len(s.Order) == 0 {
				slices.Sort(whole)
				slices.Sort(pieces)
			}
			require.Greater(t, cuts, 3)
			require.NotEmpty(t, whole)
			require.Equal(t, whole, pieces)
		})
	}
}

// One customer may have most of the rows: then cuts are fewer than pieces.
func TestPiecesOfOneCustomer(t *testing.T) {
	e := open(t, engine.Options{Threads: 1, Memory: 150e6})
	require.NoError(t, e.Exec(t.Context(), "CREATE TEMP TABLE days AS SELECT 'one' AS customer FROM range(1_000_000)"))
	n := int64(0)
	require.NoError(t, e.Reduce(t.Context(), engine.Reduction{Customers: []engine.Step{{
		Name: "customers", From: []string{"days"}, Order: []string{"customer"}, SQL: "SELECT customer FROM days",
		Take: func(b arrow.RecordBatch) error { n += b.NumRows(); return nil },
	}}}))
	require.EqualValues(t, 1_000_000, n)
}

package engine_test

import (
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
)

func TestText(t *testing.T) {
	e := open(t, engine.Options{Threads: 1})
	rows, err := engine.Text(t.Context(), e, `
		SELECT * FROM (VALUES
			(1, 'a', 12.50::DECIMAL(18, 6), DATE '2010-12-01', true),
			(NULL, NULL, NULL, NULL, NULL))`)
	require.NoError(t, err)
	require.Equal(t, [][]string{{"1", "a", "12.5", "2010-12-01", "true"}, {"", "", "", "", ""}}, rows)

	rows, err = engine.Text(t.Context(), e, "SELECT $1::INTEGER + $2::INTEGER", 40, 2)
	require.NoError(t, err)
	require.Equal(t, [][]string{{"42"}}, rows, "arguments are bound in order")

	rows, err = engine.Text(t.Context(), e, "SELECT 1 WHERE false")
	require.NoError(t, err)
	require.Empty(t, rows)
}

// Text keeps its cells after the batches they came in are gone.
func TestTextOutlivesItsBatches(t *testing.T) {
	e := open(t, engine.Options{Threads: 1})
	const n = 10_000
	rows, err := engine.Text(t.Context(), e, "SELECT 'row number ' || range, 'row number ' || range FROM range($1)", n)
	require.NoError(t, err)
	require.Len(t, rows, n)
	seen := map[string]bool{}
	for _, r := range rows {
		require.Equal(t, r[0], r[1])
		seen[r[0]] = true
	}
	require.Len(t, seen, n)
}

func TestTake(t *testing.T) {
	e := open(t, engine.Options{Threads: 1})
	err := engine.ForEach(t.Context(), e, "SELECT 7::BIGINT AS n, 'x' AS s, 1 AS twice, 2 AS twice", func(b arrow.RecordBatch) error {
		c := engine.Columns{Batch: b}
		require.Equal(t, int64(7), engine.Take[*array.Int64](&c, "n").Value(0))
		require.Equal(t, "x", engine.Take[*array.String](&c, "s").Value(0))
		require.NoError(t, c.Err)

		c = engine.Columns{Batch: b}
		require.Nil(t, engine.Take[*array.Int64](&c, "s"))
		require.EqualError(t, c.Err, `result column "s" is utf8, not *array.Int64`)
		first := c.Err
		engine.Take[*array.Int64](&c, "absent")
		require.Equal(t, first, c.Err, "the first error is kept")

		for _, name := range []string{"absent", "twice"} {
			c = engine.Columns{Batch: b}
			require.Nil(t, engine.Take[*array.Int32](&c, name))
			require.ErrorContains(t, c.Err, `result has no single column "`+name+`"`)
		}
		return nil
	})
	require.NoError(t, err)
}

package engine_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
)

// What was added comes off again, whatever the order; a text that is missing is a key as any other.
func TestLess(t *testing.T) {
	rows := "SELECT * FROM (VALUES ('mug', 'cups', 3), ('mug', 'tea', 1), ('leaf', NULL, 2)) AS all_rows (product, category, rows)"
	some := "SELECT * FROM (VALUES ('mug', 'tea', 1), ('leaf', NULL, 1)) AS some_rows (product, category, rows)"
	e := open(t, engine.Options{Threads: 1})
	sql, err := engine.Less(t.Context(), e, rows, some, engine.Adds{Keys: []string{"product", "category"}})
	require.NoError(t, err)
	left, err := engine.Text(t.Context(), e, "SELECT product, coalesce(category, '-'), CAST(rows AS VARCHAR) FROM ("+sql+") ORDER BY ALL")
	require.NoError(t, err)
	require.Equal(t, [][]string{{"leaf", "-", "1"}, {"mug", "cups", "3"}}, left)

	for _, keys := range [][]string{nil, {"product"}} {
		_, err := engine.Less(t.Context(), e, rows, some, engine.Adds{Keys: keys})
		require.ErrorContains(t, err, "only a count of rows can be taken off")
	}
}

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
	sql, err := engine.Less(rows, some, engine.Adds{Keys: []string{"product", "category"}})
	require.NoError(t, err)
	left, err := engine.Text(t.Context(), open(t, engine.Options{Threads: 1}), "SELECT product, coalesce(category, '-'), CAST(rows AS VARCHAR) FROM ("+sql+") ORDER BY ALL")
	require.NoError(t, err)
	require.Equal(t, [][]string{{"leaf", "-", "1"}, {"mug", "cups", "3"}}, left)

	for _, a := range []engine.Adds{{}, {Keys: []string{"product"}, Least: []string{"day"}}, {Keys: []string{"product"}, Most: []string{"day"}}} {
		_, err := engine.Less(rows, some, a)
		require.Error(t, err)
	}
}

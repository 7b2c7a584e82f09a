package modeltable_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/modeltable"
)

// A table longer than a shard comes out whole and in order, from CSV and from
// Parquet, and each row as it comes out of a table of its own.
func TestPredictInShards(t *testing.T) {
	const rows = 300_000
	var table strings.Builder
	table.WriteString(header)
	for i := range rows {
		fmt.Fprintf(&table, "c%d,%d,%d,%d\n", i, i%5, 3*min(1, i%5), 10+i%300)
	}
	var fromCSV, fromParquet bytes.Buffer
	o := modeltable.PredictOptions{Horizon: 52, Delta: 0.002, Discount: true, Workers: 2}
	path := write(t, "summary.csv", table.String())
	require.NoError(t, modeltable.Predict(t.Context(), &fromCSV, nil, path, purchases, o))
	lines := strings.Split(strings.TrimSpace(fromCSV.String()), "\n")
	require.Len(t, lines, rows+1)
	for _, i := range []int{0, 262_143, 262_144, rows - 1} {
		var alone bytes.Buffer
		one := fmt.Sprintf("%sc%d,%d,%d,%d\n", header, i, i%5, 3*min(1, i%5), 10+i%300)
		require.NoError(t, modeltable.Predict(t.Context(), &alone, nil, write(t, "one.csv", one), purchases, o))
		require.Equal(t, lines[0]+"\n"+lines[i+1]+"\n", alone.String())
	}

	e := openEngine(t)
	query := "SELECT 'c' || range AS customer_id, range % 5 AS x, 3 * least(1, range % 5) AS t_x, 10 + range % 300 AS t FROM range(300000)"
	require.NoError(t, modeltable.Predict(t.Context(), &fromParquet, e, parquet(t, e, query), purchases, o))
	require.Equal(t, fromCSV.String(), fromParquet.String())
}

// A fault far into a table is where it says, whatever was handed out before.
func TestFaultAfterShards(t *testing.T) {
	var table strings.Builder
	table.WriteString(header)
	for i := range 270_000 {
		fmt.Fprintf(&table, "c%d,0,0,9\n", i)
	}
	table.WriteString("late,1,9,3\n")
	path := write(t, "summary.csv", table.String())
	err := modeltable.Predict(t.Context(), &bytes.Buffer{}, nil, path, purchases, modeltable.PredictOptions{Horizon: 1})
	requireDataError(t, err, path+":270002: not a customer's history: t_x is after t")

	e := openEngine(t)
	query := "SELECT range AS customer_id, CASE WHEN range = 269999 THEN 'x' ELSE '0' END AS x, 0 AS t_x, 9 AS t FROM range(280000)"
	path = parquet(t, e, query)
	err = modeltable.Predict(t.Context(), &bytes.Buffer{}, e, path, purchases, modeltable.PredictOptions{Horizon: 1})
	requireDataError(t, err, path+`: row 270000: x: expected a number, found something else`)
}

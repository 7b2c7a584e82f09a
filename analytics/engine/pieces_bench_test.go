package engine_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
)

// BenchmarkResult tells what a row of a result takes while the engine holds all of it, as bytes
// a row.
func BenchmarkResult(b *testing.B) {
	const rows = 3_000_000
	for name, sql := range map[string]string{
		"days":  "SELECT customer, day, orders, CAST(sold AS DOUBLE) AS sold, net, cost, sold AS bought FROM days",
		"pairs": "SELECT customer, 'green tea ' || orders AS thing, day AS last_day, orders AS a, orders AS b, orders AS c, orders AS d, orders AS e, orders AS f FROM days",
	} {
		b.Run(name, func(b *testing.B) {
			e, err := engine.OpenDuckDB(b.Context(), engine.Options{Threads: 1})
			require.NoError(b, err)
			defer func() { require.NoError(b, e.Close()) }()
			require.NoError(b, e.Exec(b.Context(), `CREATE TEMP TABLE days AS
				SELECT 'c' || lpad(CAST(range // 10 AS VARCHAR), 9, '0') AS customer, DATE '2024-01-01' + CAST(range % 10 AS INTEGER) AS day,
					CAST(range % 100 AS INTEGER) AS orders, CAST(range AS DECIMAL(38, 6)) AS sold, CAST(range AS DECIMAL(38, 6)) AS net, CAST(range AS DECIMAL(38, 6)) AS cost
				FROM range($1)`, int64(rows)))
			var most int64
			for b.Loop() {
				before := taken(b)
				require.NoError(b, engine.ForEach(b.Context(), e, sql, func(arrow.RecordBatch) error {
					most = max(most, taken(b)-before)
					return nil
				}))
			}
			b.ReportMetric(float64(most)/rows, "B/row")
		})
	}
}

// taken is what the process takes of memory that only giving it back can free.
func taken(b *testing.B) (bytes int64) {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("only Linux tells what a process takes")
	}
	_, after, _ := strings.Cut(string(status), "RssAnon:")
	var kilobytes int64
	_, err = fmt.Sscanf(after, "%d kB", &kilobytes)
	require.NoError(b, err)
	return kilobytes << 10
}

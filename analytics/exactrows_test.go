package analytics_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2" // reads Parquet beside us
	"github.com/stretchr/testify/require"

	"clientele/analytics"
)

// exactCustomersOf reads customers.parquet as rows by column name. customers.csv rounds
// money to the places of its currency.
func exactCustomersOf(t *testing.T, r *analytics.Result) []map[string]string {
	t.Helper()
	return askDuckDB(t, "SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)", filepath.Join(r.Path, "customers.parquet"))
}

// askDuckDB gives the rows of an answer in text, by column name: another make of tool, for
// second readings of what is published.
func askDuckDB(t *testing.T, query string, args ...any) []map[string]string {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	require.NoError(t, err)
	defer db.Close()
	found, err := db.QueryContext(t.Context(), query, args...)
	require.NoError(t, err)
	defer found.Close()
	header, err := found.Columns()
	require.NoError(t, err)
	cells, into := make([]sql.NullString, len(header)), make([]any, len(header))
	for i := range cells {
		into[i] = &cells[i]
	}
	var rows []map[string]string
	for found.Next() {
		require.NoError(t, found.Scan(into...))
		row := map[string]string{}
		for i, name := range header {
			row[name] = cells[i].String
		}
		rows = append(rows, row)
	}
	require.NoError(t, found.Err())
	return rows
}

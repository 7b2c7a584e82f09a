package analytics_test

import (
	"context"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
	"clientele/analytics/engine/spark"
	"clientele/internal/sparkconnect"
)

// catalogue is a schema of a test's own in the catalogue of the cluster.
type catalogue struct {
	connection *spark.Connection
	schema     string
}

func sparkCatalogue(t *testing.T, server string) catalogue {
	t.Helper()
	target, err := spark.Target(server)
	require.NoError(t, err)
	connection, err := spark.Connect(t.Context(), target, sparkconnect.Options{})
	require.NoError(t, err)
	c := catalogue{connection, "s" + strings.ReplaceAll(uuid.NewString(), "-", "")}
	require.NoError(t, connection.Exec(t.Context(), "CREATE SCHEMA "+c.schema))
	t.Cleanup(func() {
		require.NoError(t, connection.Exec(context.WithoutCancel(t.Context()), "DROP SCHEMA "+c.schema+" CASCADE"))
		require.NoError(t, connection.Close())
	})
	return c
}

// rows are the cells of a query, with the names of the columns first.
func (c catalogue) rows(t *testing.T, sql string) [][]string {
	t.Helper()
	rows, err := c.connection.Rows(t.Context(), sql)
	require.NoError(t, err)
	return cellsOf(t, rows)
}

func cellsOf(t *testing.T, rows array.RecordReader) [][]string {
	t.Helper()
	defer rows.Release()
	var names []string
	for _, f := range rows.Schema().Fields() {
		names = append(names, f.Name)
	}
	all := [][]string{names}
	for rows.Next() {
		for i := range int(rows.RecordBatch().NumRows()) {
			var row []string
			for _, column := range rows.RecordBatch().Columns() {
				row = append(row, strings.Clone(column.ValueStr(i)))
			}
			all = append(all, row)
		}
	}
	require.NoError(t, rows.Err())
	return all
}

// requireShown makes sure that a table has the columns and the rows of a file of customers.
func (c catalogue) requireShown(t *testing.T, table, file string) {
	t.Helper()
	e, err := engine.OpenDuckDB(t.Context(), engine.Options{Threads: 1})
	require.NoError(t, err)
	rows, err := e.Query(t.Context(), "SELECT * FROM "+engine.ReadParquet(file)+" ORDER BY rank")
	require.NoError(t, err)
	want := cellsOf(t, rows)
	require.NoError(t, e.Close())
	require.Equal(t, want, c.rows(t, "SELECT * FROM "+table+" ORDER BY rank"))
}

package spark_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine/spark"
	"clientele/internal/digest"
	"clientele/internal/sparkconnect"
	"clientele/internal/sparkconnect/sparktest"
)

// newSchema makes a schema of a test's own.
func newSchema(t *testing.T, c *spark.Connection) string {
	t.Helper()
	name := strings.ToLower("s" + filepath.Base(filepath.Dir(t.TempDir())))
	name = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name)
	require.NoError(t, c.Exec(t.Context(), "CREATE SCHEMA spark_catalog."+name))
	t.Cleanup(func() {
		require.NoError(t, c.Exec(context.WithoutCancel(t.Context()), "DROP SCHEMA spark_catalog."+name+" CASCADE"))
		require.NoError(t, c.Close())
	})
	return "spark_catalog." + name
}

func rowsOf(t *testing.T, c *spark.Connection, sql string) (all []string) {
	t.Helper()
	rows, err := c.Rows(t.Context(), sql)
	require.NoError(t, err)
	defer rows.Release()
	for rows.Next() {
		for i := range int(rows.RecordBatch().NumRows()) {
			all = append(all, strings.Clone(rows.RecordBatch().Column(0).ValueStr(i)))
		}
	}
	require.NoError(t, rows.Err())
	return all
}

// A table shows one whole night: that before, until it is led to the next; the same when a
// night is shown again; and never an older one. What another made is left alone.
func TestTableOfNights(t *testing.T) {
	c := connect(t, sparktest.Shared(t), sparkconnect.Options{})
	schema := newSchema(t, c)
	f := openFolder(t, c, options(t.TempDir()))
	t.Cleanup(func() { require.NoError(t, f.Remove()) })
	night := func(asOf string, rows int) spark.Night {
		path := filepath.Join(t.TempDir(), "customers.parquet")
		writeIDs(t, path, 0, rows)
		require.NoError(t, f.BringFile("customers", path))
		sum, _, err := digest.OfFile(path)
		require.NoError(t, err)
		return spark.Night{AsOf: asOf, RunID: "run of " + asOf, SHA256: sum, Rows: int64(rows)}
	}
	corner := spark.Owner{Job: "corner shop", Output: "/srv/out/corner shop"}
	open := func() *spark.Table {
		table, err := spark.OpenTable(t.Context(), c, schema+".Customers", corner)
		require.NoError(t, err)
		return table
	}
	shows := func(rows string) {
		require.Equal(t, []string{rows}, rowsOf(t, c, "SELECT CAST(count(*) AS STRING) FROM "+schema+".customers"))
	}
	first := night("2024-01-01", 10)
	for range 2 { // the same night again
		table := open()
		require.NoError(t, table.Prepare(t.Context(), f, "customers", first))
		require.NoError(t, table.Show(t.Context(), first))
		shows("10")
	}
	second := night("2024-01-02", 20)
	killed := open()
	require.NoError(t, killed.Prepare(t.Context(), f, "customers", second))
	shows("10") // until it is led there
	again := open()
	require.NoError(t, again.Prepare(t.Context(), f, "customers", second))
	require.NoError(t, again.Show(t.Context(), second))
	shows("20")
	older := night("2024-01-01", 11)
	table := open()
	require.NoError(t, table.Prepare(t.Context(), f, "customers", older))
	require.NoError(t, table.Show(t.Context(), older))
	shows("20")
	third := night("2024-01-03", 30)
	table = open()
	require.NoError(t, table.Prepare(t.Context(), f, "customers", third))
	require.NoError(t, table.Show(t.Context(), third))
	shows("30")
	require.Len(t, rowsOf(t, c, "SHOW TABLES IN "+schema+" LIKE 'customers__*'"), 2, "tonight's, and that of the night before for who still reads it")

	_, err := spark.OpenTable(t.Context(), c, schema+".customers", spark.Owner{Job: "another shop", Output: corner.Output})
	require.ErrorContains(t, err, "was not made by this job")
	_, err = spark.OpenTable(t.Context(), c, schema+".customers", spark.Owner{Job: corner.Job, Output: "/home/ann/out/corner shop"})
	require.ErrorContains(t, err, `shows what a job of the same name publishes in "/srv/out/corner shop", and this one publishes in "/home/ann/out/corner shop"; name another table`)
	moved := spark.Owner{Job: corner.Job, Output: "/elsewhere"}
	late, err := spark.OpenTable(t.Context(), c, schema+".late", moved)
	require.NoError(t, err)
	require.NoError(t, c.Exec(t.Context(), "CREATE VIEW "+schema+".late TBLPROPERTIES ('clientele.job' = 'corner shop', 'clientele.output' = '/srv') AS SELECT 1 AS id"))
	require.ErrorContains(t, late.Show(t.Context(), third), "shows what a job of the same name", "it was made while the run was under way")
	require.NoError(t, c.Exec(t.Context(), "CREATE TABLE "+schema+".theirs (id INT) USING parquet"))
	_, err = spark.OpenTable(t.Context(), c, schema+".theirs", corner)
	require.ErrorContains(t, err, "was not made by this job")
	_, err = spark.OpenTable(t.Context(), c, "spark_catalog.nowhere.customers", corner)
	require.ErrorContains(t, err, "SCHEMA_NOT_FOUND")
}

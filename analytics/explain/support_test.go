package explain_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2" // the second reader of customers.parquet
	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/explain"
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/internal/money"
)

// bundled is the job of the bundled shop.
var bundled = filepath.Join("..", "..", "testdata", "shop.yaml")

// publish does a night of a job into a folder and gives the publication's path.
func publish(t *testing.T, file, out, night string, settings ...string) string {
	t.Helper()
	j, err := job.Load(file, append([]string{"output.dir=" + out, "as_of=" + night}, settings...), time.Now)
	require.NoError(t, err)
	r, err := analytics.Run(t.Context(), j, analytics.Options{SpillDir: t.TempDir()})
	require.NoError(t, err)
	return r.Path
}

// open makes a publication ready to be asked.
func open(t *testing.T, path string) *explain.Reader {
	t.Helper()
	p, err := publication.Open(path)
	require.NoError(t, err)
	r, err := explain.Open(p)
	require.NoError(t, err)
	return r
}

// typesOf are the types of the columns of customers.parquet, as the database has them.
func typesOf(t *testing.T, db *sql.DB, path string) []*sql.ColumnType {
	t.Helper()
	none, err := db.QueryContext(t.Context(), "SELECT * FROM read_parquet(?) LIMIT 0", filepath.Join(path, "customers.parquet"))
	require.NoError(t, err)
	defer none.Close()
	types, err := none.ColumnTypes()
	require.NoError(t, err)
	require.NoError(t, none.Err())
	return types
}

// table reads customers.parquet by the database, which rounds nothing as customers.csv is
// rounded: as rows of texts by id and column.
func table(t *testing.T, path string) (header []string, rows map[string]map[string]string) {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	require.NoError(t, err)
	defer db.Close()
	types := typesOf(t, db, path)
	found, err := db.QueryContext(t.Context(), "SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)", filepath.Join(path, "customers.parquet"))
	require.NoError(t, err)
	defer found.Close()
	header, err = found.Columns()
	require.NoError(t, err)
	rows = map[string]map[string]string{}
	cells, into := make([]sql.NullString, len(header)), make([]any, len(header))
	for i := range cells {
		into[i] = &cells[i]
	}
	for found.Next() {
		require.NoError(t, found.Scan(into...))
		row := map[string]string{}
		for i, name := range header {
			row[name] = cells[i].String
			if strings.HasPrefix(types[i].DatabaseTypeName(), "DECIMAL") {
				row[name] = amount(t, row[name]).String()
			}
		}
		rows[row["customer_id"]] = row
	}
	require.NoError(t, found.Err())
	return header, rows
}

// amount is a decimal text as an amount.
func amount(t *testing.T, text string) money.Amount {
	t.Helper()
	var a money.Amount
	require.NoError(t, a.UnmarshalText([]byte(text)))
	return a
}

// writeJob writes a job file and its exports.
func writeJob(t *testing.T, files map[string]string) (jobFile string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return filepath.Join(dir, "job.yaml")
}

// figureOf is a number of a table of text, in hundredths.
func figureOf(t *testing.T, text string) int64 {
	t.Helper()
	text = strings.ReplaceAll(text, ",", "")
	whole, places, found := strings.Cut(text, ".")
	require.True(t, found && len(places) == 2, text)
	n := int64(0)
	for _, c := range strings.TrimPrefix(whole, "-") + places {
		n = 10*n + int64(c-'0')
	}
	if strings.HasPrefix(text, "-") {
		return -n
	}
	return n
}

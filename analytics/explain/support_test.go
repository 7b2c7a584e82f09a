package explain_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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

// table reads customers.csv by the standard library, as rows by id and column.
func table(t *testing.T, path string) (header []string, rows map[string]map[string]string) {
	t.Helper()
	f, err := os.Open(filepath.Join(path, "customers.csv"))
	require.NoError(t, err)
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	rows = map[string]map[string]string{}
	for _, r := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = r[i]
		}
		rows[row["customer_id"]] = row
	}
	return records[0], rows
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

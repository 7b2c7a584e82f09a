package modeltable_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
	"clientele/analytics/ledger"
	"clientele/analytics/modeltable"
	"clientele/clv"
)

func openEngine(t testing.TB) engine.Engine {
	t.Helper()
	e, err := engine.OpenDuckDB(t.Context(), engine.Options{Threads: 1})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, e.Close()) })
	return e
}

// write puts a table into a folder of its own.
func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func read(t testing.TB, path string) *modeltable.Table {
	t.Helper()
	table, err := modeltable.Read(t.Context(), openEngine(t), path)
	require.NoError(t, err)
	return table
}

// refused is the message about a table that cannot be used.
func refused(t testing.TB, path string) string {
	t.Helper()
	_, err := modeltable.Read(t.Context(), openEngine(t), path)
	var data *ledger.DataError
	require.ErrorAs(t, err, &data)
	return err.Error()
}

// predict scores a table and gives the columns by name.
func predict(t testing.TB, table *modeltable.Table, f clv.File, o modeltable.PredictOptions) ([]string, map[string][]string) {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, modeltable.Predict(&out, table, f, o))
	rows, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	columns := map[string][]string{}
	for i, name := range rows[0] {
		for _, r := range rows[1:] {
			columns[name] = append(columns[name], r[i])
		}
	}
	return rows[0], columns
}

func number(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	require.NoError(t, err)
	return v
}

// cdnow is the CDNOW sample as a summary table, its columns renamed to ours.
func cdnow(t testing.TB) string {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "btyd_cdnowSummary_cbs.csv"))
	if err != nil {
		t.Skip("no ../shared/data beside the repository: ", err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	ours := map[string]string{"cust": "customer_id", "t.x": "t_x", "T.cal": "t", "m.x": "spend"}
	for i, name := range rows[0] {
		if renamed, ok := ours[name]; ok {
			rows[0][i] = renamed
		}
	}
	var b bytes.Buffer
	require.NoError(t, csv.NewWriter(&b).WriteAll(rows))
	return write(t, "cdnow.csv", b.String())
}

package analytics_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/internal/sparkconnect/sparktest"
)

// A night on Spark publishes what a night here does, byte for byte, but for what Spark
// cannot know: the sum and the lines of a file.
func TestNightOnSparkIsThatOfDuckDB(t *testing.T) {
	sameNightOnSpark(t, filepath.Join("..", "testdata", "shop.yaml"), 22)
}

// CDNOW (Fader and Hardie 2001): all purchases of 23,570 customers, in a file without ids of
// orders, with free ones and with days on which a customer bought twice.
func TestNightOfCDNOWOnSparkIsThatOfDuckDB(t *testing.T) {
	file := filepath.Join(t.TempDir(), "cdnow.yaml")
	text := "name: cdnow\nas_of: 1998-06-30\ntimezone: America/New_York\ncurrency: USD\nsources:\n  - path: " + shared(t, "cdnow_master.csv") + "\n" +
		"    columns: {customer: customer_id, time: date, amount: dollar_value, quantity: number_of_cds}\noutput: {rejects: all}\n" +
		"clv: {horizon: 12 months}\ntiers: {levels: [{name: silver, qualify: {spend: 100}}, {name: gold, qualify: {spend: 500}, limit: {share: 0.05}}]}\n"
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	sameNightOnSpark(t, file, 19)
}

// sameNightOnSpark publishes a night on both engines, and requires so many files to be held
// against each other.
func sameNightOnSpark(t *testing.T, job string, files int) {
	t.Helper()
	server, stage := sparktest.Shared(t), t.TempDir()
	here := publishJob(t, job, "output.dir="+t.TempDir())
	there := publishJob(t, job, "output.dir="+t.TempDir(), `engine={spark: "`+server+`", stage: "`+stage+`"}`)

	entries, err := os.ReadDir(here.Path)
	require.NoError(t, err)
	read := func(folder, name string) string {
		data, err := os.ReadFile(filepath.Join(folder, name))
		require.NoError(t, err)
		return string(data)
	}
	compared := 0
	for _, e := range entries {
		switch e.Name() {
		case "run.json", "report.html", "rejects.csv": // below
			continue
		}
		require.Equal(t, read(here.Path, e.Name()), read(there.Path, e.Name()), e.Name())
		compared++
	}
	require.Equal(t, files, compared)
	require.Equal(t, rejectsWithoutLines(t, here.Path), rejectsWithoutLines(t, there.Path))
	require.Equal(t, withoutSums(t, read(here.Path, "run.json")), withoutSums(t, read(there.Path, "run.json")))
	require.Contains(t, there.Versions["engine"], "spark 4.")
	left, err := os.ReadDir(stage)
	require.NoError(t, err)
	require.Empty(t, left, "customers' data do not stay on the stage")
}

// rejectsWithoutLines are the rows set aside, in order, without the lines on which they stand.
func rejectsWithoutLines(t *testing.T, folder string) (rows [][]string) {
	t.Helper()
	file, err := os.Open(filepath.Join(folder, "rejects.csv"))
	require.NoError(t, err)
	defer file.Close()
	all, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	require.NotEmpty(t, all)
	for _, row := range all {
		rows = append(rows, append(row[:1:1], row[2:]...))
	}
	return rows
}

// withoutSums is a manifest without what differs from engine to engine.
func withoutSums(t *testing.T, manifest string) map[string]any {
	t.Helper()
	var m map[string]any
	require.NoError(t, json.Unmarshal([]byte(manifest), &m))
	for _, key := range []string{"timings", "run_id", "versions", "manifest_sha256", "settings", "files"} {
		require.Contains(t, m, key)
		delete(m, key)
	}
	inputs := m["inputs"].([]any)
	for _, in := range inputs {
		delete(in.(map[string]any), "sha256")
	}
	return m
}

// A check on Spark looks at some rows, which come here, and at no file: there may be none on
// this machine.
func TestCheckOnSpark(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"lines/1.csv": "who,at,sum\na,2024-01-01,1\n", "lines/2.csv": "who,at,sum\nb,2024-01-02,2\n", "people.csv": "who,town\na,Bern\n",
		"job.yaml": "name: small\nas_of: 2024-02-01\nengine: {spark: '" + sparktest.Shared(t) + "', stage: " + t.TempDir() + "}\nsources:\n" +
			"  - path: lines\n    columns: {customer: who, time: at, amount: sum, region: town}\n    join: [{path: people.csv, on: who}]\n",
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o750))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	j, err := job.Load(filepath.Join(dir, "job.yaml"), nil, time.Now)
	require.NoError(t, err)
	found, err := analytics.Check(t.Context(), j, analytics.Options{SpillDir: t.TempDir(), Step: func(string) {}})
	require.NoError(t, err)
	require.Equal(t, 2, found.Files)
	require.Equal(t, []ledger.FileEncoding{{Path: "people.csv", Encoding: "utf-8"}}, found.Encodings)
	require.Equal(t, int64(2), found.Sample.Total.Used.Rows)
	require.True(t, found.Expected.Whole)
}

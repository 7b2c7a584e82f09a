package analytics_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
)

// publishCSV runs a job over rows of `customer,time,amount` and gives what was
// published. Extra settings are laid on top.
func publishCSV(t *testing.T, rows string, settings ...string) *analytics.Result {
	t.Helper()
	r, err := runCSV(t, rows, settings...)
	require.NoError(t, err)
	return r
}

// runCSV is publishCSV for runs that may fail.
func runCSV(t *testing.T, rows string, settings ...string) (*analytics.Result, error) {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "tx.csv"), []byte("customer,time,amount\n"+rows), 0o600))
	const jobText = "name: small\nas_of: 2026-06-30\nsources:\n  - path: tx.csv\n    columns: {customer: customer, time: time, amount: amount}\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "job.yaml"), []byte(jobText), 0o600))
	j, err := job.Load(filepath.Join(dir, "job.yaml"), settings, time.Now)
	require.NoError(t, err)
	return analytics.Run(t.Context(), j, analytics.Options{SpillDir: t.TempDir()})
}

func publishJob(t *testing.T, file string, settings ...string) *analytics.Result {
	t.Helper()
	r, err := runJob(t, file, settings...)
	require.NoError(t, err)
	return r
}

// runJob is publishJob for runs that may fail.
func runJob(t *testing.T, file string, settings ...string) (*analytics.Result, error) {
	t.Helper()
	j, err := job.Load(file, settings, time.Now)
	require.NoError(t, err)
	return analytics.Run(t.Context(), j, analytics.Options{SpillDir: t.TempDir()})
}

// customersOf reads customers.csv as rows by column name.
func customersOf(t *testing.T, r *analytics.Result) []map[string]string {
	t.Helper()
	return tableOf(t, r.Path, "customers.csv")
}

// tableOf reads a CSV file of a publication as rows by column name.
func tableOf(t *testing.T, publication, file string) []map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(publication, file))
	require.NoError(t, err)
	return rowsIn(t, data)
}

// rowsIn reads CSV as rows by column name.
func rowsIn(t *testing.T, data []byte) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	require.NoError(t, err)
	rows := []map[string]string{}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// Shops too young or too small for a model are ordinary: they get everything
// that can be said, and a warning that says what cannot.
func TestShopsWithoutAModel(t *testing.T) {
	for _, c := range []struct{ name, rows, warning string }{
		{"one customer, one purchase", "a,2026-06-01,10\n", "no lifetime model"},
		{"nobody came back", "a,2026-06-01,10\nb,2026-05-01,20\nc,2026-04-01,5\n", "no lifetime model"},
		{"everybody bought today", "a,2026-06-30,10\nb,2026-06-30,20\n", "no lifetime model"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := publishCSV(t, c.rows)
			require.Nil(t, r.Equity)
			require.Equal(t, "none", r.Model.Model)
			require.NotEmpty(t, r.Model.Refused)
			require.Contains(t, strings.Join(r.Warnings, "\n"), c.warning)
			for _, row := range customersOf(t, r) {
				require.Empty(t, row["p_alive"])
				require.Empty(t, row["future_value"])
				require.NotEmpty(t, row["past_value"])
				require.Equal(t, row["past_value"], row["clv"])
				require.NotEmpty(t, row["stage"])
			}
			require.Empty(t, customersOf(t, r)[0]["future_low"])
		})
	}
}

func TestCostsAndMargin(t *testing.T) {
	const rows = "a,2025-06-30,100\na,2026-06-30,50\nb,2026-01-01,80\nb,2026-02-01,-30\nb,2026-06-29,1\n"
	r := publishCSV(t, rows, "clv.margin=0.5", "clv.costs.acquisition=7", "clv.costs.per_order=2")
	past := map[string]string{}
	for _, row := range customersOf(t, r) {
		past[row["customer_id"]] = row["past_value"]
	}
	require.Equal(t, "64.00", past["a"]) // 0.5·150 − 7 − 2·2
	require.Equal(t, "14.50", past["b"]) // 0.5·51 − 7 − 2·2: the return is no order
}

// The columns of stages that are off are left out, and nothing else changes.
func TestStagesThatAreOff(t *testing.T) {
	const rows = "a,2025-06-30,100\na,2026-05-30,50\nb,2026-01-01,80\nb,2026-02-01,30\n"
	r := publishCSV(t, rows, "rfm=off", "clv=off", "stages=off", "pyramid=off")
	row := customersOf(t, r)[0]
	require.Equal(t, "a", row["customer_id"], "without clv the ranking is by net spend")
	for _, gone := range []string{"r", "rfm", "segment", "x", "clv", "past_value", "stage", "reasons", "tier"} {
		require.NotContains(t, row, gone)
	}
	require.Nil(t, r.PastValue)
	require.Empty(t, r.Segments)
	require.Nil(t, r.Drift)
	require.Nil(t, r.Concentration)
}

// Cut points are kept within a month, fitted anew in the next, and whenever
// the settings of the scores change.
func TestRefitOfCutPoints(t *testing.T) {
	dir := t.TempDir()
	var rows strings.Builder
	rows.WriteString("customer,time,amount\n")
	for i := range 40 {
		rows.WriteString(string(rune('A'+i%26)) + strings.Repeat("x", i/26) + ",2026-0" + string(rune('1'+i%6)) + "-11," + strings.Repeat("9", 1+i%3) + "\n")
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "tx.csv"), []byte(rows.String()), 0o600))
	file := filepath.Join(dir, "job.yaml")
	require.NoError(t, os.WriteFile(file, []byte("name: small\nas_of: 2026-06-30\nsources:\n  - path: tx.csv\n    columns: {customer: customer, time: time, amount: amount}\n"), 0o600))

	fittedOn := func(settings ...string) string {
		r := publishJob(t, file, settings...)
		data, err := os.ReadFile(filepath.Join(r.Path, "cutpoints.json"))
		require.NoError(t, err)
		var cuts struct {
			AsOf string `json:"as_of"`
		}
		require.NoError(t, json.Unmarshal(data, &cuts))
		return cuts.AsOf
	}
	require.Equal(t, "2026-06-28", fittedOn("as_of=2026-06-28"))
	require.Equal(t, "2026-06-28", fittedOn("as_of=2026-06-29"))
	require.Equal(t, "2026-06-28", fittedOn("as_of=2026-06-29"), "the same night again")
	require.Equal(t, "2026-06-30", fittedOn("as_of=2026-06-30", "rfm.window=3 months"))
	require.Equal(t, "2026-07-01", fittedOn("as_of=2026-07-01", "rfm.window=3 months"))
	require.Equal(t, "2026-07-02", fittedOn("as_of=2026-07-02", "rfm.refit=always"))
}

// An amount that means something else makes old cut points meaningless.
func TestCutPointsOfOtherAmounts(t *testing.T) {
	const rows = "a,2026-06-30,100\na,2026-05-30,50\nb,2026-01-01,80\nc,2026-02-01,30\n"
	r := publishCSV(t, rows, "as_of=2026-06-29")
	file := filepath.Join(filepath.Dir(filepath.Dir(filepath.Dir(r.Path))), "job.yaml")
	next := publishJob(t, file, "sources.0.columns.amount=amount / 100")
	require.Contains(t, strings.Join(next.Warnings, "\n"),
		"rfm: settings that scores depend on have changed since 2026-06-29; the cut points are fitted anew")
}

// One mistyped year must not move everybody's recency.
func TestLatestAfterMistypedYear(t *testing.T) {
	const rows = "a,2026-06-01,100\na,2026-05-30,50\nb,2204-01-05,80\n"
	_, err := runCSV(t, rows, "as_of=latest")
	require.EqualError(t, err, "tx.csv: as_of: latest would be after 2204-01-05, but the newest transactions before that day are of 2026-06-01; "+
		"look for a mistyped date, or give as_of a day")
	r := publishCSV(t, "a,2026-06-01,100\na,2026-05-30,50\n", "as_of=latest")
	require.Equal(t, "2026-06-02", r.AsOf)

	// A shop may be without a transaction for a year and a day, and no longer.
	r = publishCSV(t, "a,2025-06-01,100\na,2026-06-02,50\n", "as_of=latest")
	require.Equal(t, "2026-06-03", r.AsOf)
	_, err = runCSV(t, "a,2025-06-01,100\na,2026-06-03,50\n", "as_of=latest")
	require.ErrorContains(t, err, "as_of: latest would be after 2026-06-03, but the newest transactions before that day are of 2025-06-01; ")
}

// A night is stopped on the first day on which the newest transaction is older than
// guard.age.
func TestGuardOfAge(t *testing.T) {
	const rows = "a,2026-06-01,100\na,2026-06-28,50\n"
	r := publishCSV(t, rows, "as_of=2026-06-30", "guard.age=2 days")
	require.Equal(t, "2026-06-30", r.AsOf)
	_, err := runCSV(t, rows, "as_of=2026-07-01", "guard.age=2 days")
	require.ErrorContains(t, err, "guard.age: the newest transaction is of 2026-06-28, older than 2 days before 2026-07-01")
}

// A copy of an export among the exports doubles every amount.
func TestTwinExports(t *testing.T) {
	const rows = "a,2026-06-01,100\na,2026-05-30,50\n"
	dir := t.TempDir()
	for _, name := range []string{"a.csv", "copy of a.csv"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("customer,time,amount\n"+rows), 0o600))
	}
	const warning = "copy of a.csv holds the same bytes as "
	r := publishCSV(t, rows, "sources.0.path="+dir)
	require.Contains(t, strings.Join(r.Warnings, "\n"), warning)

	// A backtest of doubled amounts says so as well.
	file := filepath.Join(filepath.Dir(filepath.Dir(filepath.Dir(r.Path))), "job.yaml")
	j, err := job.Load(file, []string{"sources.0.path=" + dir}, time.Now)
	require.NoError(t, err)
	b, err := analytics.Backtest(t.Context(), j, analytics.BacktestOptions{Options: analytics.Options{SpillDir: t.TempDir()}})
	require.NoError(t, err)
	require.Contains(t, strings.Join(b.Warnings, "\n"), warning)
}

// next runs the job of a publication again, of another night.
func next(t *testing.T, r *analytics.Result, o analytics.Options, settings ...string) (*analytics.Result, error) {
	t.Helper()
	j, err := job.Load(filepath.Join(filepath.Dir(filepath.Dir(filepath.Dir(r.Path))), "job.yaml"), settings, time.Now)
	require.NoError(t, err)
	o.SpillDir = t.TempDir()
	return analytics.Run(t.Context(), j, o)
}

// Whatever of the night before is damaged or gone stops the night, names the file and
// the ways out; both of them lead out.
func TestDamagedPreviousNight(t *testing.T) {
	const rows = "a,2025-06-30,100\na,2026-05-30,50\nb,2026-01-01,80\nb,2026-06-29,20\n"
	settings := []string{"tiers=[{name: gold, qualify: {spend: 50}}]", "clv.model=nbd"}
	for _, file := range []string{"run.json", "cutpoints.json", "rhythm.json", "model.json", "state.parquet", "_SUCCESS"} {
		first := publishCSV(t, rows, append(settings, "as_of=2026-06-28")...)
		_, err := next(t, first, analytics.Options{}, append(settings, "as_of=2026-06-29")...)
		require.NoError(t, err)
		damaged := filepath.Join(filepath.Dir(first.Path), "2026-06-29", file)
		require.NoError(t, os.Remove(damaged))
		_, err = next(t, first, analytics.Options{}, settings...)
		require.ErrorContains(t, err, "the night before: "+damaged+": ")
		require.ErrorContains(t, err, "; publish that night again (run with --as-of 2026-06-29), or leave it behind and begin a new history with --fresh")
		require.NoDirExists(t, filepath.Join(filepath.Dir(first.Path), "2026-06-30"))

		// A new history says that it is one.
		fresh, err := next(t, first, analytics.Options{Fresh: true}, settings...)
		require.NoError(t, err)
		require.Nil(t, fresh.Previous)
		before := "2026-06-29"
		if file == "_SUCCESS" {
			before = "2026-06-28"
		}
		require.Contains(t, fresh.Warnings, "history: begins anew, as --fresh asked; nothing of "+before+
			" and before is carried on: tiers, stages and cut points are as of a first night")
		require.Empty(t, fresh.Tiers.Since)

		// The damaged night made again is what it was, and so is the next.
		again, err := next(t, first, analytics.Options{}, append(settings, "as_of=2026-06-29")...)
		require.NoError(t, err)
		require.Equal(t, first.RunID, again.Previous.RunID)
		followed, err := next(t, first, analytics.Options{}, settings...)
		require.NoError(t, err)
		require.Equal(t, again.RunID, followed.Previous.RunID)
		require.NotContains(t, strings.Join(followed.Warnings, "\n"), "history:")
		require.Equal(t, "2026-06-29", followed.Tiers.Since)
		require.Equal(t, customersOf(t, first)[0]["tier_since"], customersOf(t, followed)[0]["tier_since"])
	}
}

// A history of which nothing is left but the link to its last night.
func TestLostHistory(t *testing.T) {
	const rows = "a,2025-06-30,100\na,2026-05-30,50\nb,2026-01-01,80\n"
	first := publishCSV(t, rows, "as_of=2026-06-29")
	require.NotContains(t, strings.Join(first.Warnings, "\n"), "history:")
	require.NoError(t, os.RemoveAll(first.Path))
	second, err := next(t, first, analytics.Options{})
	require.NoError(t, err)
	require.Contains(t, second.Warnings, "history: begins anew, as latest leads to 2026-06-29, which is not there; "+
		"tiers, stages and cut points are as of a first night")
}

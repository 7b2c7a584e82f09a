package analytics_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
	"clientele/internal/spreadsheet"
)

// caseFolder is a copy of one of the cases beside the repository.
func caseFolder(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(caseFile(t, name))))
	return dir
}

// byID are columns of a publication's customers, joined by a blank, by id.
func byID(t *testing.T, dir string, columns ...string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, row := range customersOf(t, publishJob(t, filepath.Join(dir, "job.yaml"))) {
		var cells []string
		for _, c := range columns {
			cells = append(cells, row[c])
		}
		out[row["customer_id"]] = strings.Join(cells, " ")
	}
	return out
}

// requireRefused runs a case whose data cannot be used, and gives the message.
func requireRefused(t *testing.T, dir, jobFile string, settings ...string) *ledger.DataError {
	t.Helper()
	_, err := runJob(t, filepath.Join(dir, jobFile), settings...)
	var data *ledger.DataError
	require.ErrorAs(t, err, &data)
	require.NoDirExists(t, filepath.Join(dir, "out"))
	return data
}

// A quote that opens and never closes costs its line, not those below.
func TestCaseStrayQuote(t *testing.T) {
	dir := caseFolder(t, "case32")
	require.Equal(t, int64(4), requireRefused(t, dir, "job.yaml").Line, "one line in twelve is more than 1%")
	for _, c := range []struct {
		file      string
		malformed int64
		money     string
	}{{"o.csv", 1, "750.00"}, {"two.csv", 2, "660.00"}} {
		r := publishJob(t, filepath.Join(dir, "job.yaml"), "sources.0.path="+c.file, "sources.0.malformed=20%")
		require.Equal(t, int64(12), r.Rows.Read)
		require.Equal(t, 12-c.malformed, r.Rows.Used)
		require.Equal(t, map[string]int64{string(ledger.Malformed): c.malformed}, r.Rows.Rejected)
		require.Equal(t, c.money, r.Money.Used)
		require.Nil(t, r.Money.Rejected[string(ledger.Malformed)], "unknown, not 0.00")
	}
}

// Columns are named as they are spelled.
func TestCaseColumnsByCase(t *testing.T) {
	require.Equal(t, map[string]string{"a": "100.00", "b": "200.00"}, byID(t, caseFolder(t, "case36"), "monetary"))
}

// The same order in two exports is warned of, or counts once.
func TestCaseSameOrderInTwoExports(t *testing.T) {
	dir := caseFolder(t, "case38")
	r := publishJob(t, filepath.Join(dir, "job.yaml"))
	require.Equal(t, "230.00", r.Money.Used)
	require.Contains(t, strings.Join(r.Warnings, "\n"), "sources.0: 1 row with 50.00 in all stand in more than one file of ov/*.csv")

	r = publishJob(t, filepath.Join(dir, "job.yaml"), "sources.0.duplicates=drop")
	require.Equal(t, "180.00", r.Money.Used)
	require.Equal(t, map[string]int64{string(ledger.Duplicate): 1}, r.Rows.Rejected)
	require.Equal(t, "50.00", *r.Money.Rejected[string(ledger.Duplicate)])
	rejects := tableOf(t, r.Path, "rejects.csv")
	require.Len(t, rejects, 1)
	require.Equal(t, "ov/w2.csv", rejects[0]["source"], "the first file keeps it")

	r = publishJob(t, filepath.Join(dir, "job.yaml"), "sources.0.duplicates=keep")
	require.Equal(t, "230.00", r.Money.Used)
	require.NotContains(t, strings.Join(r.Warnings, "\n"), "more than one file")
}

// German amounts are read as they are written.
func TestCaseGermanAmounts(t *testing.T) {
	dir := caseFolder(t, "case41")
	require.Contains(t, requireRefused(t, dir, "job_hint.yaml").Message, "map the column itself", "an expression takes the signs away")
	const reads = "replace(replace(Betrag, '.', ''), ',', '.')"
	for jobFile, want := range map[string]string{"job.yaml": "6894.90", "job_plain.yaml": "3321.96"} {
		require.Equal(t, want, publishJob(t, filepath.Join(dir, jobFile)).Money.Used)
		r := publishJob(t, filepath.Join(dir, jobFile), "sources.0.columns.amount="+reads)
		require.Equal(t, want, r.Money.Used, "as the message of former versions said")
	}
}

// An id that a data frame stored as a double is the same id.
func TestCaseIDsAsDoubles(t *testing.T) {
	ids := byID(t, caseFolder(t, "case42"))
	require.Equal(t, []string{"1000000000000000", "13047", "17850"}, slices.Sorted(maps.Keys(ids)))
}

// Ids that look like formulas join back; a pin that was copied out of a file for
// spreadsheets finds its customer.
func TestCaseIDsLikeFormulas(t *testing.T) {
	dir := caseFolder(t, "case43")
	require.Equal(t, map[string]string{"+491701234567": "-3 ", "-5": "+1 ", "@shop": "n "}, byID(t, dir, "region", "tier"))
	r := publishJob(t, filepath.Join(dir, "job.yaml"), "output.csv=spreadsheet")
	tiers := map[string]string{}
	for _, row := range customersOf(t, r) {
		tiers[spreadsheet.Unguard(row["customer_id"])] = row["tier"]
	}
	require.Equal(t, map[string]string{"+491701234567": "gold", "-5": "", "@shop": ""}, tiers)
}

// A plain file that was cut off in the middle of a line stops the run.
func TestCaseCutOff(t *testing.T) {
	dir := caseFolder(t, "case45")
	refused := requireRefused(t, dir, "job.yaml")
	require.Equal(t, "cut2.csv", refused.Path)
	require.Contains(t, refused.Message, "the file ends in the middle of this line")
}

// Folders called key=value say nothing where the files have the column, and
// what nobody maps.
func TestCasePartitionFolders(t *testing.T) {
	require.Equal(t, map[string]string{"a": "2024-01-31", "c": "2023-12-24"}, pick(byID(t, caseFolder(t, "case50"), "first_day"), "a", "c"))
	regions := byID(t, caseFolder(t, "case50b"), "region")
	var all []string
	for _, r := range regions {
		all = append(all, r)
	}
	require.ElementsMatch(t, []string{"NL", "FR"}, all)
}

func pick(all map[string]string, keys ...string) map[string]string {
	out := map[string]string{}
	for _, k := range keys {
		out[k] = all[k]
	}
	return out
}

// The name of a file is a name, whatever signs are in it.
func TestCaseFileNames(t *testing.T) {
	require.Equal(t, map[string]string{"a": "70.00", "b": "50.00"}, byID(t, caseFolder(t, "case52"), "monetary"))
}

// A column may have a name of the program's own.
func TestCaseColumnOfOurName(t *testing.T) {
	require.Equal(t, map[string]string{"a": "100.00", "b": "50.00"}, byID(t, caseFolder(t, "case54"), "monetary"))
}

// Prices with decimal commas in a product are read as numbers, and so are those that the
// job file makes into numbers by itself.
func TestPricesWithCommasInAProduct(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "o.csv"), []byte("id;day;qty;Preis\na;2024-01-01;2;1.250,50\nb;2024-01-02;3;99,90\n"), 0o600))
	const head = "name: shop\nas_of: 2024-03-01\nsources:\n  - path: o.csv\n    columns: {customer: id, time: day, amount: \"qty * "
	write := func(price string) string {
		file := filepath.Join(dir, "job.yaml")
		require.NoError(t, os.WriteFile(file, []byte(head+price+"\"}\nclv: {model: nbd}\n"), 0o600))
		return file
	}
	const byHand = "CAST(replace(replace(Preis, '.', ''), ',', '.') AS DECIMAL(18, 6))"
	for _, price := range []string{"Preis", byHand} {
		require.Equal(t, "2800.70", publishJob(t, write(price)).Money.Used, price)
	}
}

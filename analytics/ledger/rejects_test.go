package ledger_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// Every reason, in the order in which they are looked for: each row has the
// faults of all the rows below it as well, and counts under its first.
func TestReasons(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", strings.Join([]string{
		"id,day,amount,keep",
		"1,2024-01-01,5,yes",
		",nonsense,x", // cut off
		",,x,no",
		",nonsense,x,",
		",,x,yes",
		",nonsense,x,yes",
		",2031-01-01,x,yes",
		",2024-01-01,x,yes",
		",2024-01-01,5,yes",
		"End of report",
		"",
	}, "\n"))
	plan := s.load(head + "sources:\n" + source("export.csv", "where: keep = 'yes'"))
	require.Equal(t, []ledger.Reject{
		{Source: "export.csv", Line: 3, Reason: ledger.Malformed, Row: ",nonsense,x"},
		{Source: "export.csv", Line: 4, Reason: ledger.Filtered, Row: ",,x,no"},
		{Source: "export.csv", Line: 5, Reason: ledger.FilterUnknown, Row: ",nonsense,x,"},
		{Source: "export.csv", Line: 6, Reason: ledger.NoTime, Row: ",,x,yes"},
		{Source: "export.csv", Line: 7, Reason: ledger.TimeUnreadable, Row: ",nonsense,x,yes"},
		{Source: "export.csv", Line: 8, Reason: ledger.AfterAsOf, Row: ",2031-01-01,x,yes"},
		{Source: "export.csv", Line: 9, Reason: ledger.AmountUnreadable, Row: ",2024-01-01,x,yes"},
		{Source: "export.csv", Line: 10, Reason: ledger.Anonymous, Row: ",2024-01-01,5,yes"},
		{Source: "export.csv", Line: 11, Reason: ledger.Footer, Row: "End of report"},
	}, s.rejects(plan))
	a := s.tally(plan)
	require.Len(t, a.Total.Rejected, len(ledger.Reasons)-3, "all but duplicates, which take two files, and those of excluded products and of totals, which take a rule")
	require.Equal(t, int64(10), a.Total.Read.Rows)
	require.Equal(t, []int64{10}, a.FileRows)
	require.Equal(t, "5.00", a.Total.Rejected[ledger.Anonymous].Money.String())
}

// Lines of spaces are blank, and so is the sign by which DOS ended a file.
func TestBlankLines(t *testing.T) {
	s := newShop(t)
	plan := s.loadOne("id,day,amount\n   \n1,2024-01-01,5\n \n\x1a")
	require.Empty(t, s.rejects(plan))
	require.Equal(t, int64(1), s.tally(plan).Total.Read.Rows)
}

func TestMalformed(t *testing.T) {
	const header, fine = "id,day,amount,note\n", "1,2024-01-01,5,fine\n"
	for _, c := range []struct{ name, line, row string }{
		{"short", "2,2024-01-01", "2,2024-01-01"},
		{"long", "2,2024-01-01,5,a,b", "2,2024-01-01,5,a,b"},
		{"a byte of value 0", "2,2024-01-01,5,a\x00b", "2,2024-01-01,5,a\x00b"},
		{"text after quotes", `2,2024-01-01,5,"a"b`, `2,2024-01-01,5,"a"b`},
		{"html", "<html>Service unavailable</html>", "<html>Service unavailable</html>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t)
			plan := s.loadOne(header + fine + c.line + "\n" + strings.Repeat(fine, 20))
			rejects := s.rejects(plan)
			require.Len(t, rejects, 1)
			require.Equal(t, ledger.Malformed, rejects[0].Reason)
			require.Equal(t, int64(3), rejects[0].Line)
			require.Equal(t, c.row, rejects[0].Row)
			require.Equal(t, int64(21), s.tally(plan).Total.Used.Rows)
		})
	}
}

// A quote that is opened and not closed is a slip of its own line, where the
// lines below read as rows.
func TestQuoteNotClosed(t *testing.T) {
	s := newShop(t)
	plan := s.loadOne("id,day,amount,note\n1,2024-01-01,5,fine\n,2024-01-01,5,fine\n2,2024-01-01,5,\"open\n3,2024-01-01,5,fine\n")
	require.Equal(t, []ledger.Reject{
		{Source: "export.csv", Line: 3, Reason: ledger.Anonymous, Row: ",2024-01-01,5,fine"},
		{Source: "export.csv", Line: 4, Reason: ledger.Malformed, Row: "2,2024-01-01,5,\"open"},
	}, s.rejects(plan))
	require.Equal(t, int64(4), s.tally(plan).Total.Read.Rows)
}

func TestMalformedJSON(t *testing.T) {
	s := newShop(t)
	s.write("export.jsonl", `{"id": 1, "day": "2024-01-01", "amount": 5}
{"id": 2, "day": "2024-01-01", "amo

{"id": null, "day": "2024-01-01", "amount": 5.10, "more": [1, 2]}
not json
{"id": 3, "day": "2024-01-01", "amount": 5}
`)
	plan := s.load(head + "sources:\n" + source("export.jsonl"))
	require.Equal(t, []ledger.Reject{
		{Source: "export.jsonl", Line: 2, Reason: ledger.Malformed, Row: `{"id": 2, "day": "2024-01-01", "amo`},
		{Source: "export.jsonl", Line: 4, Reason: ledger.Anonymous, Row: `{"id": null, "day": "2024-01-01", "amount": 5.10, "more": [1, 2]}`},
		{Source: "export.jsonl", Line: 5, Reason: ledger.Malformed, Row: "not json"},
	}, s.rejects(plan))
	require.Equal(t, int64(2), s.tally(plan).Total.Used.Rows)
}

// The line is the one that an editor shows.
func TestLineNumbers(t *testing.T) {
	type place struct {
		line   int64
		reason ledger.Reason
	}
	const anonymous, malformed = ledger.Anonymous, ledger.Malformed
	for _, c := range []struct {
		name, csv string
		want      []place
	}{
		{"blank lines", "id,day,amount,note\n\n1,2024-01-01,1,\n\n\n,2024-01-01,2,\n1,2\n\n,2024-01-01,3,\n", []place{{6, anonymous}, {7, malformed}, {9, anonymous}}},
		{"blank lines, crlf", "id,day,amount,note\r\n\r\n1,2024-01-01,1,\r\n\r\n\r\n,2024-01-01,2,\r\n1,2\r\n\r\n,2024-01-01,3,\r\n", []place{{6, anonymous}, {7, malformed}, {9, anonymous}}},
		{"line breaks in cells", "id,day,amount,note\n1,2024-01-01,1,\"a\nb\"\n,2024-01-01,2,\"a\n\n\nb\"\n1,2\n,2024-01-01,3,x\n", []place{{4, anonymous}, {8, malformed}, {9, anonymous}}},
		{"line breaks in cells, crlf", "id,day,amount,note\r\n1,2024-01-01,1,\"a\r\nb\"\r\n,2024-01-01,2,\"a\r\n\r\nb\"\r\n1,2\r\n,2024-01-01,3,x\r\n", []place{{4, anonymous}, {7, malformed}, {8, anonymous}}},
		{"quotes in a cell", "id,day,amount,note\n1,2024-01-01,1,5\" x 6\"\n,2024-01-01,2,a\"b\n1,2\n,2024-01-01,3,\"say \"\"hi\"\", then\ngo\"\n,2024-01-01,3,\"\"\n", []place{{3, anonymous}, {4, malformed}, {5, anonymous}, {7, anonymous}}},
		{"space before quotes", "id,day,amount,note\n1,2024-01-01,1, \"a\nb\"\n,2024-01-01,2,x\n", []place{{4, anonymous}}},
		{"malformed first and last", "id,day,amount,note\n1,2\n,2024-01-01,3,x\n1,2\n1,2,3\n", []place{{2, malformed}, {3, anonymous}, {4, malformed}, {5, malformed}}},
		{"no line end", "id,day,amount,note\n1,2024-01-01,3,x\n,2024-01-01,3,x", []place{{3, anonymous}}},
		{"header over two lines", "id,day,amount,\"no\nte\"\n,2024-01-01,3,x\n", []place{{3, anonymous}}},
		{"title", "My shop\n\nid,day,amount,note\n1,2024-01-01,3,x\n\n,2024-01-01,3,x\n", []place{{6, anonymous}}},
		{"semicolons", "id;day;amount;note\n1;2024-01-01;3;\"a;\n\"\n;2024-01-01;3;x\n", []place{{4, anonymous}}},
		{"no rejects", "id,day,amount,note\n1,2024-01-01,3,x\n", nil},
	} {
		for _, name := range []string{"export.csv", "export.csv.gz", "export.csv.zst"} {
			t.Run(c.name+" "+name, func(t *testing.T) {
				text := c.csv
				switch filepath.Ext(name) {
				case ".gz":
					text = gzipped(t, text)
				case ".zst":
					text = zstandard(t, text)
				}
				s := newShop(t)
				s.write(name, text)
				plan := s.load(head + "sources:\n" + source(name))
				var got []place
				for _, r := range s.rejects(plan) {
					got = append(got, place{r.Line, r.Reason})
				}
				require.Equal(t, c.want, got)
			})
		}
	}
}

// Rejects come in the order of sources, files and lines, also where a file
// has none, or nothing but malformed lines.
func TestRejectsOfManyFiles(t *testing.T) {
	s := newShop(t)
	s.write("in/1.csv", "id,day,amount\n,2024-01-01,1\n1,2\n")
	s.write("in/2.csv", "id,day,amount\n1,2024-01-01,1\n")
	s.write("in/3.csv", "id,day,amount\n1,2\n3,4\n")
	s.write("in/4.csv", "id,day,amount\n")
	s.write("in/5.csv", "id;day;amount\n1;2\n;2024-01-01;1\n")
	s.copyTo("in/6.parquet", "SELECT unnest([1, NULL, 3, NULL]) AS id, DATE '2024-01-01' AS day, 1 AS amount", "FORMAT parquet")
	s.write("in/7.csv", "id,day,amount\n7,7\n")
	s.write("last.csv", "id,day,amount\n,2024-01-01,1\n")
	plan := s.load(head + "sources:\n" + source("in") + source("last.csv"))
	type place struct {
		source string
		line   int64
		reason ledger.Reason
	}
	var got []place
	for _, r := range s.rejects(plan) {
		got = append(got, place{r.Source, r.Line, r.Reason})
	}
	require.Equal(t, []place{
		{"in/1.csv", 2, ledger.Anonymous},
		{"in/1.csv", 3, ledger.Malformed},
		{"in/3.csv", 2, ledger.Malformed},
		{"in/3.csv", 3, ledger.Malformed},
		{"in/5.csv", 2, ledger.Malformed},
		{"in/5.csv", 3, ledger.Anonymous},
		{"in/6.parquet", 2, ledger.Anonymous},
		{"in/6.parquet", 4, ledger.Anonymous},
		{"in/7.csv", 2, ledger.Malformed},
		{"last.csv", 2, ledger.Anonymous},
	}, got)
	a := s.tally(plan)
	require.Equal(t, []int64{2, 1, 2, 0, 2, 4, 1, 1}, a.FileRows)
	require.Equal(t, int64(12), a.BySource[0].Read.Rows)
	require.Equal(t, int64(1), a.BySource[1].Read.Rows)
}

// Whoever takes the rejects may stop.
func TestRejectsStop(t *testing.T) {
	s := newShop(t)
	plan := s.loadOne("id,day,amount\n,2024-01-01,1\n,2024-01-01,1\n1,2\n")
	full := errors.New("disk full")
	seen := 0
	require.ErrorIs(t, plan.Rejects(t.Context(), func(ledger.Reject) error {
		seen++
		return full
	}), full)
	require.Equal(t, 1, seen)
}

// A sample says what would become of the first rows; the exports stay as they
// are for Load.
func TestLoadSample(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,day,amount\n1,2024-01-01,1\n,2024-01-01,2\n1,2\n")
	j := s.job(head + "sources:\n" + source("export.csv"))
	plan, err := s.prepare(j)
	require.NoError(t, err)
	require.NoError(t, plan.LoadSample(t.Context(), j.AsOf.Day))
	a := s.tally(plan)
	require.Equal(t, int64(3), a.Total.Read.Rows)
	require.Equal(t, int64(1), a.Total.Rejected[ledger.Malformed].Rows)
	require.Equal(t, int64(1), a.Total.Rejected[ledger.Anonymous].Rows)
	require.Equal(t, 1, plan.FileCount())
}

// A sample has the same rows of each file, whatever its format, and however many
// threads read it.
func TestLoadSampleOfEachFile(t *testing.T) {
	for ending, last := range map[string]string{".csv": "10001", ".jsonl": "10000", ".parquet": "10000"} {
		for _, threads := range []int{1, 4} {
			s := shopWith(t, threads)
			for _, name := range []string{"a", "b"} {
				s.writeExport(name+ending, 30_000)
			}
			j := s.job(head + "sources:\n" + source("'*"+ending+"'"))
			plan, err := s.prepare(j)
			require.NoError(t, err)
			require.NoError(t, plan.LoadSample(t.Context(), j.AsOf.Day))
			require.Equal(t, []int64{10_000, 10_000}, s.tally(plan).FileRows, ending)
			require.Equal(t, last, s.cells("line")[9_999], ending)
		}
	}
}

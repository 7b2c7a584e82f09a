package ledger_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"clientele/analytics/ledger"
)

// FuzzCSV reads files of any content below a sound header. However damaged
// they are, the night goes on or says on which line it cannot; every row is
// accounted for, and the lines that rejects name are the lines where their rows
// begin.
func FuzzCSV(f *testing.F) {
	for _, body := range []string{
		"1,2024-01-01,5,a\n", "1,2\n\n\n,2024-01-01,5,a\n", "1,2024-01-01,5,\"a\nb\"\n,,,\n", "1,2024-01-01,5,\"a\"\"b\"\n,,,\"\"\n",
		"\"\n", "\",\n,,,\n", "a\"b,c,d,e\n,,,\n", ", \"x\n\",,\n,,,\n", "\xff,,,\n,,,\n", ",,,\xe9\n,,,\n", ",,,,,,,\n,,,\n", "\"a\"x,,,\n,,,\n", "1,2024-01-01,x,\"a\r\nb\"\r\n,,,\r\n",
		"1,2024-01-01,5,\"a\nb\nc\n1,2024-01-01,5,d\n", "\r\n\r\n,,,\r\n", "\r,,,\r1,2,3\r", " \"a\" ,,,\n,,,\n", "\"a\",\"b\"\n", "\x00,,,\n,,,\n", ",,,\"a\n,,,\n", "\"\"\"\n\",,,\n,,,\n", ",,,\" \"\n,,,\"\"\n", "é客\u2028,,,\n,,,\n",
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		checkDamaged(t, shopWith(t, 1), body, "\n")
	})
}

// TestDamagedCSV is FuzzCSV over pieces that make trouble.
func TestDamagedCSV(t *testing.T) {
	pieces := []string{
		",", ",", ",", "\n", "\n", "\"", "\"\"", " ", "x", "1", "2024-01-01", "é", "\xe9", "\xff\xfe", ";", "\t", "'", "\\",
		"1,2024-01-01,5,a\n", ",2024-01-01,5,\"a\nb\"\n", "1,2\n", "1,2,3,4,5\n", "\n\n",
	}
	s := newShop(t)
	rapid.Check(t, func(rt *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 24).Draw(rt, "parts")
		ending := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(rt, "ending")
		checkDamaged(rt, s, strings.Join(parts, ""), ending)
	})
}

// checkDamaged loads a header and a damaged body.
func checkDamaged(t require.TestingT, s *shop, body, ending string) {
	// Enough sound rows for the header to be found: that is another test.
	csv := "id,day,amount,note\n" + strings.Repeat("1,2024-01-01,5,a\n", 30) + body
	csv = strings.ReplaceAll(csv, "\n", ending)
	s.write("export.csv", csv)
	encoding := "utf-8"
	if !utf8.ValidString(csv) {
		encoding = "cp437" // every byte is a character of it
		decoded, err := charmap.CodePage437.NewDecoder().String(csv)
		require.NoError(t, err)
		csv = decoded
	}
	j := s.job(head + "sources:\n  - path: export.csv\n    encoding: " + encoding + "\n    columns: {customer: id, time: \"strptime(day, '%Y-%m-%d')\", amount: amount}\n")
	plan, err := s.prepare(j)
	if err == nil {
		err = plan.Load(s.t.Context(), j.AsOf.Day)
	}
	if err != nil {
		var data *ledger.DataError
		require.ErrorAs(t, err, &data)
		require.Regexp(t, "was cut off|never close", data.Message)
		return
	}
	a, err := plan.Tally(s.t.Context())
	require.NoError(t, err)
	var rejects []ledger.Reject
	require.NoError(t, plan.Rejects(s.t.Context(), func(r ledger.Reject) error {
		rejects = append(rejects, r)
		return nil
	}), "%q", csv)
	require.Equal(t, a.Total.Read.Rows-a.Total.Used.Rows, int64(len(rejects)))
	lines := physicalLines(csv)
	last := int64(1)
	for _, r := range rejects {
		require.Greater(t, r.Line, last, "lines go up")
		require.LessOrEqual(t, r.Line, int64(len(lines)))
		last = r.Line
		begins := lines[r.Line-1]
		require.True(t, strings.HasPrefix(r.Row, begins) || strings.HasPrefix(begins, r.Row), "line %d is %q, not %q", r.Line, begins, r.Row)
	}
}

// physicalLines are the lines as an editor shows them.
func physicalLines(text string) []string {
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
}

// TestLinesOfMarkedRows gives every row a number of its own: the row that a
// reject shows is the one that the engine set aside, in files longer than the
// pieces in which the engine reads them.
func TestLinesOfMarkedRows(t *testing.T) {
	cells := []string{"plain", `"two` + "\n" + `lines"`, `"say ""hi"""`, `5" pipe`, "", `"a,b"`, ` "x` + "\n\n" + `y"`, "客户"}
	var csv strings.Builder
	csv.WriteString("id,day,amount,note,mark\n")
	type place struct {
		line   int64
		reason ledger.Reason
		mark   string
	}
	var want []place
	line := int64(2)
	for i := range 40_000 {
		note, mark := cells[i%len(cells)], fmt.Sprintf("m%d", i)
		id, reason := strconv.Itoa(i%500), ledger.Reason("")
		switch {
		case i%97 == 0:
			id, reason = "", ledger.Anonymous
		case i%89 == 0:
			mark, reason = mark+",extra", ledger.Malformed
		case i%83 == 0:
			csv.WriteString("\n")
			line++
		}
		if reason != "" {
			want = append(want, place{line, reason, mark})
		}
		row := id + ",2024-01-01,1.5," + note + "," + mark + "\n"
		csv.WriteString(row)
		line += int64(strings.Count(row, "\n"))
	}
	for _, threads := range []int{1, 2, 4, 8} {
		s := shopWith(t, threads)
		plan := s.loadOne(csv.String())
		var got []place
		for _, r := range s.rejects(plan) {
			got = append(got, place{r.Line, r.Reason, r.Row[strings.LastIndex(r.Row, ",m")+1:]})
		}
		require.Equal(t, want, got)
	}
}

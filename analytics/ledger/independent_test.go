package ledger_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// rounds is how often each reading of the retail export is repeated.
var rounds = flag.Int("rounds", 1, "how often a large export is read at each number of threads")

// The rejects of a real export, held against another reading of it by another
// make of reader, Go's encoding/csv: each row that either sets aside is set
// aside by both, with the same line and the same text. Rows come in pieces, on
// several threads, while other processes keep the cores busy.
func TestRejectsAgainstAnotherReader(t *testing.T) {
	text := retailExport(t)
	some := text[:12<<20+bytes.IndexByte(text[12<<20:], 0x0a)+1]
	keepCoresBusy(t)
	for _, form := range []struct {
		name  string
		write func(s *shop, text []byte) (pattern string, want []ledger.Reject)
	}{
		{"one gzip file", writeGzip},
		{"many files", writeManyFiles},
		{"line breaks in quotes", writeBrokenLines},
		{"json lines", writeJSONLines},
		{"parquet", writeParquet},
	} {
		t.Run(form.name, func(t *testing.T) {
			s := newShop(t)
			export := some
			if form.name == "one gzip file" || *rounds > 1 {
				export = text
			}
			pattern, want := form.write(s, export)
			require.NotEmpty(t, want)
			for _, threads := range []int{1, 2, 4, 8} {
				for range *rounds {
					s.threads = threads
					requireSameRejects(t, want, s.rejects(s.load(retailJob(pattern))))
				}
			}
		})
	}
}

// retailJob sets aside what a shop would: strangers, cancellations, and lines
// without a price; and, by a list of words as jobs have them, some countries.
func retailJob(pattern string) string {
	return "name: retail\nas_of: 2030-01-01\noutput: {rejects: all}\nsources:\n  - path: \"" + pattern + "\"\n" +
		"    columns: {customer: CustomerID, order: InvoiceNo, time: \"CAST(InvoiceDate AS TIMESTAMP)\", amount: Quantity * UnitPrice}\n" +
		"    where: >-\n      CustomerID IS NOT NULL AND InvoiceNo NOT LIKE 'C%' AND Quantity > 0 AND UnitPrice > 0\n" +
		"      AND Country NOT IN ('EIRE', 'Spain', 'Norway')\n    malformed: 0\n    duplicates: keep\n"
}

// leftOut is the condition of retailJob, written again in Go.
func leftOut(t testing.TB, row map[string]string) bool {
	quantity, err := strconv.ParseFloat(row["Quantity"], 64)
	require.NoError(t, err)
	price, err := strconv.ParseFloat(row["UnitPrice"], 64)
	require.NoError(t, err)
	switch row["Country"] {
	case "EIRE", "Spain", "Norway":
		return true
	}
	return row["CustomerID"] == "" || strings.HasPrefix(row["InvoiceNo"], "C") || quantity <= 0 || price <= 0
}

// retailExport is the text of a real shop's export.
func retailExport(t *testing.T) []byte {
	f, err := os.Open("../../../shared/data/uci-online-retail.csv.gz")
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no ../shared/data beside the repository: ", err)
	}
	require.NoError(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	require.NoError(t, err)
	text, err := io.ReadAll(z)
	require.NoError(t, err)
	return text
}

// keepCoresBusy starts processes that do nothing else until the test ends.
func keepCoresBusy(t *testing.T) {
	for range 2 {
		busy := exec.Command("sh", "-c", "while :; do :; done")
		require.NoError(t, busy.Start())
		t.Cleanup(func() {
			require.NoError(t, busy.Process.Kill())
			_ = busy.Wait() // it was killed
		})
	}
}

// otherReading classifies the rows of a CSV export by encoding/csv.
func otherReading(t testing.TB, source string, text []byte) []ledger.Reject {
	r := csv.NewReader(bytes.NewReader(text))
	header, err := r.Read()
	require.NoError(t, err)
	var aside []ledger.Reject
	for from := r.InputOffset(); ; from = r.InputOffset() {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return aside
		}
		require.NoError(t, err)
		row := map[string]string{}
		for i, name := range header {
			row[name] = cells[i]
		}
		if leftOut(t, row) {
			line, _ := r.FieldPos(0)
			whole := strings.TrimRight(string(text[from:r.InputOffset()]), "\r\n")
			aside = append(aside, ledger.Reject{Source: source, Line: int64(line), Reason: ledger.Filtered, Row: whole})
		}
	}
}

func writeGzip(s *shop, text []byte) (string, []ledger.Reject) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := z.Write(text)
	require.NoError(s.t, err)
	require.NoError(s.t, z.Close())
	s.write("retail.csv.gz", packed.String())
	return "retail.csv.gz", otherReading(s.t, "retail.csv.gz", text)
}

// writeManyFiles deals the rows out to files of several thousand.
func writeManyFiles(s *shop, text []byte) (string, []ledger.Reject) {
	header, rest, _ := bytes.Cut(text, []byte("\n"))
	var want []ledger.Reject
	for i := 0; len(rest) > 0; i++ {
		size := min(len(rest), 700_000+i*90_000)
		size += bytes.IndexByte(append(rest[size:len(rest):len(rest)], '\n'), '\n')
		size = min(len(rest), size+1)
		part := append(append(append([]byte{}, header...), '\n'), rest[:size]...)
		rest = rest[size:]
		name := fmt.Sprintf("in/%03d.csv", i)
		s.write(name, string(part))
		want = append(want, otherReading(s.t, name, part)...)
	}
	return "in", want
}

// writeBrokenLines has a description of two lines in every third row.
func writeBrokenLines(s *shop, text []byte) (string, []ledger.Reject) {
	r := csv.NewReader(bytes.NewReader(text))
	rows, err := r.ReadAll()
	require.NoError(s.t, err)
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for i, row := range rows {
		if i > 0 && i%3 == 0 {
			row[2] += "\n" + `"boxed", 12, 3` + "\n"
		}
		require.NoError(s.t, w.Write(row))
	}
	w.Flush()
	s.write("retail.csv", out.String())
	return "retail.csv", otherReading(s.t, "retail.csv", out.Bytes())
}

// eachRow visits the rows of a CSV export as objects.
func eachRow(t testing.TB, text []byte, visit func(line int64, row map[string]string)) {
	r := csv.NewReader(bytes.NewReader(text))
	header, err := r.Read()
	require.NoError(t, err)
	for line := int64(1); ; line++ {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
		row := map[string]string{}
		for i, name := range header {
			if cells[i] != "" {
				row[name] = cells[i]
			}
		}
		visit(line, row)
	}
}

func writeJSONLines(s *shop, text []byte) (string, []ledger.Reject) {
	f, err := os.Create(filepath.Join(s.dir, "retail.jsonl"))
	require.NoError(s.t, err)
	w := bufio.NewWriter(f)
	var want []ledger.Reject
	eachRow(s.t, text, func(line int64, row map[string]string) {
		object, err := json.Marshal(row)
		require.NoError(s.t, err)
		_, err = w.Write(append(object, '\n'))
		require.NoError(s.t, err)
		if leftOut(s.t, row) {
			want = append(want, ledger.Reject{Source: "retail.jsonl", Line: line, Reason: ledger.Filtered, Row: string(object)})
		}
	})
	require.NoError(s.t, w.Flush())
	require.NoError(s.t, f.Close())
	return "retail.jsonl", want
}

func writeParquet(s *shop, text []byte) (string, []ledger.Reject) {
	s.write("retail.csv", string(text))
	s.copyTo("retail.parquet", "FROM read_csv("+"'"+filepath.Join(s.dir, "retail.csv")+"', all_varchar = true, parallel = false)", "FORMAT parquet, ROW_GROUP_SIZE 20000")
	var want []ledger.Reject
	eachRow(s.t, text, func(line int64, row map[string]string) {
		if leftOut(s.t, row) {
			want = append(want, ledger.Reject{Source: "retail.parquet", Line: line, Reason: ledger.Filtered, Row: objectOf(s.t, row)})
		}
	})
	return "retail.parquet", want
}

// objectOf is a row of the retail export as the ledger shows a row of Parquet.
func objectOf(t testing.TB, row map[string]string) string {
	var parts []string
	for _, name := range []string{"InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"} {
		value := "null"
		if text, given := row[name]; given {
			quoted := new(bytes.Buffer)
			e := json.NewEncoder(quoted)
			e.SetEscapeHTML(false)
			require.NoError(t, e.Encode(text))
			value = strings.TrimSpace(quoted.String())
		}
		parts = append(parts, strconv.Quote(name)+":"+value)
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// requireSameRejects compares without printing a hundred thousand rows.
func requireSameRejects(t *testing.T, want, got []ledger.Reject) {
	t.Helper()
	for i := range min(len(want), len(got)) {
		require.Equal(t, want[i], got[i], "reject %d", i)
	}
	require.Len(t, got, len(want))
}

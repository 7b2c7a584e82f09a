package ledger_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"clientele/analytics/engine"
	"clientele/analytics/ledger"
)

// encoded is a text in an encoding.
func encoded(t *testing.T, e encoding.Encoding, text string) string {
	t.Helper()
	out, err := e.NewEncoder().String(text)
	require.NoError(t, err)
	return out
}

var (
	littleEndian = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	unmarked     = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
)

// The same export in each encoding gives the same rows and rejects: in plain
// and compressed files, of CSV and of JSON, by name and by what is in the file.
func TestEncodings(t *testing.T) {
	for _, c := range []struct {
		name string // as the job file has it
		as   encoding.Encoding
		text []string // products
	}{
		{"gb18030", simplifiedchinese.GB18030, []string{"男士纯棉短袖T恤", "婴儿奶粉三段"}},
		{"GBK", simplifiedchinese.GBK, []string{"无线蓝牙耳机", "不锈钢保温杯"}},
		{"big5", traditionalchinese.Big5, []string{"台灣高山茶", "鳳梨酥禮盒"}},
		{"Shift_JIS", japanese.ShiftJIS, []string{"緑茶ペットボトル", "ﾁﾖｺﾚｰﾄと表"}},
		{"cp1252", charmap.Windows1252, []string{"Käse für 5 €", "Crème brûlée"}},
		{"iso-8859-1", charmap.ISO8859_1, []string{"Weißbier", "Brötchen"}},
		{"utf-16", littleEndian, []string{"Käse", "茶 😀"}},
		{"utf-16be", unmarked, []string{"Käse", "茶"}},
		{"UTF8", encoding.Nop, []string{"Käse", "茶 😀"}},
	} {
		var csv, json strings.Builder
		csv.WriteString("id,day,amount,product\n")
		var want []string
		for i := range 40 {
			product, id := c.text[i%len(c.text)], strconv.Itoa(i%3)
			if i == 7 {
				id = "" // a row that is set aside
			}
			fmt.Fprintf(&csv, "%s,2024-01-01,%d,%s\n", id, i+1, product)
			fmt.Fprintf(&json, `{"id": "%s", "day": "2024-01-01", "amount": %d, "product": "%s"}`+"\n", id, i+1, product)
			want = append(want, fmt.Sprintf("%d|%s|%d|%s", i, id, i+1, product))
		}
		for name, text := range map[string]string{"a.csv": csv.String(), "a.jsonl": json.String()} {
			lines := strings.Split(text, "\n")
			for _, said := range []string{c.name, "auto"} {
				t.Run(c.name+" "+name+" "+said, func(t *testing.T) {
					s := newShop(t)
					bytes := encoded(t, c.as, text)
					s.write(name, bytes)
					s.write(name+".gz", gzipped(t, bytes))
					s.write(name+".zst", zstandard(t, bytes))
					plan := s.load(head + "sources:\n  - path: '" + name + "*'\n    encoding: " + said +
						"\n    duplicates: keep\n    columns: {customer: id, time: day, amount: amount, attributes: {label: product}}\n")
					first, below := 0, 1
					if name == "a.csv" {
						first, below = 1, 2
					}
					for file := range 3 {
						rows := s.cells(fmt.Sprintf("CASE WHEN file = %d THEN line - %d END, coalesce(customer, ''), amount, attribute_label", file, below))
						require.Equal(t, want, rows[file*40:file*40+40])
					}
					rejects := s.rejects(plan)
					require.Len(t, rejects, 3)
					require.Equal(t, lines[7+first], rejects[0].Row)
					require.Equal(t, int64(8+first), rejects[0].Line)
				})
			}
		}
	}
}

// The first odd byte may stand anywhere: a file that read as UTF-8 until then
// is read anew, and none of its rows or of the files before it is there twice.
func TestLateOddByte(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("id,day,amount,product\n")
	const rows = 120_000
	for i := range rows {
		product := "cheese"
		if i == 100_000 || i > rows-5 {
			product = "Käse für Jürgen"
		}
		fmt.Fprintf(&csv, "%d,2024-01-01,1.25,%s\n", i, product)
	}
	for _, threads := range []int{1, 4} {
		s := shopWith(t, threads)
		s.write("in/a.csv", "id,day,amount,product\n1,2024-01-01,1,Öl\n")
		s.write("in/b.csv", encoded(t, charmap.Windows1252, csv.String()))
		s.write("in/c.csv.gz", gzipped(t, encoded(t, charmap.Windows1252, strings.ReplaceAll(csv.String(), "1.25", "2.50"))))
		plan := s.load(head + "sources:\n  - path: in\n    columns: {customer: id, time: day, amount: amount, attributes: {label: product}}\n")
		a := s.tally(plan)
		require.Equal(t, []int64{1, rows, rows}, a.FileRows)
		require.Equal(t, "450001.00", a.Total.Used.Money.String())
		labels, err := engine.Text(t.Context(), s.engine, "SELECT attribute_label, count(*) FROM ledger GROUP BY ALL ORDER BY 1")
		require.NoError(t, err)
		require.Equal(t, [][]string{{"Käse für Jürgen", "10"}, {"cheese", "239990"}, {"Öl", "1"}}, labels)
		require.Equal(t, []string{"utf-8", "windows-1252", "windows-1252"}, encodingsOf(plan))
	}
}

func encodingsOf(p *ledger.Plan) []string {
	var names []string
	for _, in := range p.Inputs() {
		names = append(names, in.Encoding)
	}
	return names
}

// What cannot be decoded, or could be in several ways, stops the run with the
// line and with what to write.
func TestUndecodable(t *testing.T) {
	const header = "id,day,amount,product\n"
	row := func(product string) string { return "1,2024-01-01,1," + product + "\n" }
	chinese := encoded(t, simplifiedchinese.GB18030, row("男士纯棉短袖T恤")+row("婴儿奶粉三段")+row("无线蓝牙耳机"))
	for _, c := range []struct{ name, encoding, text, want string }{
		{"declared UTF-8", "utf-8", header + row("a") + row("caf\xe9"), "export.csv:3: the bytes e9 are no character of utf-8, as which sources.0.encoding has the file read: name the encoding that it is in, or auto, or export it again"},
		{"declared Latin-1 with signs of Windows", "latin-1", header + row("5 \x80"), "export.csv:2: the bytes 80 are no character of latin-1, as which sources.0.encoding has the file read: name the encoding that it is in, or auto, or export it again"},
		{"damaged UTF-8", "auto", header + row("Käse") + row("Öl") + row("Bl\xfcte"), "export.csv:4: the bytes fc are no character of utf-8, and other lines are UTF-8: the file is damaged, or put together of several; export it again in one encoding, or say by sources.0.encoding in which it is"},
		{"damaged GBK", "auto", header + chinese + row("ab\xd6") + chinese, "export.csv:5: the bytes d60a are no character of gb18030, as which the rest of the file reads: it is damaged; export it again, or say by sources.0.encoding in which encoding it is"},
		{"cut within a character", "auto", header + chinese + "1,2024-01-01,1,\xd6", "export.csv:5: the file ends in the middle of a character of gb18030: it was cut off; export or copy it again"},
		{"several encodings", "auto", header + row("Weißbier") + row("Frühstück") + encoded(t, charmap.Windows1252, row("Käse")+row("Brötchen")), "export.csv:4: the bytes e4 are no character of utf-8, and other lines are UTF-8: the file is damaged, or put together of several; export it again in one encoding, or say by sources.0.encoding in which it is"},
		{"one word that reads in several ways", "auto", header + row("a") + row("T\xf5ke"), "export.csv:3: it is not UTF-8 from this line on, and reads as windows-1252 or windows-1250, each time with another text: say by sources.0.encoding in which it is"},
		{"no text", "auto", header + row("\xd0\xbc\xf9\x8e"), "export.csv:2: it is not UTF-8 from this line on, and makes no sense in the encodings that are tried: say by sources.0.encoding in which it is, or export it as UTF-8"},
		{"UTF-16 that is none", "utf-16", header + row("a"), "export.csv: cannot be read as csv: neither a byte order mark nor zero bytes show that it is UTF-16: say utf-16le or utf-16be, or what it is"},
		{"UTF-16 cut off", "auto", encoded(t, littleEndian, header+row("a")) + "x", "export.csv:3: the file ends in the middle of a character of utf-16le: it was cut off; export or copy it again"},
		{"half a pair of UTF-16", "auto", encoded(t, littleEndian, header+row("a")) + "\x00\xd8a\x00", "export.csv:3: the bytes 00d8 are no character of utf-16le, as which the rest of the file reads: it is damaged; export it again, or say by sources.0.encoding in which encoding it is"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t)
			s.write("export.csv", c.text)
			err := s.refusal(head + "sources:\n" + source("export.csv", "encoding: "+c.encoding))
			var data *ledger.DataError
			require.ErrorAs(t, err, &data)
			require.Equal(t, c.want, s.said(err))
		})
	}
}

// Rows are compared as text: the same export in two encodings stands there
// twice.
func TestDuplicatesInTwoEncodings(t *testing.T) {
	s := newShop(t)
	const csv = "id,day,amount,product\n1,2024-01-01,1,Käse\n2,2024-01-02,2,Öl für den Salat\n"
	s.write("in/a.csv", csv)
	s.write("in/b.csv", encoded(t, charmap.Windows1252, csv))
	s.write("in/c.csv", encoded(t, littleEndian, csv))
	plan := s.load(head + "sources:\n" + source("in", "duplicates: drop"))
	a := s.tally(plan)
	require.Equal(t, int64(2), a.Total.Used.Rows)
	require.Equal(t, int64(4), a.Total.Rejected[ledger.Duplicate].Rows)
}

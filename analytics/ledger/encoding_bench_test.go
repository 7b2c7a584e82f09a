package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// BenchmarkEncodings loads the same export in UTF-8 and in other encodings,
// which are found by what is in the file. Rows per second tell: an encoding
// has half of those of UTF-8 at least.
func BenchmarkEncodings(b *testing.B) {
	const rows = 200_000
	for _, c := range []struct {
		name    string
		as      encoding.Encoding
		product string
	}{
		{"ascii utf-8", encoding.Nop, "Cheese from the mountains"},
		{"german utf-8", encoding.Nop, "Käse für Jürgen Müller"},
		{"german windows-1252", charmap.Windows1252, "Käse für Jürgen Müller"},
		{"german utf-16", littleEndian, "Käse für Jürgen Müller"},
		{"chinese utf-8", encoding.Nop, "男士纯棉短袖T恤夏季新款"},
		{"chinese gb18030", simplifiedchinese.GB18030, "男士纯棉短袖T恤夏季新款"},
		{"taiwanese big5", traditionalchinese.Big5, "無線藍牙耳機台灣高山茶禮盒"},
		{"japanese shift-jis", japanese.ShiftJIS, "緑茶ペットボトル日本酒一升瓶"},
	} {
		b.Run(c.name, func(b *testing.B) {
			var csv strings.Builder
			csv.WriteString("id,day,amount,product,note\n")
			for i := range rows {
				fmt.Fprintf(&csv, "%d,2024-01-%02d,%d.25,%s %d,%s\n", i%5000, 1+i%28, i%90, c.product, i, c.product)
			}
			bytes, err := c.as.NewEncoder().String(csv.String())
			require.NoError(b, err)
			s := &shop{t: b, dir: b.TempDir(), threads: 2}
			s.write("export.csv", bytes)
			for b.Loop() {
				s.load(head + "sources:\n  - path: export.csv\n    columns: {customer: id, time: day, amount: amount, attributes: {label: note}}\n")
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			require.NoError(b, s.engine.Close())
		})
	}
}

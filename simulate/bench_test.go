package simulate

import (
	"io"
	"testing"
)

// BenchmarkWrite reports rows per second of an export of a hundred thousand
// customers, about 1.4 million rows.
func BenchmarkWrite(b *testing.B) {
	for _, name := range []string{"csv", "parquet"} {
		b.Run(name, func(b *testing.B) {
			o := Defaults()
			o.Customers = 100_000
			b.ReportAllocs()
			var rows int64
			for b.Loop() {
				counts, err := writers[name](b.Context(), io.Discard, nil, o)
				if err != nil {
					b.Fatal(err)
				}
				rows += counts.Rows
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

package charset_test

import (
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger/charset"
)

// BenchmarkReader and BenchmarkDetect read some megabytes of each encoding: a
// file that is not UTF-8 is read twice, once by each.
func BenchmarkReader(b *testing.B) {
	benchmark(b, func(name, bytes string) error {
		_, err := io.Copy(io.Discard, charset.NewReader(name, strings.NewReader(bytes)))
		return err
	})
}

func BenchmarkDetect(b *testing.B) {
	benchmark(b, func(_, bytes string) error {
		_, err := charset.Detect(strings.NewReader(bytes))
		return err
	})
}

func benchmark(b *testing.B, run func(name, bytes string) error) {
	for _, about := range []string{"utf-8 ASCII", "utf-8 Chinese", "windows-1252 French", "gb18030 products", "big5 products", "shift-jis products", "utf-16le German"} {
		name, _, _ := strings.Cut(about, " ")
		bytes, err := library[name].NewEncoder().String(strings.Repeat(rowsOf(texts[about]), 20_000))
		require.NoError(b, err)
		b.Run(about, func(b *testing.B) {
			b.SetBytes(int64(len(bytes)))
			for b.Loop() {
				require.NoError(b, run(name, bytes))
			}
		})
	}
}

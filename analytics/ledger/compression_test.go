package ledger_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// An export that was cut off in transfer must not pass for a small one.
func TestCutCompressedFiles(t *testing.T) {
	text := []byte("id,day,amount\n" + strings.Repeat("a,2026-06-01,12.50\n", 5000))
	var gz, zst, unsummed bytes.Buffer
	g := gzip.NewWriter(&gz)
	_, err := g.Write(text)
	require.NoError(t, err)
	require.NoError(t, g.Close())
	z, err := zstd.NewWriter(&zst)
	require.NoError(t, err)
	_, err = z.Write(text)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	z, err = zstd.NewWriter(&unsummed, zstd.WithEncoderCRC(false))
	require.NoError(t, err)
	_, err = z.Write(text)
	require.NoError(t, err)
	require.NoError(t, z.Close())

	for name, whole := range map[string][]byte{"x.csv.gz": gz.Bytes(), "X.CSV.ZST": zst.Bytes(), "no-checksum.csv.zst": unsummed.Bytes()} {
		s := newShop(t)
		s.write(name, string(whole))
		plan := s.load(head + "sources:\n" + source(name))
		require.Equal(t, int64(5000), s.tally(plan).Total.Used.Rows)
		for _, length := range []int{len(whole) - 1, len(whole) / 2, 3} {
			s.write(name, string(whole[:length]))
			err := s.refusal(head + "sources:\n" + source(name))
			var data *ledger.DataError
			require.ErrorAs(t, err, &data, "%s at %d", name, length)
			require.Regexp(t, `the file is cut off or damaged \(.*\): export or copy it again$`, data.Message, "%s at %d", name, length)
			require.NotContains(t, data.Message, "\n")
		}
	}
}

package ledger

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"
)

// An export that was cut off in transfer must not pass for a small one.
func TestFingerprintNoticesCutFiles(t *testing.T) {
	text := []byte(strings.Repeat("a,2026-06-01,12.50\n", 5000))
	var gz, zst bytes.Buffer
	g := gzip.NewWriter(&gz)
	_, err := g.Write(text)
	require.NoError(t, err)
	require.NoError(t, g.Close())
	z, err := zstd.NewWriter(&zst)
	require.NoError(t, err)
	_, err = z.Write(text)
	require.NoError(t, err)
	require.NoError(t, z.Close())

	for name, whole := range map[string][]byte{"x.csv.gz": gz.Bytes(), "X.CSV.ZST": zst.Bytes()} {
		file := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(file, whole, 0o600))
		_, err := fingerprint(t.Context(), file)
		require.NoError(t, err, name)
		for _, length := range []int{len(whole) - 1, len(whole) / 2, 3} {
			require.NoError(t, os.WriteFile(file, whole[:length], 0o600))
			_, err := fingerprint(t.Context(), file)
			require.ErrorContains(t, err, "the file is cut off or damaged", "%s at %d", name, length)
			require.ErrorContains(t, err, "export or copy it again")
		}
	}
}

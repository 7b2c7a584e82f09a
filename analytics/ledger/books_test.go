package ledger

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
)

// forgetful is a reader of records that passes over lines.
type forgetful struct {
	recordReader
	lost int64
}

func (f forgetful) LinesRead() int64 { return f.recordReader.LinesRead() - f.lost }

// The lines of a file are counted beside the reader of its records. Where the
// two disagree some rows would be lost, and nothing may be published.
func TestBooksOfAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "export.csv")
	require.NoError(t, os.WriteFile(path, []byte("id,day,amount\n1,2024-01-01,5\n\n2,2024-01-01,\"5\n\"\n3,2024-01-01,5"), 0o600))
	for _, lost := range []int64{0, 1, -1} {
		f, err := newFile("export.csv", path)
		require.NoError(t, err)
		b := &batch{files: []file{f}, format: job.CSV}
		require.NoError(t, b.describeText(t.Context(), job.AutoEncoding))
		text, err := b.openText(t.Context(), b.files[0])
		require.NoError(t, err)
		text.records = forgetful{text.records, lost}
		for range 3 {
			_, err = text.next()
			require.NoError(t, err)
		}
		_, err = text.next()
		require.Error(t, err)
		read, err := text.finish()
		require.NoError(t, text.close())
		if lost == 0 {
			require.NoError(t, err)
			require.Equal(t, int64(3), read.rows)
			continue
		}
		var data *DataError
		require.ErrorAs(t, err, &data)
		require.Contains(t, data.Message, "the file has 6 lines, and ")
		require.Contains(t, data.Message, "nothing is published")
	}
}

// The same of the way from the reader into the ledger.
func TestBooksOfTheLedger(t *testing.T) {
	p := &Plan{batches: []*batch{{files: []file{{path: "a.csv"}, {path: "b.csv"}}, readings: []reading{{sha256: "x", rows: 3}, {sha256: "y", rows: 4}}}}}
	require.NoError(t, p.checkBooks(Account{FileRows: []int64{3, 4}}))
	require.EqualError(t, p.checkBooks(Account{FileRows: []int64{3, 5}}), "b.csv: the file has 4 rows, and 5 of them came through: nothing is published, since some rows would be lost; please report this")
	require.EqualError(t, (&batch{files: []file{{path: "a.csv"}}, readings: make([]reading, 1)}).allProven(), "a.csv: was not read to its end: nothing is published; please report this")
}

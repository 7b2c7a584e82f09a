package ledger

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
)

// Files are read at the same time: their rows may come into the ledger in any
// order of files, and between each other. What is set aside is still listed by
// file, and counted from the file's first row.
func TestRejectsOfFilesThatCameOutOfOrder(t *testing.T) {
	for _, c := range []struct {
		name, files string // the file of each row
		want        [][]string
	}{
		{"in order", "0 0 1 1 1", [][]string{{"0", "0"}, {"0", "1"}, {"1", "0"}, {"1", "1"}, {"1", "2"}}},
		{"out of order", "1 1 0 0 2", [][]string{{"0", "0"}, {"0", "1"}, {"1", "0"}, {"1", "1"}, {"2", "0"}}},
		{"interleaved", "1 0 1 0 1", [][]string{{"0", "0"}, {"0", "1"}, {"1", "0"}, {"1", "1"}, {"1", "2"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, err := engine.OpenDuckDB(t.Context(), engine.Options{Threads: 1})
			require.NoError(t, err)
			t.Cleanup(func() { require.NoError(t, e.Close()) })
			create, err := statement("create_ledger.sql", struct{ Labels []string }{})
			require.NoError(t, err)
			require.NoError(t, e.Exec(t.Context(), create))
			require.NoError(t, e.Exec(t.Context(), "INSERT INTO ledger (source, file, reason, is_return) "+
				"SELECT 0, unnest(string_split("+engine.Literal(c.files)+", ' '))::INTEGER, 'filtered', FALSE"))
			p := &Plan{engine: e}
			require.NoError(t, p.keepRejects(t.Context()))
			got, err := engine.Text(t.Context(), e, "SELECT file::VARCHAR, record::VARCHAR FROM rejects ORDER BY rowid")
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
}

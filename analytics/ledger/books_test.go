package ledger_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// The rows that came through are held against the number that a Parquet file
// states itself.
func TestParquetThatStatesOtherRows(t *testing.T) {
	s := newShop(t)
	s.copyTo("export.parquet", "SELECT 'a' AS id, DATE '2024-01-01' AS day, 1 AS amount FROM range(100)", "FORMAT parquet")
	path := filepath.Join(s.dir, "export.parquet")
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	// The footer's third field, num_rows, 100 and 101 as Thrift writes them, and
	// the beginning of its fourth.
	stated, forged := []byte{0x16, 0xc8, 0x01, 0x19}, []byte{0x16, 0xca, 0x01, 0x19}
	require.Equal(t, 1, bytes.Count(whole, stated))
	require.NoError(t, os.WriteFile(path, bytes.Replace(whole, stated, forged, 1), 0o600))

	plan := s.load(head + "sources:\n" + source("export.parquet"))
	_, err = plan.Tally(t.Context())
	var data *ledger.DataError
	require.ErrorAs(t, err, &data)
	require.Equal(t, "export.parquet: the file has 101 rows, and 100 of them came through: nothing is published, since some rows would be lost; please report this", data.Error())
}

// Ten thousand columns take seconds.
func TestManyColumns(t *testing.T) {
	const columns, rows, patience = 10_000, 3, time.Minute
	s := newShop(t)
	var names, cells, members, selected strings.Builder
	for i := range columns {
		fmt.Fprintf(&names, ",c%d", i)
		cells.WriteString(",v")
		fmt.Fprintf(&members, `,"c%d":"v"`, i)
		fmt.Fprintf(&selected, ", 'v' AS c%d", i)
	}
	s.write("export.csv", "id,day,amount"+names.String()+"\n"+strings.Repeat("a,2024-01-01,1"+cells.String()+"\n", rows))
	s.write("export.jsonl", strings.Repeat(`{"id":"a","day":"2024-01-01","amount":1`+members.String()+"}\n", rows))
	s.copyTo("export.parquet", fmt.Sprintf("SELECT 'a' AS id, DATE '2024-01-01' AS day, 1 AS amount%s FROM range(%d)", selected.String(), rows), "FORMAT parquet")
	for _, file := range []string{"export.csv", "export.jsonl", "export.parquet"} {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		j := s.job(head + "sources:\n" + source(file))
		plan, err := s.prepare(j)
		require.NoError(t, err)
		require.NoError(t, plan.Load(ctx, j.AsOf.Day), file)
		require.Equal(t, []int64{rows}, s.tally(plan).FileRows)
	}
}

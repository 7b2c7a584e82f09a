package ledger_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// A bit that turned in a page with a checksum stops the run: the engine would
// read another amount.
func TestParquetChecksums(t *testing.T) {
	whole, err := os.ReadFile("testdata/checksums.parquet")
	require.NoError(t, err)
	s := newShop(t)
	s.write("a.parquet", string(whole))
	require.Equal(t, "4780.00", s.tally(s.load(head+"sources:\n"+source("a.parquet"))).Total.Used.Money.String())

	for _, amount := range []uint32{100, 119, 120, 139} { // in the first and the last page
		damaged := bytes.Clone(whole)
		at := bytes.Index(damaged, binary.LittleEndian.AppendUint32(nil, amount))
		require.Positive(t, at)
		damaged[at+1] ^= 1
		s.write("a.parquet", string(damaged))
		var refused *ledger.DataError
		require.ErrorAs(t, s.refusal(head+"sources:\n"+source("a.parquet")), &refused)
		require.Equal(t, `a.parquet: cannot be read: a page of the column "amount" is damaged, as its checksum says: export or copy the file again`, refused.Error())
	}
}

// Wherever a bit turns in a file with checksums, the run has the same rows or
// stops.
func TestParquetDamagedAnywhere(t *testing.T) {
	whole, err := os.ReadFile("testdata/checksums.parquet")
	require.NoError(t, err)
	s := newShop(t)
	s.write("a.parquet", string(whole))
	yaml := head + "sources:\n" + source("a.parquet")
	s.load(yaml)
	want := s.cells("customer, day, amount")
	for at := 4; at < len(whole); at += 23 {
		damaged := bytes.Clone(whole)
		damaged[at] ^= 4
		s.write("a.parquet", string(damaged))
		j := s.job(yaml)
		plan, err := s.prepare(j)
		if err == nil {
			err = plan.Load(t.Context(), j.AsOf.Day)
		}
		if err == nil {
			require.Equal(t, want, s.cells("customer, day, amount"), "byte %d", at)
		}
	}
}

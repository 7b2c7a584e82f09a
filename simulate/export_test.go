package simulate

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// noContext never ends.
var noContext = context.Background()

// writers are the two ways to write an export.
var writers = map[string]func(context.Context, io.Writer, io.Writer, Options) (Counts, error){
	"csv": WriteCSV, "parquet": WriteParquet,
}

// rich is a small export of several chunks with everything in it.
func rich() Options {
	o := shop()
	o.Customers = 3*chunkCustomers + 17
	o.SortByTime = false
	return o
}

// The same options give the same bytes, however many workers there are, and
// whatever the clock and the zone of the days.
func TestSameSeedSameBytes(t *testing.T) {
	for name, write := range writers {
		for _, sorted := range []bool{false, true} {
			o := rich()
			o.SortByTime = sorted
			// Sums, because a difference in megabytes tells a reader nothing.
			bytesOf := func(o Options) (export, truth [sha256.Size]byte) {
				var w, table bytes.Buffer
				_, err := write(t.Context(), &w, &table, o)
				require.NoError(t, err)
				return sha256.Sum256(w.Bytes()), sha256.Sum256(table.Bytes())
			}
			o.Workers = 1
			want, wantTruth := bytesOf(o)
			for _, workers := range []int{0, 2, 7} {
				o.Workers = workers
				o.Start = time.Date(2024, 7, 1, 15, 0, 0, 0, time.FixedZone("west", -9*3600))
				o.End = time.Date(2026, 6, 30, 23, 59, 0, 0, time.FixedZone("east", 9*3600))
				got, gotTruth := bytesOf(o)
				require.Equal(t, want, got, "%s with %d workers differs", name, workers)
				require.Equal(t, wantTruth, gotTruth, "truth with %d workers differs", workers)
			}
			o.Seed++
			other, _ := bytesOf(o)
			require.NotEqual(t, want, other, "%s does not depend on the seed", name)
		}
	}
}

// Returns and damage come on top: they leave the purchases as they were.
func TestPurchasesDoNotDependOnReturnsOrMess(t *testing.T) {
	o := rich()
	purchases := func(mess, returns float64) []Row {
		o.Mess, o.ReturnShare = mess, returns
		rows, _ := rowsOf(t, o)
		sound := rows[:0]
		for _, r := range rows {
			if r.Flaw == Sound && r.Quantity > 0 {
				sound = append(sound, r)
			}
		}
		return sound
	}
	plain := purchases(0, 0)
	require.Equal(t, plain, purchases(0, 0.3))
	// Damaged rows are missing from the sound ones; the rest are as before.
	require.Subset(t, index(plain), index(purchases(0.05, 0.3)))
}

// index is a set of rows.
func index(rows []Row) map[Row]bool {
	set := make(map[Row]bool, len(rows))
	for _, r := range rows {
		set[r] = true
	}
	return set
}

func TestFewerCustomersAreTheFirstOnes(t *testing.T) {
	o := rich()
	all, _ := rowsOf(t, o)
	o.Customers = 30
	few, _ := rowsOf(t, o)
	require.Equal(t, all[:len(few)], few)
}

// errFull is what a writer without room says.
var errFull = errors.New("no space left")

// small is a writer that has room for so many bytes.
type small int

func (s *small) Write(b []byte) (int, error) {
	*s -= small(len(b))
	if *s < 0 {
		return 0, errFull
	}
	return len(b), nil
}

func TestWriteErrors(t *testing.T) {
	for name, write := range writers {
		for _, room := range []small{0, 2000} {
			full := room
			_, err := write(t.Context(), &full, nil, rich())
			require.ErrorIs(t, err, errFull, name)
			require.ErrorContains(t, err, "simulate: write "+name)
			full = room
			_, err = write(t.Context(), io.Discard, &full, rich())
			require.ErrorIs(t, err, errFull)
			require.ErrorContains(t, err, "simulate: write truth")
		}
	}
}

func TestCancelled(t *testing.T) {
	for name, write := range writers {
		for _, sorted := range []bool{false, true} {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			o := rich()
			o.SortByTime = sorted
			_, err := write(ctx, io.Discard, nil, o)
			require.ErrorIs(t, err, context.Canceled, name)
		}
	}
}

func TestBadOptionsWriteNothing(t *testing.T) {
	for name, write := range writers {
		var w, truth bytes.Buffer
		_, err := write(t.Context(), &w, &truth, Options{})
		var wrong *OptionsError
		require.ErrorAs(t, err, &wrong, name)
		require.Zero(t, w.Len()+truth.Len())
	}
}

func TestEmitErrorEndsTheRun(t *testing.T) {
	for _, sorted := range []bool{false, true} {
		o := rich()
		o.SortByTime = sorted
		var rows int
		_, err := Generate(t.Context(), nil, o, func(Row) error {
			rows++
			return errFull
		})
		require.ErrorIs(t, err, errFull)
		require.Equal(t, 1, rows)
	}
}

// closer records whether it was closed.
type closer struct {
	bytes.Buffer
	closed bool
}

func (c *closer) Close() error {
	c.closed = true
	return nil
}

// The writer belongs to the caller, who may have more to write.
func TestWriterStaysOpen(t *testing.T) {
	for name, write := range writers {
		var w closer
		_, err := write(t.Context(), &w, nil, shop())
		require.NoError(t, err)
		require.False(t, w.closed, name)
	}
}

package publish

import (
	"math"
	"math/big"
	"strconv"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestFloatsReadBackToTheSameBits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Any bits, so that all magnitudes come up, not the middling ones alone.
		v := math.Float64frombits(rapid.Uint64().Draw(t, "bits"))
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Skip("not finite")
		}
		text := string(appendFloat(nil, v, 64))
		back, err := strconv.ParseFloat(text, 64)
		require.NoError(t, err)
		require.Equal(t, math.Float64bits(v), math.Float64bits(back), text)
	})
}

func TestWholeFloatsReadBackToTheSameBits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := float64(rapid.Int64().Draw(t, "n"))
		require.Equal(t, strconv.FormatFloat(v, 'f', -1, 64), string(appendFloat(nil, v, 64)))
	})
}

func TestDecimalsAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := decimal128.New(rapid.Int64().Draw(t, "hi"), rapid.Uint64().Draw(t, "lo"))
		scale := rapid.Int32Range(-5, 38).Draw(t, "scale")
		got, ok := new(big.Rat).SetString(string(appendDecimal(nil, v, scale)))
		require.True(t, ok)
		power := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(scale, -scale))), nil))
		if scale > 0 {
			power.Inv(power)
		}
		want := new(big.Rat).Mul(new(big.Rat).SetInt(v.BigInt()), power)
		require.Zero(t, want.Cmp(got), "want %s, got %s", want, got)
	})
}

func TestDaysReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := arrow.Date32(rapid.Int32Range(-719162, 2932896).Draw(t, "day")) // 0001-01-01 to 9999-12-31
		back, err := time.Parse(time.DateOnly, string(appendDay(nil, d)))
		require.NoError(t, err)
		require.Equal(t, int64(d)*secondsPerDay, back.Unix())
	})
}

// Any table of text reads back cell for cell, however its rows are spread over
// batches.
func TestTextTablesReadBack(outer *testing.T) {
	rapid.Check(outer, func(t *rapid.T) {
		rows := rapid.IntRange(0, 8).Draw(t, "rows")
		cells := rapid.SliceOfN(rapid.String(), rows, rows)
		a, b := cells.Draw(t, "a"), cells.Draw(t, "b")
		batch, err := NewTable(nil, Col{Name: "a", Values: a}, Col{Name: "b", Values: b})
		require.NoError(t, err)
		defer batch.Release()
		cut := int64(rapid.IntRange(0, rows).Draw(t, "cut"))
		head, tail := batch.NewSlice(0, cut), batch.NewSlice(cut, int64(rows))
		defer head.Release()
		defer tail.Release()

		records := readRFC4180(toCSV(outer, CSVOptions{}, head, tail))
		require.Equal(t, []string{"a", "b"}, records[0])
		require.Len(t, records, rows+1)
		for i := range rows {
			require.Equal(t, []string{a[i], b[i]}, records[i+1])
		}
	})
}

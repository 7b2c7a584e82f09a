package publish

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestFixedFloats(t *testing.T) {
	for _, c := range []struct {
		v      float64
		places int
		want   string
	}{
		{0, 2, "0.00"},
		{1, 0, "1"},
		{-1.5, 0, "-2"},
		{1.5, 0, "2"},
		{2.5, 0, "3"},
		{0.125, 2, "0.13"},
		{-0.125, 2, "-0.13"},
		{1.005, 2, "1.01"}, // as a decimal, though the float64 lies below
		{1.115, 2, "1.12"},
		{0.00004, 4, "0.0000"},
		{-0.001, 2, "0.00"},
		{-0.004, 2, "0.00"},
		{1234567.891, 3, "1234567.891"},
		{0.99996, 4, "1.0000"},
		{0.12344999999, 4, "0.1234"},
		{1e-300, 4, "0.0000"},
		{9007199254.125, 2, "9007199254.13"},
		{12345678901234.5, 2, "12345678901234.50"},
		{1e22, 2, "10000000000000000000000.00"},
		{0.5, 6, "0.500000"},
	} {
		require.Equal(t, c.want, string(appendFixed(nil, c.v, c.places)), "%v with %d places", c.v, c.places)
	}
}

// Decimals are rounded as a long division by hand does, halves away from zero.
func TestFixedDecimals(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.Custom(func(t *rapid.T) decimal128.Num {
			if rapid.Bool().Draw(t, "small") {
				return decimal128.FromI64(rapid.Int64().Draw(t, "n"))
			}
			return decimal128.New(rapid.Int64Range(-1<<58, 1<<58).Draw(t, "high"), rapid.Uint64().Draw(t, "low"))
		}).Draw(rt, "n")
		places := rapid.IntRange(0, 6).Draw(rt, "places")
		want := new(big.Rat).SetFrac(n.BigInt(), big.NewInt(1_000_000)).FloatString(places) // which rounds so
		if negative := want[0] == '-'; negative && new(big.Rat).Abs(ratOf(rt, want)).Sign() == 0 {
			want = want[1:]
		}
		require.Equal(rt, want, string(appendDecimalFixed(nil, n, 6, places)))
	})
}

func ratOf(t require.TestingT, text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	require.True(t, ok)
	return r
}

// Only the named columns have fixed places, and only those of numbers.
func TestPlacesOfColumns(t *testing.T) {
	rows := table(t,
		Col{Name: "a", Values: []float64{1.0 / 3, 2}}, Col{Name: "b", Values: []float64{1.0 / 3, 2}, Valid: []bool{true, false}},
		Col{Name: "c", Values: []decimal128.Num{decimal128.FromI64(1_234_567), decimal128.FromI64(-5)}, Scale: 6}, Col{Name: "d", Values: []string{"x", "y"}})
	var out bytes.Buffer
	_, err := WriteCSV(&out, rows.Schema(), Batches(rows), CSVOptions{Places: map[string]int{"b": 2, "c": 0, "d": 3, "e": 1}})
	require.NoError(t, err)
	require.Equal(t, "a,b,c,d\n0.3333333333333333,0.33,1,x\n2,,0,y\n", out.String())
}

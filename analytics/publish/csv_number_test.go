package publish

import (
	"math"
	"math/big"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/stretchr/testify/require"
)

func TestFloatCells(t *testing.T) {
	for want, v := range map[string]float64{
		"0":                       0,
		"-0":                      math.Copysign(0, -1),
		"1":                       1,
		"-17":                     -17,
		"0.1":                     0.1,
		"0.30000000000000004":     math.Nextafter(0.3, 1),
		"1234567.891":             1234567.891,
		"0.0000001":               1e-7,
		"9.9e-08":                 9.9e-8,
		"9007199254740991":        1<<53 - 1,
		"9007199254740992":        1 << 53,
		"100000000000000000000":   1e20,
		"1e+21":                   1e21,
		"-1e+21":                  -1e21,
		"1.7976931348623157e+308": math.MaxFloat64,
		"5e-324":                  math.SmallestNonzeroFloat64,
	} {
		require.Equal(t, want, string(appendFloat(nil, v, 64)))
	}
	require.Equal(t, "0.1", string(appendFloat(nil, float64(float32(0.1)), 32)))
}

func TestDecimalCells(t *testing.T) {
	for _, c := range []struct {
		want  string
		units int64
		scale int32
	}{
		{"77183.60", 771836000, 4},
		{"77183.60", 7718360, 2},
		{"12.345", 12345, 3},
		{"12.345", 123450000, 7},
		{"0.00", 0, 0},
		{"0.00", 0, 4},
		{"0.00", 0, -3},
		{"5.00", 5, 0},
		{"5.00", 50, 1},
		{"5.10", 51, 1},
		{"0.05", 5, 2},
		{"-0.05", -5, 2},
		{"0.0005", 5, 4},
		{"-0.50", -5000, 4},
		{"1.00", 10000, 4},
		{"500.00", 5, -2},
		{"-9223372036854775808.00", math.MinInt64, 0},
	} {
		got := string(appendDecimal(nil, decimal128.FromI64(c.units), c.scale))
		require.Equal(t, c.want, got, "%d at scale %d", c.units, c.scale)
	}
}

// The extremes of 128 bits, 2^127-1 and -2^127, against math/big.
func TestDecimalCellsBeyond64Bits(t *testing.T) {
	most := new(big.Int).Lsh(big.NewInt(1), 127)
	require.Equal(t, "-"+most.String()+".00", string(appendDecimal(nil, decimal128.New(math.MinInt64, 0), 0)))
	most.Sub(most, big.NewInt(1))
	require.Equal(t, most.String()+".00", string(appendDecimal(nil, decimal128.New(math.MaxInt64, math.MaxUint64), 0)))
	require.Equal(t, "0."+most.String()[:38]+"7", string(appendDecimal(nil, decimal128.New(math.MaxInt64, math.MaxUint64), 39)))
}

func TestDayCells(t *testing.T) {
	for want, d := range map[string]arrow.Date32{
		"1970-01-01":  0,
		"1969-12-31":  -1,
		"2011-12-10":  15318,
		"2000-02-29":  11016,
		"0001-01-01":  -719162,
		"9999-12-31":  2932896,
		"10000-01-01": 2932897,
	} {
		require.Equal(t, want, string(appendDay(nil, d)))
	}
}

func TestInstantCells(t *testing.T) {
	require.Equal(t, "2011-12-10T00:00:00Z", string(appendInstant(nil, 15318*secondsPerDay, arrow.Second)))
	require.Equal(t, "1969-12-31T23:59:59.999999Z", string(appendInstant(nil, -1, arrow.Microsecond)))
}

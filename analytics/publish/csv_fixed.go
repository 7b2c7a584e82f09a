package publish

import (
	"math"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
)

// Numbers of six decimal places, as amounts are, are rounded as decimals: half a unit goes
// away from zero, also where the nearest float64 lies a hair below.
const (
	sixPlaces = 1e6
	// nearDecimal is how far, in shares of it, a number in millionths may be from the whole one
	// that it is meant to be: two roundings of float64, of 1.1e-16 each, and some room.
	nearDecimal = 1e-15
)

// appendFixed appends v with so many fractional digits. v is finite.
func appendFixed(dst []byte, v float64, places int) []byte {
	scaled := v * math.Pow10(places)
	if millionths := math.Round(v * sixPlaces); places < 6 && math.Abs(millionths) < exactInteger && math.Abs(v*sixPlaces-millionths) <= nearDecimal*math.Abs(millionths) {
		return appendScaled(dst, roundedOver(int64(millionths), pow10(6-places)), places)
	}
	if math.Abs(scaled) < exactInteger {
		return appendScaled(dst, int64(math.Round(scaled)), places)
	}
	return strconv.AppendFloat(dst, v, 'f', places, 64)
}

// appendScaled appends n / 10^places.
func appendScaled(dst []byte, n int64, places int) []byte {
	if n < 0 {
		dst, n = append(dst, '-'), -n
	}
	unit := pow10(places)
	dst = strconv.AppendInt(dst, n/unit, 10)
	if places == 0 {
		return dst
	}
	dst = append(dst, '.')
	for n %= unit; unit > 1; n %= unit {
		unit /= 10
		dst = append(dst, byte('0'+n/unit))
	}
	return dst
}

// roundedOver is n over a divisor, rounded; halves go away from zero.
func roundedOver(n, divisor int64) int64 {
	if n < 0 {
		return -roundedOver(-n, divisor)
	}
	return (n + divisor/2) / divisor
}

func pow10(places int) int64 {
	n := int64(1)
	for range places {
		n *= 10
	}
	return n
}

// appendDecimalFixed appends v / 10^scale with so many fractional digits. Where those are
// more than scale, v has room for them.
func appendDecimalFixed(dst []byte, v decimal128.Num, scale int32, places int) []byte {
	// Nearly all are amounts of six places, and far below the largest int64.
	drop, n := int(scale)-places, int64(v.LowBits())
	if drop >= 0 && drop <= 6 && v == decimal128.FromI64(n) && n > -exactInteger && n < exactInteger {
		return appendScaled(dst, roundedOver(n, pow10(drop)), places)
	}
	for ; scale < int32(places); scale++ {
		v = v.Mul(decimal128.FromI64(10))
	}
	if drop := scale - int32(places); drop > 0 {
		v = v.ReduceScaleBy(drop, true)
	}
	if n := int64(v.LowBits()); v == decimal128.FromI64(n) && n != math.MinInt64 {
		return appendScaled(dst, n, places)
	}
	return append(dst, v.ToString(int32(places))...)
}

func fixedFloats(values []float64, places int) appendValue {
	return func(dst []byte, row int) []byte { return appendFixed(dst, values[row], places) }
}

func fixedDecimals(value func(int) decimal128.Num, scale int32, places int) appendValue {
	return func(dst []byte, row int) []byte { return appendDecimalFixed(dst, value(row), scale, places) }
}

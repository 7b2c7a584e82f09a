package publish

import (
	"math"
	"math/big"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
)

// Between these magnitudes floats are written without an exponent, which
// people and spreadsheets read more easily. They are the limits ECMAScript
// uses, so scripts print the same text.
const (
	plainFrom = 1e-7
	plainTo   = 1e21
)

// exactInteger bounds the whole numbers that float64 holds without gaps, 2^53.
const exactInteger = 1 << 53

// appendFloat appends the shortest text that reads back to the same bits. bits
// is 32 or 64, the width v came from. v is finite.
func appendFloat(dst []byte, v float64, bits int) []byte {
	// Counts and ages in whole units are many, and several times faster so.
	// Minus zero takes the long way to keep its sign.
	if n := int64(v); float64(n) == v && n > -exactInteger && n < exactInteger && (n != 0 || !math.Signbit(v)) {
		return strconv.AppendInt(dst, n, 10)
	}
	format := byte('f')
	if size := math.Abs(v); size != 0 && (size < plainFrom || size >= plainTo) {
		format = 'g'
	}
	return strconv.AppendFloat(dst, v, format, -1, bits)
}

// moneyDigits is the least number of fractional digits of a decimal.
const moneyDigits = 2

// appendDecimal appends v / 10^scale exactly: with two fractional digits, or
// with as many as the value has where those are more.
func appendDecimal(dst []byte, v decimal128.Num, scale int32) []byte {
	if v.Sign() < 0 {
		dst = append(dst, '-')
	}
	var room [64]byte // enough for the 39 digits of 2^127
	digits := appendMagnitude(room[:0], v)
	for ; scale < 0 && v.Sign() != 0; scale++ {
		digits = append(digits, '0')
	}
	// point is where the decimal point falls in digits, or how far left of it.
	point := len(digits) - int(max(scale, 0))
	if point <= 0 {
		dst = append(dst, '0', '.')
	} else {
		dst = append(append(dst, digits[:point]...), '.')
		digits = digits[point:]
	}
	fraction := len(dst)
	for ; point < 0; point++ {
		dst = append(dst, '0')
	}
	return trimFraction(append(dst, digits...), fraction)
}

// trimFraction drops trailing zeros of the digits from start on, and adds them
// where there are fewer than moneyDigits.
func trimFraction(dst []byte, start int) []byte {
	for len(dst)-start > moneyDigits && dst[len(dst)-1] == '0' {
		dst = dst[:len(dst)-1]
	}
	for len(dst)-start < moneyDigits {
		dst = append(dst, '0')
	}
	return dst
}

// appendMagnitude appends the digits of |v|.
func appendMagnitude(dst []byte, v decimal128.Num) []byte {
	if v.Sign() < 0 {
		v = v.Negate() // -2^127 has no positive twin and stays negative
	}
	if v.HighBits() == 0 {
		return strconv.AppendUint(dst, v.LowBits(), 10)
	}
	// Beyond 1.8e19 units: rare enough for the slow way.
	return new(big.Int).Abs(v.BigInt()).Append(dst, 10)
}

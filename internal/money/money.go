// Package money has exact amounts.
package money

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
)

const (
	// Scale is the number of decimal places of an amount.
	Scale = 6
	// Precision is the number of digits of an amount: what a decimal of 128 bits holds.
	Precision = 38
)

// Amount is an exact amount in the job's currency.
type Amount struct{ n decimal128.Num }

// Of takes a decimal with Scale places.
func Of(n decimal128.Num) Amount { return Amount{n} }

// Plus is m + other.
func (m Amount) Plus(other Amount) Amount { return Amount{m.n.Add(other.n)} }

// Minus is m - other.
func (m Amount) Minus(other Amount) Amount { return Amount{m.n.Sub(other.n)} }

// Times is the amount n times.
func (m Amount) Times(n int64) Amount { return Amount{m.n.Mul(decimal128.FromI64(n))} }

// Over is the amount divided by n > 0, rounded to the nearest that Scale
// places hold; halves go away from zero.
func (m Amount) Over(n int64) Amount {
	divisor := big.NewInt(n)
	quotient, rest := new(big.Int).QuoRem(m.n.BigInt(), divisor, new(big.Int))
	if rest.Lsh(rest, 1).CmpAbs(divisor) >= 0 {
		quotient.Add(quotient, big.NewInt(int64(m.n.Sign())))
	}
	return Amount{decimal128.FromBigInt(quotient)}
}

// Part is the k-th of n parts of an amount of at least 0, which are equal but for a
// millionth, and add up to it: what cannot be divided goes to the first.
func (m Amount) Part(k, n int64) Amount {
	each, left := m.n.Div(decimal128.FromI64(n))
	if decimal128.FromI64(k).Less(left) {
		each = each.Add(decimal128.FromI64(1))
	}
	return Amount{each}
}

// Mean is the amount divided by n > 0, rounded to so many places, at most Scale; halves go
// away from zero.
func (m Amount) Mean(n int64, places int) Amount {
	unit := int64(1)
	for range Scale - places {
		unit *= 10
	}
	divisor := n * unit
	// What is small, as most amounts are, needs no memory.
	if small := int64(m.n.LowBits()); m.n == decimal128.FromI64(small) && 0 <= small && small <= math.MaxInt64-divisor/2 {
		return Amount{decimal128.FromI64((small + divisor/2) / divisor * unit)}
	}
	return Amount{m.Over(divisor).n.Mul(decimal128.FromI64(unit))}
}

// Float is the nearest float64, for what enters a model.
func (m Amount) Float() float64 {
	// Up to 2^53 both numbers are exact, so that their quotient is the nearest
	// float64; Arrow's own conversion is one off in the last place.
	const exact, ten6 = 1 << 53, 1e6
	if n := int64(m.n.LowBits()); m.n == decimal128.FromI64(n) && -exact <= n && n <= exact {
		return float64(n) / ten6
	}
	f, err := strconv.ParseFloat(m.n.ToString(Scale), 64)
	if err != nil {
		return m.n.ToFloat64(Scale)
	}
	return f
}

// Num is the amount as an Arrow decimal with Scale places.
func (m Amount) Num() decimal128.Num { return m.n }

// String is the amount with all its places, but no fewer than two and no
// zeros after them: 12.30, 0.001.
func (m Amount) String() string {
	whole, places, _ := strings.Cut(m.n.ToString(Scale), ".")
	places = strings.TrimRight(places, "0")
	for len(places) < 2 {
		places += "0"
	}
	return whole + "." + places
}

// MarshalText writes amounts as text wherever they go, so that no reader
// rounds them on the way.
func (m Amount) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (m *Amount) UnmarshalText(text []byte) error {
	n, err := decimal128.FromString(string(text), Precision, Scale)
	if err != nil {
		return fmt.Errorf("%q is no amount", text)
	}
	m.n = n
	return nil
}

// FromFloat is the amount nearest to v. It is zero beyond 38 digits, which no sum of
// a shop reaches.
func FromFloat(v float64) Amount {
	n, err := decimal128.FromFloat64(v, Precision, Scale)
	if err != nil {
		return Amount{}
	}
	return Amount{n}
}

package ledger

import (
	"strings"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
)

// MoneyScale is the number of decimal places of an amount.
const MoneyScale = 6

// Money is an exact amount in the job's currency.
type Money struct{ n decimal128.Num }

// MoneyOf takes a decimal with MoneyScale places.
func MoneyOf(n decimal128.Num) Money { return Money{n} }

// Plus is m + other.
func (m Money) Plus(other Money) Money { return Money{m.n.Add(other.n)} }

// Minus is m - other.
func (m Money) Minus(other Money) Money { return Money{m.n.Sub(other.n)} }

// Float is the nearest float64, for what enters a model.
func (m Money) Float() float64 { return m.n.ToFloat64(MoneyScale) }

// Num is the amount as an Arrow decimal with MoneyScale places.
func (m Money) Num() decimal128.Num { return m.n }

// String is the amount with all its places, but no fewer than two and no
// zeros after them: 12.30, 0.001.
func (m Money) String() string {
	whole, places, _ := strings.Cut(m.n.ToString(MoneyScale), ".")
	places = strings.TrimRight(places, "0")
	for len(places) < 2 {
		places += "0"
	}
	return whole + "." + places
}

// MarshalText writes amounts as text wherever they go, so that no reader
// rounds them on the way.
func (m Money) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// MoneyFromFloat is the amount nearest to v. Beyond what a decimal of 38
// digits holds it is zero, which no sum of a shop's values reaches.
func MoneyFromFloat(v float64) Money {
	const precision = 38
	n, err := decimal128.FromFloat64(v, precision, MoneyScale)
	if err != nil {
		return Money{}
	}
	return Money{n}
}

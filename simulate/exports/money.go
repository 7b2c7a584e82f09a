package exports

import (
	"strconv"
	"strings"

	"clientele/simulate"
)

// Cents is an amount of money in hundredths of its currency.
type Cents = simulate.Cents

// notation is a way to write amounts.
type notation struct {
	point    string // before the decimals
	group    string // between groups of digits; empty for none
	indian   bool   // groups of two above the last three digits: 1,23,456
	decimals int    // how many there are: 0, 2 or 4
	before   string // a currency before the digits, after the sign
	after    string // a currency after them
}

// The ways of writing amounts that several kinds share.
var (
	plain      = notation{point: ".", decimals: 2}
	grouped    = notation{point: ".", group: ",", decimals: 2}
	dollars    = notation{point: ".", group: ",", decimals: 2, before: "$"}
	fourPlaces = notation{point: ".", decimals: 4}
	comma      = notation{point: ",", decimals: 2}
)

// write writes an amount.
func (n notation) write(c Cents) string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	digits := n.grouped(strconv.FormatInt(int64(c/100), 10))
	if n.decimals > 0 {
		cents := strconv.Itoa(int(100 + c%100))[1:]
		digits += n.point + cents + strings.Repeat("0", n.decimals-2)
	}
	return sign + n.before + digits + n.after
}

// grouped puts the sign of groups between the digits of a whole number.
func (n notation) grouped(digits string) string {
	if n.group == "" {
		return digits
	}
	out, size := "", 3
	for len(digits) > size {
		cut := len(digits) - size
		out = n.group + digits[cut:] + out
		digits = digits[:cut]
		if n.indian {
			size = 2
		}
	}
	return digits + out
}

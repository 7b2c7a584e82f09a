package figures

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/dustin/go-humanize"
)

// Count writes a whole number with commas: 1,234,567.
func Count(n int64) string { return humanize.Comma(n) }

// Whole writes a number with commas and all its places: 12,345.5.
func Whole(v float64) string { return humanize.Commaf(v + 0) } // no -0

// Digits writes a number to so many significant digits, without an exponent and without
// commas: 1000000, 46700, 0.000001.
func Digits(v float64, digits int) string {
	text := strconv.FormatFloat(v, 'g', digits, 64)
	if !strings.Contains(text, "e") {
		return text
	}
	rounded, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// Rounded writes a number with commas and so many places.
func Rounded(v float64, places int) string {
	scale := math.Pow(10, float64(places))
	v = math.Round(v*scale)/scale + 0 // and not -0
	whole, part := math.Modf(math.Abs(v))
	text := Count(int64(whole))
	if places > 0 {
		text += strconv.FormatFloat(part, 'f', places, 64)[1:]
	}
	if v < 0 {
		return "-" + text
	}
	return text
}

// Percent writes a share of one, to a tenth of a per cent: 12.3%.
func Percent(share float64) string { return fmt.Sprintf("%.1f%%", 100*share) }

// Money writes an amount that stands alone, in units of the currency. It has
// cents, unless they would only hide its size; see [MoneyFormat].
func Money(v float64) string { return FormatOf(v).Money(v) }

// MoneyFormat says how amounts that are compared with each other are written:
// all with cents or none.
type MoneyFormat string

// large is the size from which on cents only hide how much an amount is: with
// commas and cents it has more than ten characters.
const large = 100_000

// FormatOf gives the format of amounts that stand together, such as those of
// one column.
func FormatOf(all ...float64) MoneyFormat {
	for _, v := range all {
		if v <= -large || v >= large {
			return "#,###."
		}
	}
	return "#,###.##"
}

// Money writes an amount in this format. Of very large ones, such as the end of an interval
// of a night that knows next to nothing, it writes no cents.
func (f MoneyFormat) Money(v float64) string {
	const exact = 1 << 53 // whole numbers up to here are floats; FormatFloat ends at 1 << 63
	if math.Abs(v) > exact && !math.IsInf(v, 0) {
		whole, _ := big.NewFloat(v).Int(nil)
		return humanize.BigComma(whole)
	}
	return humanize.FormatFloat(string(f), v)
}

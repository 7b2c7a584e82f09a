package workbook

import (
	"bytes"
	"math"
	"strconv"
	"time"
	"unicode/utf8"
)

// The day that has the number 0, and numbers of the system of 1900. It counts a 29th of
// February of 1900, which was none, so that its days before have other numbers.
var (
	zero1900   = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	zero1904   = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	noDay1900  = 60.0
	lastSerial = 2958466.0 // 10000-01-01
	msPerDay   = 24 * 60 * 60 * 1000.0
)

// timeText is the time of a number, in ISO; ok is false where the number is none.
func (b *Book) timeText(number string, is clock) (text string, ok bool) {
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || v < 0 || v >= lastSerial {
		return "", false
	}
	zero := zero1900
	if b.from1904 {
		zero = zero1904
	}
	if is == timeOfDay && v < 1 {
		return clockText(time.Time{}.Add(milliseconds(v))), true
	}
	if !b.from1904 && v < noDay1900+1 {
		if v >= noDay1900 {
			return "1900-02-29", true // no day: who reads it sets its row aside
		}
		zero = zero.AddDate(0, 0, 1)
	}
	whole := math.Floor(v)
	at := zero.AddDate(0, 0, int(whole)).Add(milliseconds(v - whole))
	if at.Equal(at.Truncate(24 * time.Hour)) {
		return at.Format(time.DateOnly), true
	}
	return at.Format(time.DateOnly) + " " + clockText(at), true
}

// milliseconds is a part of a day: to the millisecond, which is as exact as such numbers
// are.
func milliseconds(part float64) time.Duration {
	return time.Duration(math.Round(part*msPerDay)) * time.Millisecond
}

func clockText(at time.Time) string {
	if at.Nanosecond() == 0 {
		return at.Format(time.TimeOnly)
	}
	return at.Format("15:04:05.000")
}

// appendNumber appends a number as it is stored: files write 45.299999999999997 for the
// double that is 45.3. Whole numbers of few digits are what they are.
func appendNumber(to, stored []byte) []byte {
	const exact = 15 // digits that a double has for certain
	if len(stored) <= exact && isWhole(stored) {
		return append(to, stored...)
	}
	v, err := strconv.ParseFloat(string(stored), 64)
	if err != nil || math.IsInf(v, 0) {
		return append(to, stored...)
	}
	return strconv.AppendFloat(to, v, 'f', -1, 64)
}

// isWhole tells whether a number has nothing but digits, the first of which says something.
func isWhole(number []byte) bool {
	for _, sign := range number {
		if sign < '0' || sign > '9' {
			return false
		}
	}
	return number[0] != '0' || len(number) == 1
}

// appendUnescaped appends a text without the escapes of signs that XML does not have:
// _x000D_.
func appendUnescaped(to, text []byte) []byte {
	const length = len("_x000D_")
	if !bytes.Contains(text, []byte("_x")) {
		return append(to, text...)
	}
	for i := 0; i < len(text); i++ {
		if i+length <= len(text) && text[i] == '_' && text[i+1] == 'x' && text[i+length-1] == '_' {
			if sign, err := strconv.ParseUint(string(text[i+2:i+length-1]), 16, 32); err == nil {
				to = utf8.AppendRune(to, rune(sign))
				i += length - 1
				continue
			}
		}
		to = append(to, text[i])
	}
	return to
}

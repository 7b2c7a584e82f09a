package publish

import (
	"time"

	"github.com/apache/arrow-go/v18/arrow"
)

const secondsPerDay = 24 * 60 * 60

// appendDay appends a calendar day as 2011-12-10.
func appendDay(dst []byte, day arrow.Date32) []byte {
	t := time.Unix(int64(day)*secondsPerDay, 0).UTC()
	year, month, d := t.Date()
	if year < 0 || year > 9999 {
		return t.AppendFormat(dst, time.DateOnly) // ISO 8601 leaves the form to agreement
	}
	// By hand: a layout that is parsed anew for every cell takes longer than
	// the digits.
	dst = append(dst, byte('0'+year/1000), byte('0'+year/100%10))
	dst = append(appendTwo(dst, year%100), '-')
	dst = append(appendTwo(dst, int(month)), '-')
	return appendTwo(dst, d)
}

func appendTwo(dst []byte, n int) []byte { return append(dst, byte('0'+n/10), byte('0'+n%10)) }

// appendInstant appends a point in time in UTC, with as much of a fraction of
// a second as it has.
func appendInstant(dst []byte, at arrow.Timestamp, unit arrow.TimeUnit) []byte {
	return at.ToTime(unit).UTC().AppendFormat(dst, time.RFC3339Nano)
}

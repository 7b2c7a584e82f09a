package segment

import (
	"fmt"
	"strconv"
)

// Dates are whole numbers of days since 1970-01-01 in the proleptic Gregorian
// calendar; this file turns them into years, months and days and back.
//
// Years are counted from March, so that the leap day is the last of its year,
// and in cycles of 400 years, which all have the same number of days.
const (
	daysPer400Years = 146097
	// daysToEpoch lie between 0000-03-01 and 1970-01-01.
	daysToEpoch = 719468
)

// civil is a date of the calendar; months and days count from 1.
type civil struct {
	year, month, day int
}

// dayOf is the number of days from 1970-01-01 to a date.
func dayOf(c civil) int32 {
	y, m := c.year, c.month-3
	if m < 0 {
		y, m = y-1, m+12
	}
	cycle := floorDiv(y, 400)
	y -= cycle * 400
	// 153 days are the five months from March to July, and again from August
	// to December.
	ofYear := (153*m+2)/5 + c.day - 1
	return int32(cycle*daysPer400Years + y*365 + y/4 - y/100 + ofYear - daysToEpoch)
}

// civilOf is the date that lies a number of days after 1970-01-01.
func civilOf(day int32) civil {
	n := int(day) + daysToEpoch
	cycle := floorDiv(n, daysPer400Years)
	n -= cycle * daysPer400Years
	y := (n - n/1460 + n/36524 - n/146096) / 365
	ofYear := n - (y*365 + y/4 - y/100)
	m := (5*ofYear + 2) / 153
	c := civil{year: cycle*400 + y, month: m + 3, day: ofYear - (153*m+2)/5 + 1}
	if m >= 10 {
		c.year, c.month = c.year+1, c.month-12
	}
	return c
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// daysIn is the length of a month.
func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// addMonths is the same day of the month a number of months later, or the last
// day of that month where it is shorter: a month after 31 January comes the
// end of February.
func (c civil) addMonths(months int) civil {
	n := c.year*12 + c.month - 1 + months
	year := floorDiv(n, 12)
	month := n - year*12 + 1
	return civil{year, month, min(c.day, daysIn(year, month))}
}

// Period is a length of time: so many months, and then so many days.
type Period struct {
	Months, Days int
}

// after is the day that lies n periods after the anchor. All months are added
// in one step, so that what began on the 31st does not drift to the 28th.
func (p Period) after(anchor int32, n int) int32 {
	if p.Months == 0 {
		return anchor + int32(n*p.Days)
	}
	return dayOf(civilOf(anchor).addMonths(n*p.Months)) + int32(n*p.Days)
}

// isZero tells whether the period has no length.
func (p Period) isZero() bool { return p == Period{} }

// String writes `12 months`, `1 day`, or `1 month and 15 days`.
func (p Period) String() string {
	switch {
	case p.Days == 0 && p.Months != 0:
		return counted(p.Months, "month")
	case p.Months == 0:
		return counted(p.Days, "day")
	}
	return counted(p.Months, "month") + " and " + counted(p.Days, "day")
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// isoDate writes a day as 2026-11-25.
func isoDate(day int32) string { return string(appendDate(nil, day)) }

func appendDate(b []byte, day int32) []byte {
	c := civilOf(day)
	if c.year < 1000 || c.year > 9999 {
		return fmt.Appendf(b, "%04d-%02d-%02d", c.year, c.month, c.day)
	}
	digit := func(n int) byte { return byte('0' + n%10) }
	return append(b, digit(c.year/1000), digit(c.year/100), digit(c.year/10), digit(c.year),
		'-', digit(c.month/10), digit(c.month), '-', digit(c.day/10), digit(c.day))
}

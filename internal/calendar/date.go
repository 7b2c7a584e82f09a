package calendar

import "fmt"

// Years are counted from March, so that the leap day is the last of its year,
// and in cycles of 400 years, which all have the same number of days.
const (
	daysPer400Years = 146097
	// daysToEpoch lie between 0000-03-01 and 1970-01-01.
	daysToEpoch = 719468
)

// Date is a day of the calendar; months and days count from 1.
type Date struct {
	Year, Month, Day int
}

// Number is the number of days from 1970-01-01 to the date.
func (c Date) Number() Day {
	y, m := c.Year, c.Month-3
	if m < 0 {
		y, m = y-1, m+12
	}
	cycle := floorDiv(y, 400)
	y -= cycle * 400
	// 153 days are the five months from March to July, and again from August
	// to December.
	ofYear := (153*m+2)/5 + c.Day - 1
	return int32(cycle*daysPer400Years + y*365 + y/4 - y/100 + ofYear - daysToEpoch)
}

// DateOf is the date that lies a number of days after 1970-01-01.
func DateOf(day Day) Date {
	n := int(day) + daysToEpoch
	cycle := floorDiv(n, daysPer400Years)
	n -= cycle * daysPer400Years
	y := (n - n/1460 + n/36524 - n/146096) / 365
	ofYear := n - (y*365 + y/4 - y/100)
	m := (5*ofYear + 2) / 153
	c := Date{Year: cycle*400 + y, Month: m + 3, Day: ofYear - (153*m+2)/5 + 1}
	if m >= 10 {
		c.Year, c.Month = c.Year+1, c.Month-12
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
func (c Date) addMonths(months int) Date {
	n := c.Year*12 + c.Month - 1 + months
	year := floorDiv(n, 12)
	month := n - year*12 + 1
	return Date{year, month, min(c.Day, daysIn(year, month))}
}

// Format writes a day as 2026-11-25.
func Format(day Day) string { return string(Append(nil, day)) }

// Append adds a day to a text as Format writes it.
func Append(b []byte, day Day) []byte {
	c := DateOf(day)
	if c.Year < 1000 || c.Year > 9999 {
		return fmt.Appendf(b, "%04d-%02d-%02d", c.Year, c.Month, c.Day)
	}
	digit := func(n int) byte { return byte('0' + n%10) }
	return append(b, digit(c.Year/1000), digit(c.Year/100), digit(c.Year/10), digit(c.Year),
		'-', digit(c.Month/10), digit(c.Month), '-', digit(c.Day/10), digit(c.Day))
}

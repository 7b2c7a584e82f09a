package retention

import (
	"strconv"

	"clientele/internal/calendar"
)

// unit is a kind of period, by its months.
type unit int32

// The units, in the order of the file.
const (
	month   unit = 1
	quarter unit = 3
	year    unit = 12
)

var units = []unit{month, quarter, year}

func (u unit) String() string {
	switch u {
	case quarter:
		return "quarter"
	case year:
		return "year"
	default:
		return "month"
	}
}

// of is the number of the period that a month is in: periods follow each other by one.
func (u unit) of(m calendar.Month) int32 {
	n := int32(m) / int32(u)
	if int32(m)%int32(u) < 0 {
		n--
	}
	return n
}

// first is the first month of a period.
func (u unit) first(period int32) calendar.Month { return calendar.Month(period * int32(u)) }

// name is what a period is called: 2011-12, 2011-Q4, 2011.
func (u unit) name(period int32) string {
	name := u.first(period).String()
	yearOf := name[:len(name)-len("-01")]
	switch u {
	case quarter:
		const perYear = 4
		return yearOf + "-Q" + strconv.Itoa(int(((period%perYear)+perYear)%perYear)+1)
	case year:
		return yearOf
	default:
		return name
	}
}

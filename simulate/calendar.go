package simulate

import (
	"math"
	"time"
)

// How days and times are written.
const (
	dateLayout = time.DateOnly
	timeLayout = time.DateTime
)

// midnight is the start of t's calendar day, as wall clock kept in UTC.
func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// dayNumber counts t's calendar day from a fixed one, so that differences are
// numbers of days.
func dayNumber(t time.Time) int {
	const secondsPerDay = 24 * 60 * 60
	return int(midnight(t).Unix() / secondsPerDay)
}

// calendar turns days since the start of the export into wall-clock times.
type calendar struct {
	start         time.Time // midnight of the first day
	days          int       // from the first day to the last, both counted
	opens, closes int       // seconds after midnight
}

// newCalendar is the calendar of valid options.
func newCalendar(o Options) calendar {
	const secondsPerHour = 3600
	return calendar{
		start:  midnight(o.Start),
		days:   dayNumber(o.End) - dayNumber(o.Start) + 1,
		opens:  o.Opens * secondsPerHour,
		closes: o.Closes * secondsPerHour,
	}
}

// at is the wall clock at t days after the start of the export. The day is
// exact; the part of a day is squeezed into opening hours, in order.
func (c calendar) at(t float64) time.Time {
	day, part := math.Modf(t)
	second := c.opens + int(part*float64(c.closes-c.opens))
	return c.start.Add(time.Duration(day)*24*time.Hour + time.Duration(second)*time.Second)
}

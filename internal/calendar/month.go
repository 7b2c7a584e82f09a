package calendar

import (
	"fmt"
	"time"
)

// Month is a whole number of months since January 1970.
type Month int32

// MonthOf is the month that a day is in.
func MonthOf(day Day) Month {
	c := DateOf(day)
	return Month((c.Year-1970)*12 + c.Month - 1)
}

// FirstDay is the first day of the month.
func (m Month) FirstDay() Day {
	year := floorDiv(int(m), 12)
	return Date{Year: 1970 + year, Month: int(m) - 12*year + 1, Day: 1}.Number()
}

// String writes a month as 2011-12.
func (m Month) String() string {
	c := DateOf(m.FirstDay())
	return fmt.Sprintf("%04d-%02d", c.Year, c.Month)
}

// ParseMonth reads a month as [Month.String] writes it.
func ParseMonth(text string) (Month, error) {
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return 0, err
	}
	return MonthOf(DayOf(t)), nil
}

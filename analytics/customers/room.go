package customers

import (
	"slices"
	"time"

	"clientele/internal/calendar"
)

// firstCustomers are so many that the days of their orders tell of all: room for a hundred
// thousand customers is worth more than a guess from ten.
const firstCustomers = 1000

// daysOf is how many days so many rows may have, as those that were read tell, and a sixteenth
// more: less than the next step of a column that grows.
func daysOf(rows, read, days int) int {
	expected := int(float64(rows) * float64(days) / float64(read))
	return min(rows, expected+expected/16)
}

// reserveDays makes room for the purchase days of all customers, and for the days of the
// activity from a day on, where that is all of them: columns that grow row by row are copied over
// and over.
func (t *Table) reserveDays(days int, from calendar.Day) {
	if t.Activity != nil && from == calendar.DayOf(time.Time{}) {
		t.Activity.reserve(days)
	}
	if t.DayStart == nil {
		return
	}
	t.Days = slices.Grow(t.Days, days)
	if t.DaySold != nil {
		t.DaySold = slices.Grow(t.DaySold, days)
	}
	if t.DayNet != nil {
		t.DayNet.Grow(days)
	}
	if t.DayEarned != nil {
		t.DayEarned, t.DayOrders = slices.Grow(t.DayEarned, days), slices.Grow(t.DayOrders, days)
	}
	if t.Sales != nil {
		t.Sales.reserve(days)
	}
}

// fitDays gives back the room that is left, where many orders were of one day.
func (t *Table) fitDays() {
	fit(&t.Days)
	fit(&t.DaySold)
	fit(&t.DayEarned)
	fit(&t.DayOrders)
	if t.DayNet != nil {
		t.DayNet.Fit()
	}
	if t.Sales != nil {
		t.Sales.fit()
	}
	if a := t.Activity; a != nil {
		fit(&a.Day)
		fit(&a.Orders)
		fit(&a.Net)
		for i := range a.Number {
			fit(&a.Number[i])
		}
	}
}

// fit copies a column that has a quarter more room than it needs, as much as append leaves.
func fit[T any](column *[]T) {
	if n := len(*column); n > 0 && cap(*column) > n+n/4 {
		*column = slices.Clone(*column)
	}
}

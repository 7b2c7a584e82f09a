package customers

import (
	"slices"
	"time"

	"clientele/internal/calendar"
)

// firstCustomers is how many customers are read before room is made for the days of all. Their
// days tell how many days orders make; a wrong guess costs room or time, and changes nothing.
const firstCustomers = 1000

// daysOf is how many days so many rows may have, as those that were read tell. A sixteenth more is
// room enough for a guess that is near, and less than the quarter by which a column grows.
func daysOf(rows, read, days int) int {
	expected := int(float64(rows) * float64(days) / float64(read))
	return min(rows, expected+expected/16)
}

// reserveDays makes room for the purchase days of all customers, and for the days of the
// activity where it has all of them: columns that grow row by row are copied over and over.
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

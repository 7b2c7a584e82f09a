package tier

import (
	"clientele/internal/calendar"
)

// agenda has, for each customer, the next day on which something is due. Setting a day
// replaces the one before. The old entry stays in its list, and take leaves it out.
type agenda struct {
	first  int32
	day    []int32   // by customer; NoDay: nothing is due any more
	on     [][]int32 // by day from the first: customers, some of whom were moved since
	taken  []int32   // the list of today
	unused [][]int32 // lists of days that are over
}

// newAgenda is an empty agenda for n customers, from the first day to the last.
func newAgenda(first, last int32, n int) agenda {
	a := agenda{first: first, day: make([]int32, n), on: make([][]int32, last-first+1)}
	for i := range a.day {
		a.day[i] = calendar.NoDay
	}
	return a
}

// set makes a day the next one for customer i. A day after the last is none.
func (a *agenda) set(i int, day int32) {
	at := int(day - a.first)
	if at >= len(a.on) {
		a.day[i] = calendar.NoDay
		return
	}
	if a.on[at] == nil && len(a.unused) > 0 {
		a.on[at], a.unused = a.unused[len(a.unused)-1], a.unused[:len(a.unused)-1]
	}
	a.day[i] = day
	a.on[at] = append(a.on[at], int32(i))
}

// take removes and returns the customers to whom something is due on a day, each once.
// The list is valid until the next call.
func (a *agenda) take(day int32) []int32 {
	if a.taken != nil {
		a.unused = append(a.unused, a.taken[:0])
	}
	at := day - a.first
	list := a.on[at]
	due := list[:0]
	for _, i := range list {
		if a.day[i] == day {
			a.day[i] = calendar.NoDay
			due = append(due, i)
		}
	}
	a.on[at], a.taken = nil, list
	return due
}

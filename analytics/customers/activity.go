package customers

import (
	"slices"

	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"clientele/internal/money"
)

// Activity is what customers did day by day, from the first day that was asked
// for: days with an order or a return, ascending for each customer. Those of
// customer i are the entries Start[i] to Start[i+1] of every column.
type Activity struct {
	Start  []int64
	Day    []int32
	Orders []int64   // nil: not asked for
	Net    []int64   // millionths of the currency, at most 10^18 either way
	Number [][]int64 // millionths; a column for each number that was asked for
}

func newActivity(r *ActivityRequest) *Activity {
	a := &Activity{Start: []int64{0}, Number: make([][]int64, len(r.Numbers))}
	if r.Orders {
		a.Orders = []int64{}
	}
	return a
}

// reserve makes room for so many days.
func (a *Activity) reserve(days int) {
	a.Day, a.Net = slices.Grow(a.Day, days), slices.Grow(a.Net, days)
	if a.Orders != nil {
		a.Orders = slices.Grow(a.Orders, days)
	}
	for i := range a.Number {
		a.Number[i] = slices.Grow(a.Number[i], days)
	}
}

// keep appends the days of a customer from a day on, with what was summed of each number.
func (a *Activity) keep(done []dayDone, numbers [][]money.Amount, from int32) {
	for i := range done {
		d := &done[i]
		if d.day < from {
			continue
		}
		a.Day = append(a.Day, d.day)
		if a.Orders != nil {
			a.Orders = append(a.Orders, int64(d.placed))
		}
		a.Net = append(a.Net, fixedPoint(d.flow.Num()))
		for n, number := range numbers {
			a.Number[n] = append(a.Number[n], fixedPoint(number[i].Num()))
		}
	}
	a.Start = append(a.Start, int64(len(a.Day)))
}

// mostOfDay is the most that a day of the activity holds, in millionths: whole units in the
// eighteen digits of which six are the fraction.
const mostOfDay = 999_999_999_999_000_000

// fixedPoint is an amount in millionths. One of more than eighteen digits stays at their end.
func fixedPoint(n decimal128.Num) int64 {
	switch small := n.FitsInPrecision(18); {
	case small:
		return int64(n.LowBits())
	case n.Sign() < 0:
		return -mostOfDay
	default:
		return mostOfDay
	}
}

package returns

import "cmp"

// Line is a row of an export that was used: something sold, or given back. Quantities,
// amounts and costs are in millionths.
type Line struct {
	File   int32
	Row    int64 // where in the file the row begins
	Source int32

	Day     int32 // since 1970-01-01
	Instant int64 // microseconds since 1970-01-01 on the clock of the job's zone; midnight: no clock is known

	Order    string // "": the row names none
	Product  string // "": the row names none
	Quantity int64  // above 0; 0: not known
	Amount   int64  // of a return 0 or below
	Cost     int64

	IsReturn bool
	Original string // of a return: the order that it says it belongs to; "": it does not say
	OnSale   bool   // of a return: a refund that stands on the row of its own sale

	// Of a sale: the lines of its order of which something may be left, which are those
	// with a quantity or an amount, and what all lines of the order come to.
	OrderLines  int64
	OrderAmount int64
}

// byTime orders lines by when they were, then by where they stand. A refund stands
// behind the sale of its row.
func byTime(a, b Line) int {
	returned := func(l Line) int {
		if l.IsReturn {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(a.moment(), b.moment()),
		cmp.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row), returned(a)-returned(b))
}

// moment is the instant by which lines are ordered. Of a day without a clock a sale is
// at its beginning and a return at its end: what is given back on the day of a purchase
// was bought before.
func (l Line) moment() int64 {
	const day = 24 * 60 * 60 * 1_000_000 // microseconds
	if midnight := int64(l.Day) * day; l.IsReturn && l.Instant == midnight {
		return midnight + day - 1
	}
	return l.Instant
}

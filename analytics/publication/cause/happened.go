package cause

import (
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// Past is what a night knows of what a customer did.
type Past struct {
	First, Last calendar.Day // of purchases
	Orders      int64        // that are no returns
	Returns     int64        // or NotKnown
	Net         money.Amount
}

// NotKnown stands for the number of returns where a night does not remember it.
const NotKnown = -1

// Happened is what became of a customer whom two nights know, the older of which is of
// night: a purchase since; else more returns than there were; else what was known of the
// time before is another, as ids were joined or parted, or for another reason. Empty:
// nothing became of them.
func Happened(was, is Past, night calendar.Day, joined, parted bool) Cause {
	switch {
	case is.Last > night:
		return Bought
	case was.gaveBack(is):
		return Returned
	case was.First == is.First && was.Last == is.Last && was.Orders == is.Orders && was.Net == is.Net:
		return ""
	case joined:
		return Joined
	case parted:
		return Parted
	}
	return Corrected
}

// Undone tells whether fewer orders are left, and none was added since night: returns may
// have taken them back whole.
func (was Past) Undone(is Past, night calendar.Day) bool {
	return is.Last <= night && is.Orders < was.Orders
}

// gaveBack tells whether there are more returns, and nothing else that they leave open: an
// order or a day that was not known then has come late.
func (was Past) gaveBack(is Past) bool {
	same := was.Orders == is.Orders && was.First == is.First && was.Last == is.Last
	return was.Returns != NotKnown && is.Returns > was.Returns && (same || is.Orders < was.Orders)
}

package backtest

import (
	"fmt"
	"math"
)

// History is when customers bought. The purchase days of customer i are
// Days[Start[i]:Start[i+1]], ascending and distinct, counted from 1970-01-01.
// A customer without days never bought and plays no part.
type History struct {
	Start []int64 // one more than there are customers; from 0 to len(Days)
	Days  []int32
	Spend []float64 // on each of Days, money from 0; nil: not known, and no forecast of money is scored
	// Gone are the days on which it became known that all that was bought on each of Days
	// had come back, so that it is no purchase; Stands of the others. Nil: nothing came back
	// whole.
	Gone []int32
	// Returns are what came back, in order of At and On, and is not in Spend any more.
	Returns []Return
}

// Return is money that was given back of what was bought on a day.
type Return struct {
	At     int64   // of History.Days
	On     int32   // day on which it was given back
	Amount float64 // from 0
}

// Stands marks a purchase day of History.Gone that is one for good.
const Stands = math.MaxInt32

// Customers is the number of customers.
func (h History) Customers() int { return max(0, len(h.Start)-1) }

// customer returns the purchase days of customer i.
func (h History) customer(i int) []int32 { return h.Days[h.Start[i]:h.Start[i+1]] }

// Validate returns an error wrapping ErrHistory that names the first customer
// whose days cannot be, and nil when there is none.
func (h History) Validate() error {
	if len(h.Start) == 0 {
		return fmt.Errorf("%w: start is empty, expected at least the 0 that begins it", ErrHistory)
	}
	if h.Start[0] != 0 || h.Start[h.Customers()] != int64(len(h.Days)) {
		return fmt.Errorf("%w: start runs from %d to %d, expected from 0 to the %d days",
			ErrHistory, h.Start[0], h.Start[h.Customers()], len(h.Days))
	}
	if h.Spend != nil && len(h.Spend) != len(h.Days) {
		return fmt.Errorf("%w: spend of %d days, expected of %d", ErrHistory, len(h.Spend), len(h.Days))
	}
	if err := h.validateReturns(); err != nil {
		return err
	}
	for i := range h.Customers() {
		if h.Start[i] > h.Start[i+1] || h.Start[i+1] > int64(len(h.Days)) {
			return fmt.Errorf("%w: customer %d: start goes from %d to %d, expected an ascent up to %d",
				ErrHistory, i, h.Start[i], h.Start[i+1], len(h.Days))
		}
		days := h.customer(i)
		for j := 1; j < len(days); j++ {
			if days[j] <= days[j-1] {
				return fmt.Errorf("%w: customer %d: day %d follows day %d, expected ascending and distinct days",
					ErrHistory, i, days[j], days[j-1])
			}
		}
	}
	return nil
}

// validateReturns checks what came back.
func (h History) validateReturns() error {
	if h.Gone != nil && len(h.Gone) != len(h.Days) {
		return fmt.Errorf("%w: it is said of %d days when they were gone, expected of %d", ErrHistory, len(h.Gone), len(h.Days))
	}
	for i, gone := range h.Gone {
		if gone < h.Days[i] {
			return fmt.Errorf("%w: what was bought on day %d came back on day %d, expected no earlier day", ErrHistory, h.Days[i], gone)
		}
	}
	for i, r := range h.Returns {
		if r.At < 0 || r.At >= int64(len(h.Days)) || i > 0 && r.At < h.Returns[i-1].At {
			return fmt.Errorf("%w: return %d is of purchase day %d, expected an ascent from 0 to below %d", ErrHistory, i, r.At, len(h.Days))
		}
		if !(r.Amount >= 0) {
			return fmt.Errorf("%w: return %d of %v, expected money from 0", ErrHistory, i, r.Amount)
		}
	}
	return nil
}

package backtest

import (
	"cmp"
	"fmt"
	"slices"
)

// History is when customers bought. The purchase days of customer i are
// Days[Start[i]:Start[i+1]], ascending and distinct, counted from 1970-01-01.
// A customer without days never bought and plays no part.
type History struct {
	Start []int64 // one more than there are customers; from 0 to len(Days)
	Days  []int32
	Spend []float64 // on each of Days, money from 0; nil: not known, and no forecast of money is scored
}

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

// buyers are the customers with one and the same purchase days. Most one-time
// buyers of a day are one of these, which is what makes a large shop cheap.
type buyers struct {
	days      []int32 // up to the last day of observation, at least one
	customers float64
	spend     [][]float64 // of each customer on each of days, in a fixed order; nil: not known
}

// shop is a history up to the last day of observation, in an order that does
// not depend on the order of the customers: by first day, by number of days,
// then by the days. Sums in its order have the same bits for every order.
type shop struct {
	buyers    []buyers
	customers float64
	priced    bool // whether it is known what they spent
}

// newShop sorts a valid history.
func newShop(h History, today int32) shop {
	type entry struct {
		key   uint64 // first day and number of days: decides most comparisons
		days  []int32
		spend []float64
	}
	entries := make([]entry, 0, h.Customers())
	for i := range h.Customers() {
		days := h.customer(i)
		if days = days[:countUpTo(days, today)]; len(days) > 0 {
			// Flipping the sign bit makes days before 1970 sort first.
			entries = append(entries, entry{uint64(uint32(days[0])^1<<31)<<32 | uint64(len(days)), days, h.spendOf(i, len(days))})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if c := cmp.Compare(a.key, b.key); c != 0 {
			return c
		}
		return cmp.Or(slices.Compare(a.days, b.days), slices.Compare(a.spend, b.spend))
	})
	s := shop{customers: float64(len(entries)), priced: h.Spend != nil}
	for i, e := range entries {
		if i == 0 || !slices.Equal(e.days, entries[i-1].days) {
			s.buyers = append(s.buyers, buyers{days: e.days})
		}
		b := &s.buyers[len(s.buyers)-1]
		b.customers++
		if s.priced {
			b.spend = append(b.spend, e.spend)
		}
	}
	return s
}

// spendOf is what customer i spent on the first days; nil where that is not known.
func (h History) spendOf(i, days int) []float64 {
	if h.Spend == nil {
		return nil
	}
	return h.Spend[h.Start[i] : h.Start[i]+int64(days)]
}

// firstDay is the day of the shop's first purchase. There must be one.
func (s shop) firstDay() int32 { return s.buyers[0].days[0] }

// bornBy is the number of leading buyers whose first purchase is on or before a
// day.
func (s shop) bornBy(day int32) int {
	n, _ := slices.BinarySearchFunc(s.buyers, day, func(b buyers, day int32) int {
		if b.days[0] <= day {
			return -1
		}
		return 1
	})
	return n
}

// cameBack is the number of customers with a repeat purchase.
func (s shop) cameBack() (customers float64) {
	for _, b := range s.buyers {
		if len(b.days) > 1 {
			customers += b.customers
		}
	}
	return customers
}

// medianGap is the median number of days between a purchase and the next, 0
// where nobody came back. Gaps longer than the history are not in it, so that
// in a young shop it is rather too short.
func (s shop) medianGap() float64 {
	counts := make(map[int32]float64)
	total := 0.0
	for _, b := range s.buyers {
		for i := 1; i < len(b.days); i++ {
			counts[b.days[i]-b.days[i-1]] += b.customers
			total += b.customers
		}
	}
	gaps := make([]int32, 0, len(counts))
	for gap := range counts {
		gaps = append(gaps, gap)
	}
	slices.Sort(gaps) // a map has no order, a median needs one
	below := 0.0
	for _, gap := range gaps {
		if below += counts[gap]; 2*below >= total {
			return float64(gap)
		}
	}
	return 0
}

// countUpTo is the number of days on or before a day.
func countUpTo(days []int32, day int32) int {
	n, found := slices.BinarySearch(days, day)
	if found {
		n++
	}
	return n
}

package backtest

import (
	"cmp"
	"slices"
)

// shop is a history up to the last day of observation, in an order that does
// not depend on the order of the customers: by first day, by number of days,
// then by the days. Sums in its order have the same bits for every order.
type shop struct {
	buyers    []buyers
	customers float64 // who have a purchase that stands
	priced    bool    // whether it is known what they spent
}

// newShop sorts a valid history. What came back after today has not come back.
func newShop(h History, today int32) shop {
	type entry struct {
		key uint64 // first day and number of days: decides most comparisons
		buyers
	}
	entries := make([]entry, 0, h.Customers())
	left := h.Returns
	for i := range h.Customers() {
		days := h.customer(i)
		b := buyers{days: days[:countUpTo(days, today)], customers: 1}
		left = b.takeReturns(h, i, left, today)
		if h.Spend != nil {
			b.spend = [][]float64{b.spendAt(h.spendOf(i, len(b.days)), today)}
			b.forget(today)
		}
		if len(b.days) > 0 {
			// Flipping the sign bit makes days before 1970 sort first.
			entries = append(entries, entry{uint64(uint32(b.days[0])^1<<31)<<32 | uint64(len(b.days)), b})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if c := cmp.Compare(a.key, b.key); c != 0 {
			return c
		}
		return a.compare(b.buyers)
	})
	s := shop{priced: h.Spend != nil}
	for i, e := range entries {
		if len(e.standing()) > 0 {
			s.customers++
		}
		if i > 0 && e.alike(entries[i-1].buyers) {
			last := &s.buyers[len(s.buyers)-1]
			last.customers++
			last.spend = append(last.spend, e.spend...)
			continue
		}
		s.buyers = append(s.buyers, e.buyers)
	}
	return s
}

// spendOf is what customer i spent on the first days.
func (h History) spendOf(i, days int) []float64 {
	return h.Spend[h.Start[i] : h.Start[i]+int64(days)]
}

// firstDay is the day of the shop's first purchase that stands. There must be one.
func (s shop) firstDay() int32 {
	first := int32(Stands)
	for _, b := range s.buyers {
		if b.days[0] >= first {
			break
		}
		if days := b.standing(); len(days) > 0 {
			first = min(first, days[0])
		}
	}
	return first
}

// bornBy is the number of leading buyers whose first purchase is on or before a
// day, whether it stands or not.
func (s shop) bornBy(day int32) int {
	n, _ := slices.BinarySearchFunc(s.buyers, day, func(b buyers, day int32) int {
		if b.days[0] <= day {
			return -1
		}
		return 1
	})
	return n
}

// anybodyBy tells whether there is a customer as it was known on a day.
func (s shop) anybodyBy(day int32) bool {
	return slices.ContainsFunc(s.buyers[:s.bornBy(day)], func(b buyers) bool { return len(b.known(day)) > 0 })
}

// cameBack is the number of customers with a repeat purchase.
func (s shop) cameBack() (customers float64) {
	for _, b := range s.buyers {
		if len(b.standing()) > 1 {
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
		days := b.standing()
		for i := 1; i < len(days); i++ {
			counts[days[i]-days[i-1]] += b.customers
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

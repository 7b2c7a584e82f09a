package backtest

import (
	"cmp"
	"slices"
)

// buyers are the customers with one and the same purchase days. Most one-time
// buyers of a day are one of these, which is what makes a large shop cheap. A customer of
// whom something came back stands alone.
type buyers struct {
	days      []int32 // up to the last day of observation, at least one
	customers float64
	spend     [][]float64 // of each customer on each of days, in a fixed order; nil: not known
	gone      []int32     // beside days: as History.Gone, by today; nil: all stand
	returns   []Return    // of days; nil: none
}

// takeReturns takes what came back of customer i from the returns that are left, and gives
// the rest.
func (b *buyers) takeReturns(h History, i int, left []Return, today int32) []Return {
	from, to := h.Start[i], h.Start[i]+int64(len(b.days))
	if h.Gone != nil && slices.ContainsFunc(h.Gone[from:to], func(day int32) bool { return day <= today }) {
		b.gone = make([]int32, len(b.days))
		for j, day := range h.Gone[from:to] {
			if b.gone[j] = day; day > today {
				b.gone[j] = Stands
			}
		}
	}
	for len(left) > 0 && left[0].At < h.Start[i+1] {
		if r := left[0]; r.At < to {
			b.returns = append(b.returns, Return{r.At - from, r.On, r.Amount})
		}
		left = left[1:]
	}
	return left
}

// forget leaves out what came back after a day.
func (b *buyers) forget(today int32) {
	b.returns = slices.DeleteFunc(b.returns, func(r Return) bool { return r.On > today })
}

// spendAt is what was spent on each of days as it was known on a day: what came back later
// had not.
func (b *buyers) spendAt(spend []float64, day int32) []float64 {
	if len(b.returns) == 0 {
		return spend
	}
	then := slices.Clone(spend)
	for _, r := range b.returns {
		if r.On > day {
			then[r.At] += r.Amount
		}
	}
	return then
}

// knows tells whether a purchase of days, in place j, was known and not gone on a day.
func (b *buyers) knows(j int, day int32) bool {
	return b.days[j] <= day && (b.gone == nil || b.gone[j] > day)
}

// stands tells whether a purchase, in place j, is one for good.
func (b *buyers) stands(j int) bool { return b.gone == nil || b.gone[j] == Stands }

// standing are the purchase days that stand.
func (b *buyers) standing() []int32 {
	if b.gone == nil {
		return b.days
	}
	return b.which(b.stands)
}

// known are the purchase days as they were known on a day.
func (b *buyers) known(day int32) []int32 {
	if b.gone == nil {
		return b.days[:countUpTo(b.days, day)]
	}
	return b.which(func(j int) bool { return b.knows(j, day) })
}

// ahead are the purchase days after one day, up to and including another, that stand.
func (b *buyers) ahead(origin, end int32) []int32 {
	if b.gone == nil {
		return b.days[countUpTo(b.days, origin):countUpTo(b.days, end)]
	}
	return b.which(func(j int) bool { return b.days[j] > origin && b.days[j] <= end && b.stands(j) })
}

func (b *buyers) which(holds func(j int) bool) (days []int32) {
	for j, day := range b.days {
		if holds(j) {
			days = append(days, day)
		}
	}
	return days
}

// money is what a customer of these had spent by the origin, on each day that was known
// then, and what they spent ahead on days that stand.
func (b *buyers) money(customer int, origin, end int32) (spent []float64, ahead float64) {
	spend := b.spend[customer]
	if b.gone == nil && len(b.returns) == 0 {
		known := countUpTo(b.days, origin)
		for _, v := range spend[known:countUpTo(b.days, end)] {
			ahead += v
		}
		return spend[:known], ahead
	}
	then := b.spendAt(spend, origin)
	for j, day := range b.days {
		switch {
		case b.knows(j, origin):
			spent = append(spent, then[j])
		case day > origin && day <= end && b.stands(j):
			ahead += spend[j]
		}
	}
	return spent, ahead
}

// compare puts buyers of one first day and number of days in order.
func (b *buyers) compare(other buyers) int {
	if c := slices.Compare(b.days, other.days); c != 0 {
		return c
	}
	if c := slices.Compare(b.gone, other.gone); c != 0 {
		return c
	}
	if b.spend != nil {
		if c := slices.Compare(b.spend[0], other.spend[0]); c != 0 {
			return c
		}
	}
	return slices.CompareFunc(b.returns, other.returns, func(r, s Return) int {
		return cmp.Or(cmp.Compare(r.At, s.At), cmp.Compare(r.On, s.On), cmp.Compare(r.Amount, s.Amount))
	})
}

// alike tells whether two customers are as one: they bought on the same days, and nothing
// came back of either.
func (b *buyers) alike(other buyers) bool {
	return b.gone == nil && other.gone == nil && len(b.returns) == 0 && len(other.returns) == 0 && slices.Equal(b.days, other.days)
}

package lifecycle

import (
	"errors"
	"fmt"
	"slices"

	"clientele/internal/calendar"
	"clientele/internal/number"
)

// ErrPurchases marks purchase days that cannot be true.
var ErrPurchases = errors.New("lifecycle: bad purchases")

// Purchases are the purchase days of many customers. Those of customer i are
// Days[Start[i]:Start[i+1]], ascending and distinct, in days since 1970-01-01.
type Purchases struct {
	Days  []calendar.Day
	Start []int64
	// Spend is the money that each purchase day brought, beside Days. Nil: not known, and
	// not a condition of stability.
	Spend []float64
	// Key is a hash of each customer's id, by which the sample of a panel is drawn. Nil: the
	// purchase days are hashed instead.
	Key []uint64
}

// Len is the number of customers.
func (p *Purchases) Len() int { return max(0, len(p.Start)-1) }

// Validate reports the first column that does not fit or the first customer
// whose days do not ascend. The error wraps ErrPurchases.
func (p *Purchases) Validate() error {
	if len(p.Start) == 0 && len(p.Days) == 0 && len(p.Spend) == 0 {
		return nil
	}
	if n := int64(len(p.Days)); len(p.Start) == 0 || p.Start[0] != 0 || p.Start[len(p.Start)-1] != n {
		return fmt.Errorf("%w: %d days, but starts that do not run from 0 to that", ErrPurchases, n)
	}
	if p.Spend != nil && len(p.Spend) != len(p.Days) {
		return fmt.Errorf("%w: %d amounts of spend, want one for each of %d days, or none", ErrPurchases, len(p.Spend), len(p.Days))
	}
	if p.Key != nil && len(p.Key) != p.Len() {
		return fmt.Errorf("%w: %d keys, want one for each of %d customers, or none", ErrPurchases, len(p.Key), p.Len())
	}
	for i := range p.Len() {
		from, to := p.Start[i], p.Start[i+1]
		if from >= to {
			return fmt.Errorf("%w: customer at index %d: no purchase day, want at least 1", ErrPurchases, i)
		}
		for at := from + 1; at < to; at++ {
			if p.Days[at] <= p.Days[at-1] {
				return fmt.Errorf("%w: customer at index %d: day %d after day %d, want them ascending", ErrPurchases, i, p.Days[at], p.Days[at-1])
			}
		}
	}
	for at, v := range p.Spend {
		if !number.Finite(v) {
			return fmt.Errorf("%w: spend at index %d is %v, want a finite number", ErrPurchases, at, v)
		}
	}
	return nil
}

// daysOf are the purchase days of customer i up to and including day.
func (p *Purchases) daysOf(i int, day int32) []int32 {
	days := p.Days[p.Start[i]:p.Start[i+1]]
	return days[:upTo(days, day)]
}

// spendOf is the spend beside the first n purchase days of customer i.
func (p *Purchases) spendOf(i, n int) []float64 {
	if p.Spend == nil {
		return nil
	}
	from := p.Start[i]
	return p.Spend[from : from+int64(n)]
}

// upTo is how many of the ascending days are on or before day.
func upTo(days []int32, day int32) int {
	if n := len(days); n > 0 && days[n-1] <= day { // by far the most frequent case
		return n
	}
	at, found := slices.BinarySearch(days, day)
	if found {
		at++
	}
	return at
}

package money

import (
	"slices"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
)

// List is amounts one after the other, in eight bytes each: those of more than nineteen
// digits, which hardly a shop has, lie apart. The zero value is empty.
type List struct {
	small []int64
	large map[int]Amount
}

// Append adds an amount.
func (l *List) Append(m Amount) {
	v := int64(m.n.LowBits())
	if m.n != decimal128.FromI64(v) {
		if l.large == nil {
			l.large = map[int]Amount{}
		}
		l.large[len(l.small)] = m
	}
	l.small = append(l.small, v)
}

// Grow makes room for so many more amounts.
func (l *List) Grow(more int) { l.small = slices.Grow(l.small, more) }

// Fit gives back room that is not needed, where that is more than a quarter of it.
func (l *List) Fit() {
	if n := len(l.small); n > 0 && cap(l.small) > n+n/4 {
		l.small = slices.Clone(l.small)
	}
}

// At is the amount in a place.
func (l *List) At(i int) Amount {
	if m, is := l.large[i]; is {
		return m
	}
	return Amount{decimal128.FromI64(l.small[i])}
}

// Len is the number of amounts.
func (l *List) Len() int { return len(l.small) }

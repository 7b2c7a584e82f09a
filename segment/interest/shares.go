package interest

import "math"

// ShareSums are what is known of a thing among the customers of a group, as sums of whole
// numbers: they come out the same in any order.
type ShareSums struct {
	Customers int64 // who bought the thing
	With      int64 // their baskets with it
	// Squares and products over customers, of the baskets with the thing and of all.
	WithWith, WithAll int64
}

// Add adds a customer with so many baskets, so many of them with the thing.
func (s *ShareSums) Add(with, all int32) {
	s.Customers++
	s.With += int64(with)
	s.WithWith += int64(with) * int64(with)
	s.WithAll += int64(with) * int64(all)
}

// BasketSums are the baskets of the customers of a group.
type BasketSums struct{ All, AllAll int64 }

// Add adds a customer with so many baskets.
func (b *BasketSums) Add(all int32) {
	b.All += int64(all)
	b.AllAll += int64(all) * int64(all)
}

// Share is the share of a group's baskets that hold the thing; NaN where it has none.
func (s ShareSums) Share(of BasketSums) float64 { return float64(s.With) / float64(of.All) }

// Apart is by how many standard errors that share is above an expected one. A customer's
// baskets are alike, so that customers are counted as a cluster each:
//
//	(Σx/Σn − p) / (√Σ(x − pn)² / Σn)
//
// where x of a customer's n baskets hold the thing and p is expected. It is 0 where all
// customers are as expected.
//
// Source: W. G. Cochran (1977), Sampling Techniques, 3rd edition, chapter 6: the variance of
// a ratio.
func (s ShareSums) Apart(of BasketSums, p float64) float64 {
	squares := float64(s.WithWith) - 2*p*float64(s.WithAll) + p*p*float64(of.AllAll)
	if !(squares > 0) {
		return 0
	}
	return (float64(s.With) - p*float64(of.All)) / math.Sqrt(squares)
}

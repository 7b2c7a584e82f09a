package interest

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// The sums give what the formula gives, customer by customer.
func TestApartIsTheFormula(t *testing.T) {
	x, n := []int32{3, 0, 5, 1}, []int32{10, 4, 6, 1}
	const p = 0.3
	var s ShareSums
	var all BasketSums
	off, squares, baskets := 0., 0., 0.
	for i := range x {
		if x[i] > 0 {
			s.Add(x[i], n[i])
		}
		all.Add(n[i])
		d := float64(x[i]) - p*float64(n[i])
		off, squares, baskets = off+d, squares+d*d, baskets+float64(n[i])
	}
	require.Equal(t, int64(3), s.Customers)
	require.InDelta(t, 9./21, s.Share(all), 1e-15)
	require.InDelta(t, (off/baskets)/(math.Sqrt(squares)/baskets), s.Apart(all, p), 1e-12)
	require.Zero(t, ShareSums{}.Apart(BasketSums{}, p), "nobody")
}

// One customer with a hundred baskets says less than a hundred customers.
func TestApartCountsCustomers(t *testing.T) {
	var one, many ShareSums
	var ofOne, ofMany BasketSums
	one.Add(60, 100)
	ofOne.Add(100)
	for i := range 100 {
		ofMany.Add(1)
		if i < 60 {
			many.Add(1, 1)
		}
	}
	require.InDelta(t, 1, one.Apart(ofOne, 0.5), 1e-12)
	require.InDelta(t, 2, many.Apart(ofMany, 0.5), 1e-12)
}

package clv

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// How much a customer moves a total is the sum of what comes in and of all that is paid,
// without regard to signs: by hand, half of 10 for each of 6 purchases, 4 for each of the
// 12 orders in them, and 26 a year for 13 of 52 weeks.
func TestSizeOfACustomer(t *testing.T) {
	s := rowScores{pAlive: 0.9, cet: 7, dect: 6, time: 13}
	each := Basket{Spend: 10, Orders: 2}
	prices := Prices{Margin: 0.5, PerOrder: 4, PerYearAlive: 26, UnitsPerYear: 52}
	e := &memberSum{Predictive: &Predictive{o: PredictiveOptions{Prices: prices}}}
	require.InDelta(t, 30+48+6.5, e.size(s, each), 1e-12)
	require.InDelta(t, 30-48-6.5, e.worth(s, each), 1e-12)
	prices.Margin = -0.5
	e.o.Prices = prices
	require.InDelta(t, 30+48+6.5, e.size(s, each), 1e-12)
	e.counts = true
	require.InDelta(t, 7, e.size(s, each), 0)
	require.InDelta(t, 7, e.worth(s, each), 0)
}

package clv

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFutureValue(t *testing.T) {
	p := Prices{Margin: 0.5, PerOrder: 2, PerYearAlive: 12, Acquisition: 99, UnitsPerYear: 52}
	// 0.5*30*4 - 2*4 - 12*26/52; what winning the customer cost is in the past.
	require.InDelta(t, 60.-8-6, FutureValue(p, 4, 26, Basket{Spend: 30, Orders: 1}), 1e-12)
	require.Zero(t, FutureValue(p, 0, 0, Basket{Spend: 30, Orders: 1}))
	// Without a yearly cost the year's length need not be known.
	require.InDelta(t, 60., FutureValue(Prices{Margin: 0.5}, 4, 26, Basket{Spend: 30, Orders: 1}), 1e-12)
}

func TestPastValue(t *testing.T) {
	p := Prices{Margin: 0.5, PerOrder: 2, PerYearAlive: 12, Acquisition: 99, UnitsPerYear: 52}
	require.InDelta(t, 150.-99-10-24, PastValue(p, 300, 5, 2), 1e-12)
	// More returned than bought.
	require.InDelta(t, -25.-99, PastValue(p, -50, 0, 0), 1e-12)
}

func TestContinuousRate(t *testing.T) {
	const weeks = 365.25 / 7
	delta := ContinuousRate(0.10, weeks)
	require.InDelta(t, 1/1.10, math.Exp(-delta*weeks), 1e-15)
	require.Zero(t, ContinuousRate(0, weeks))
}

func TestPricesValidate(t *testing.T) {
	require.NoError(t, Prices{}.Validate())
	require.NoError(t, Prices{Margin: 1, PerYearAlive: 3, UnitsPerYear: 12}.Validate())
	for _, test := range []struct {
		prices Prices
		says   string
	}{
		{Prices{Margin: math.NaN()}, "prices: margin (NaN) is not a finite number"},
		{Prices{PerOrder: math.Inf(1)}, "prices: per_order (+Inf) is not a finite number"},
		{Prices{PerYearAlive: 3}, "prices: units_per_year (0) should be above 0"},
	} {
		err := test.prices.Validate()
		require.ErrorIs(t, err, ErrParameter)
		require.ErrorContains(t, err, test.says)
	}
}

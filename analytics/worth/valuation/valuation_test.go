package valuation_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/night/nighttest"
	"clientele/analytics/worth/valuation"
	"clientele/clv"
)

// costs are those of every kind, each another.
const costs = "clv: {unit: day, margin: 0.4, costs: {acquisition: 1, per_order: 2, per_year_alive: 36.525}}\n"

func TestEveryCostReachesTheModels(t *testing.T) {
	require.Equal(t, clv.Prices{Margin: 0.25, Acquisition: 1, PerOrder: 2, PerYearAlive: 36.525, UnitsPerYear: 365.25},
		valuation.Of(nighttest.Job(t, costs).CLV, 0.25).Prices)
	require.Equal(t, clv.Prices{Margin: 0.25, UnitsPerYear: 12}, valuation.Of(nighttest.Job(t, "clv: {unit: month}\n").CLV, 0.25).Prices)
}

package analytics_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Three orders of 10 on each purchase day at a margin of a half: a day brings
// 15 less three times the cost of an order, behind and ahead (shared/cases/case37).
func TestCostPerOrderAhead(t *testing.T) {
	for _, c := range []struct {
		cost        string
		past, ahead float64 // of a purchase day
	}{{"4", 1440, 3}, {"6", -1440, -3}, {"0", 7200, 15}} {
		r := runCase(t, "case37", "clv.costs.per_order="+c.cost, "output.formats=[parquet]")
		var past, future, days, low, high float64
		for _, row := range exactCustomersOf(t, r) {
			past += cellNumber(t, row["past_value"])
			future += cellNumber(t, row["future_value"])
			days += cellNumber(t, row["expected_purchases"])
			low, high = cellNumber(t, row["future_low"]), cellNumber(t, row["future_high"])
			require.Less(t, low, cellNumber(t, row["future_value"]))
			require.Greater(t, high, cellNumber(t, row["future_value"]))
		}
		require.InDelta(t, c.past, past, 1e-6)
		require.InDelta(t, 466.38, days, 0.01)
		require.InDelta(t, c.ahead*days, future, 0.001)
		require.InDelta(t, future, r.Equity.Value.Float(), 1e-6)
		require.Less(t, r.Equity.Low.Float(), future)
		require.Greater(t, r.Equity.High.Float(), future)
	}
}

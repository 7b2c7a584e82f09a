package analytics_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
)

// What 24 purchases at 0 say is that the next brings 0 (shared/cases/case33: 20
// customers who pay monthly and 20 who are given something monthly).
func TestCustomersWhoNeverPay(t *testing.T) {
	r := runCase(t, "case33", "output.formats=[parquet]")
	var payers, free float64
	for _, row := range exactCustomersOf(t, r) {
		future := cellNumber(t, row["future_value"])
		if strings.HasPrefix(row["customer_id"], "paid") {
			payers += future
			continue
		}
		free += future
		require.Less(t, cellNumber(t, row["expected_spend"]), 0.03)
		require.LessOrEqual(t, cellNumber(t, row["future_low"]), future)
		require.Less(t, cellNumber(t, row["future_high"]), 1.)
	}
	require.InDelta(t, 13354.150294, payers, 1e-6)
	require.InDelta(t, 6.72, free, 0.01)
	require.Equal(t, "13360.869734", r.Equity.Value.String())
	require.Contains(t, strings.Join(r.Warnings, "\n"),
		"clv: 20 of 40 customers who came back brought no money by it (amounts of 0, or all given back): they are left out of the spend model; "+
			"their expected_spend, 0.03 on average, is what others spend times the chance that they pay")
}

// Where nothing is expected, as the costs take all that was paid or nobody paid anything, a
// night is published as any other, and customer equity is 0.
func TestNothingToExpect(t *testing.T) {
	for _, rows := range []string{"a,2026-01-01,10\na,2026-03-01,50\nb,2026-02-01,5\n", "a,2026-01-01,0\na,2026-03-01,0\nb,2026-02-01,0\n"} {
		r := publishCSV(t, rows, "clv.model=nbd", "sources.0.columns.cost=70 + 0 * amount")
		require.Equal(t, publication.Equity{Width: publication.EquityWidth{Money: r.Equity.Width.Money}}, *r.Equity)
		require.Contains(t, strings.Join(r.Warnings, "\n"), "cost")
	}
}

// monthly are a customer's rows of one amount a month from 2023 on, for so many
// months.
func monthly(rows *strings.Builder, id string, months int, amount func(month int) float64) {
	for m := range months {
		day := time.Date(2023, time.Month(1+m), 1+len(id)%20, 0, 0, 0, 0, time.UTC)
		fmt.Fprintf(rows, "%s,%s,%.2f\n", id, day.Format(time.DateOnly), amount(m))
	}
}

// Whoever gave everything back is no payer either, nor who gave back more than
// was bought; who pays now and then is in between; and so is who came once and paid
// nothing, where it is unclear what that means.
func TestExpectedSpendOfThoseWhoPaidNothing(t *testing.T) {
	var rows strings.Builder
	for i := range 30 {
		monthly(&rows, fmt.Sprintf("payer%02d", i), 24, func(m int) float64 { return float64(20 + (i*7+m*3)%30) })
	}
	for i := range 10 {
		id := fmt.Sprintf("returns%02d", i)
		monthly(&rows, id, 12, func(int) float64 { return 30 })
		fmt.Fprintf(&rows, "%s,2024-06-01,%d\n", id, -360-i)
		monthly(&rows, fmt.Sprintf("mixed%02d", i), 24, func(m int) float64 { return float64(30 * (m % 2)) })
		fmt.Fprintf(&rows, "once%02d,2024-03-%02d,0\n", i, i+1)
	}
	r := publishCSV(t, rows.String(), "as_of=2024-12-31", "clv.model=nbd", "clv.discount_rate=0")
	spend := map[string]float64{}
	for _, row := range customersOf(t, r) {
		kind := strings.TrimRight(row["customer_id"], "0123456789")
		spend[kind] = max(spend[kind], cellNumber(t, row["expected_spend"]))
		if kind == "payer" {
			require.Greater(t, cellNumber(t, row["expected_spend"]), 29.)
		}
	}
	require.Less(t, spend["returns"], 1.)
	require.InDelta(t, 17, spend["mixed"], 1) // half of their purchases are of 30 each
	require.Greater(t, spend["once"], 1.)
	require.Less(t, spend["once"], 25.)
}

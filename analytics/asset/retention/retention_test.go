package retention

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// A customer who buys for 10, 30 and, after a month without, 20; 5 come back in the month
// without. By hand.
func TestRetentionByHand(t *testing.T) {
	f := nighttest.Frame(t, "2026-02-15", "")
	f.FirstDay = calendar.TimeOf(dayOf(t, "2025-11-03"))
	var plain, back money.List
	for _, v := range []float64{10, 30, 20} {
		plain.Append(money.FromFloat(v))
	}
	back.Append(money.FromFloat(5))
	r := Run(night.NewContext(f, &customers.Table{
		ID: []string{"a"}, FirstDay: []int32{dayOf(t, "2025-11-03")}, DayStart: []int64{0, 3},
		Days:  []int32{dayOf(t, "2025-11-03"), dayOf(t, "2025-12-31"), dayOf(t, "2026-02-01")},
		Sales: &customers.Sales{Plain: plain, BackStart: []int64{0, 1}, BackDay: []int32{dayOf(t, "2026-01-09")}, Back: back},
	}))
	var seen []string
	for _, row := range nighttest.Rows(t, r.Files()[0].Columns...) {
		cells := []string{row["period"], row["until"]}
		for _, c := range []string{"start_customers", "retained", "churned", "resurrected", "new", "repeat_rate", "churned_revenue", "expansion", "resurrected_revenue", "active_revenue", "idle_returned", "revenue", "net_retention", "gross_retention", "former_share"} {
			cells = append(cells, row[c])
		}
		seen = append(seen, strings.Join(cells, " "))
	}
	require.Equal(t, []string{
		"2025-11 2025-11-30 0 0 0 0 1 0 0.00 0.00 0.00 10.00 0.00 10.00   0",
		"2025-12 2025-12-31 1 1 0 0 0 1 0.00 20.00 0.00 30.00 0.00 30.00 3 1 0",
		"2026-01 2026-01-31 1 0 1 0 0  30.00 0.00 0.00 0.00 5.00 -5.00 0 0 ",
		"2026-02 2026-02-15 0 0 0 1 0 1 0.00 0.00 20.00 20.00 0.00 20.00   1",
		"2025-Q4 2025-12-31 0 0 0 0 1 1 0.00 0.00 0.00 40.00 0.00 40.00   0",
		"2026-Q1 2026-02-15 1 1 0 0 0 1 0.00 0.00 0.00 15.00 0.00 15.00 0.375 0.375 1",
		"2025 2025-12-31 0 0 0 0 1 1 0.00 0.00 0.00 40.00 0.00 40.00   0",
		"2026 2026-02-15 1 1 0 0 0 1 0.00 0.00 0.00 15.00 0.00 15.00 0.375 0.375 1",
	}, seen)
}

func dayOf(t *testing.T, text string) calendar.Day {
	t.Helper()
	day, err := calendar.Parse(text)
	require.NoError(t, err)
	return day
}

// Months are in the period that has them, also those before 1970.
func TestPeriods(t *testing.T) {
	for text, want := range map[string][3]string{
		"2011-12-09": {"2011-12", "2011-Q4", "2011"}, "1970-01-01": {"1970-01", "1970-Q1", "1970"}, "1969-12-31": {"1969-12", "1969-Q4", "1969"}, "1066-10-14": {"1066-10", "1066-Q4", "1066"},
	} {
		m := calendar.MonthOf(dayOf(t, text))
		for k, u := range units {
			require.Equal(t, want[k], u.name(u.of(m)))
			require.LessOrEqual(t, u.first(u.of(m)), m)
			require.Greater(t, u.first(u.of(m)+1), m)
		}
	}
}

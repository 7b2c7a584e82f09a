package activity

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

func month(t *testing.T, text string) calendar.Month {
	t.Helper()
	m, err := calendar.ParseMonth(text)
	require.NoError(t, err)
	return m
}

// Each cohort has all months from its own to the night's, also where it did nothing.
func TestEveryMonth(t *testing.T) {
	at := func(cohort, in string, customers int64) publication.ActivityMonth {
		return publication.ActivityMonth{Cohort: month(t, cohort), Month: month(t, in), Customers: customers}
	}
	c := &customers.Table{Months: []publication.ActivityMonth{at("2024-03", "2024-03", 5), at("2024-03", "2024-05", 2), at("2024-07", "2024-07", 1)}}
	n := night.NewContext(nighttest.Frame(t, "2024-07-01", ""), c)
	r := Run(n)
	require.Equal(t, []publication.ActivityMonth{
		at("2024-03", "2024-03", 5), at("2024-03", "2024-04", 0), at("2024-03", "2024-05", 2), at("2024-03", "2024-06", 0), at("2024-03", "2024-07", 0),
		at("2024-07", "2024-07", 1),
	}, r.Months)
	require.Nil(t, Purchases(n))
	require.Equal(t, map[string]string{
		"cohort": "2024-03", "month": "2024-04", "customers": "0", "purchase_days": "0", "orders": "0", "spend": "0.00",
	}, nighttest.Rows(t, r.Files()[0].Columns...)[1])
}

// Purchase days are asked for, and given, where the job wants them.
func TestPurchases(t *testing.T) {
	for settings, wanted := range map[string]bool{"": true, "output: {purchases: false}\n": false} {
		f := nighttest.Frame(t, "2024-07-01", settings)
		var asked customers.Request
		Ask(&f, &asked)
		require.True(t, asked.Months)
		require.Equal(t, wanted, asked.KeepNet, settings)
	}
	c := &customers.Table{ID: []string{"a"}, Days: []int32{3, 9}, DayStart: []int64{0, 2}, DayNet: &money.List{}}
	c.DayNet.Append(money.FromFloat(1.5))
	c.DayNet.Append(money.FromFloat(-2))
	n := night.NewContext(nighttest.Frame(t, "2024-07-01", ""), c)
	require.Equal(t, []int32{3, 9}, Run(n).Days(0))
	require.Nil(t, Run(night.NewContext(nighttest.Frame(t, "2024-07-01", "output: {purchases: false}\n"), c)).Days)
	p := Purchases(n)
	require.Equal(t, []string{"a"}, p.IDs)
	require.Equal(t, []int32{3, 9}, p.Days)
	require.Equal(t, "-2.00", p.Spend(1).String())
}

package revenue

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

func amount(t *testing.T, text string) money.Amount {
	t.Helper()
	var m money.Amount
	require.NoError(t, m.UnmarshalText([]byte(text)))
	return m
}

func list(t *testing.T, texts ...string) (l money.List) {
	t.Helper()
	for _, text := range texts {
		l.Append(amount(t, text))
	}
	return l
}

func days(t *testing.T, texts ...string) (all []int32) {
	t.Helper()
	for _, text := range texts {
		day, err := calendar.Parse(text)
		require.NoError(t, err)
		all = append(all, day)
	}
	return all
}

// shop has two customers: a buys four times and returns before and after, b was brought.
func shop(t *testing.T) *customers.Table {
	t.Helper()
	premium := list(t, "2", "0", "0", "1.50", "0")
	bought := days(t, "2026-01-10", "2026-02-01", "2026-02-28", "2026-04-02", "2026-04-30")
	return &customers.Table{
		ID: []string{"a", "b"}, FirstDay: []int32{bought[0], bought[4]}, Days: bought, DayStart: []int64{0, 4, 5},
		Sales: &customers.Sales{
			Plain: list(t, "10", "15", "12.51", "40", "7"), Premium: &premium, Orders: []int32{1, 2, 1, 1, 1},
			BackStart: []int64{0, 2, 2}, BackDay: days(t, "2025-12-31", "2026-02-01"), Back: list(t, "3", "15"),
			NewAt: []int64{1, 3}, New: []money.Amount{amount(t, "4"), amount(t, "26")},
		},
	}
}

// By hand: the mean before the third purchase is 12.50, before the fourth 37.51/3 = 12.50(3).
func TestSplitByHand(t *testing.T) {
	f := nighttest.Frame(t, "2026-05-31", "clv: {costs: {acquisition: 30, per_order: 2, per_year_alive: 1}}\n")
	n := night.NewContext(f, shop(t))
	r := Run(n, Needs{Referred: []bool{false, true}, Winning: func(int) money.Amount { return amount(t, "30") }})
	rows := nighttest.Rows(t, r.Files()[0].Columns...)
	row := func(month, initial, repeat, incremental, cross, referral, premium, returned, net string) map[string]string {
		return map[string]string{
			"month": month, "initial": initial, "repeat": repeat, "incremental": incremental, "cross": cross,
			"referral": referral, "price_premium": premium, "returned": returned, "net": net,
		}
	}
	const no = "0.00"
	require.Equal(t, []map[string]string{
		row("2025-12", no, no, no, no, no, no, "3.00", "-3.00"),
		row("2026-01", "10.00", no, no, no, no, "2.00", no, "12.00"),
		row("2026-02", no, "22.50", "1.01", "4.00", no, no, "15.00", "12.51"),
		row("2026-03", no, no, no, no, no, no, no, no),
		row("2026-04", no, "12.50", "1.50", "26.00", "7.00", "1.50", no, "48.50"),
		row("2026-05", no, no, no, no, no, no, no, no),
	}, rows)
	require.Equal(t, "70.01", r.Revenue().Net.String())
	require.Equal(t, "63.01", r.Customers.of(0).Net().String())
	require.Equal(t, "7.00", r.Customers.of(1).Net().String())
}

// a was won on 10 January and b on 30 April: a night a year later has kept those who bought
// in the year.
func TestKeepingBesideWinning(t *testing.T) {
	f := nighttest.Frame(t, "2027-01-31", "clv: {costs: {acquisition: 30, per_order: 2, per_year_alive: 1}}\n")
	k := Run(night.NewContext(f, shop(t)), Needs{Winning: func(int) money.Amount { return amount(t, "30") }}).Keeping
	ratio, winning, serving, saved := 30./9, amount(t, "30"), amount(t, "9"), amount(t, "21")
	require.Equal(t, &publication.Keeping{From: "2026-02-01", Won: 1, Kept: 1, Winning: &winning, Serving: &serving, Ratio: &ratio, Saved: &saved}, k)

	// Nobody was won, or nobody kept: there is nothing to compare.
	f = nighttest.Frame(t, "2028-01-31", "clv: {costs: {acquisition: 30, per_order: 2}}\n")
	k = Run(night.NewContext(f, shop(t)), Needs{Winning: func(int) money.Amount { return amount(t, "30") }}).Keeping
	require.Nil(t, k.Ratio)
	require.Nil(t, k.Winning)
	require.Nil(t, k.Serving)
	for _, settings := range []string{"clv: off\n", "clv: {costs: {per_order: 2}}\n", "clv: {costs: {acquisition: 2}}\n"} {
		f = nighttest.Frame(t, "2027-01-31", settings)
		needs := Needs{}
		if f.Job.CLV != nil && f.Job.CLV.Costs.Acquisition.Stated() {
			needs.Winning = func(int) money.Amount { return amount(t, "2") }
		}
		require.Nil(t, Run(night.NewContext(f, shop(t)), needs).Keeping, settings)
	}
}

// What is asked goes by what the job maps.
func TestAsk(t *testing.T) {
	f := nighttest.Frame(t, "2026-05-31", "")
	var r customers.Request
	Ask(&f, &r)
	require.Equal(t, customers.Request{KeepSales: true}, r)
	f.HasCategory, f.Job.CLV.Costs = true, job.Costs{PerOrder: 1}
	Ask(&f, &r)
	require.True(t, r.NewThings)
	require.True(t, r.SalesOrders)
}

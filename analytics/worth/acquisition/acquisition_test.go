package acquisition_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/worth/acquisition"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// won are four customers: two of May by the web, one of May whose channel nobody knows,
// one of June by the shop.
func won(t *testing.T, settings string, spend ...job.MonthSpend) night.Context {
	t.Helper()
	f := nighttest.Frame(t, "2024-06-20", "")
	f.Job = nighttest.Job(t, "")
	f.Job.CLV.Costs.Acquisition = acquisitions[settings]
	if settings == "spend" {
		f.Spend = &job.Spend{Path: "spend.csv", List: spend}
	}
	c := nighttest.Customers(t,
		nighttest.Order{Customer: "a", Day: "2024-05-01", Amount: 1}, nighttest.Order{Customer: "b", Day: "2024-05-31", Amount: 1},
		nighttest.Order{Customer: "c", Day: "2024-05-09", Amount: 1}, nighttest.Order{Customer: "d", Day: "2024-06-01", Amount: 1},
	)
	c.FirstLabels = []customers.Attribute{{Name: "channel", Values: []string{"web", "web", "", "shop"}}}
	return night.NewContext(f, c)
}

var acquisitions = map[string]job.Acquisition{
	"number":   {Each: 5},
	"channels": {Each: 8, Channels: map[string]float64{"web": 12.5}},
	"spend":    {Spend: "spend.csv"},
}

func costs(t *testing.T, n night.Context) (all []string) {
	t.Helper()
	c := acquisition.Of(n)
	for i := range n.Customers.ID {
		all = append(all, c.Of(i).String())
	}
	return all
}

func month(t *testing.T, text, channel string, amount float64) job.MonthSpend {
	t.Helper()
	m, err := calendar.ParseMonth(text)
	require.NoError(t, err)
	return job.MonthSpend{Month: m, Channel: channel, Amount: money.FromFloat(amount)}
}

func TestCostsByRule(t *testing.T) {
	n := won(t, "number")
	require.Equal(t, []string{"5.00", "5.00", "5.00", "5.00"}, costs(t, n))
	require.False(t, acquisition.Of(n).Differ())
	n = won(t, "channels")
	require.Equal(t, []string{"12.50", "12.50", "8.00", "8.00"}, costs(t, n))
	require.True(t, acquisition.Of(n).Differ())
	require.Empty(t, n.Warnings.All())
}

// What was spent on a channel is shared among those won by it, what was spent on none among
// all of the month, to the millionth. What is after the night is not known, and what won
// nobody is nobody's.
func TestCostsBySpend(t *testing.T) {
	n := won(t, "spend", month(t, "2024-05", "", 1), month(t, "2024-05", "web", 10), month(t, "2024-06", "web", 99),
		month(t, "2024-06", "shop", 4), month(t, "2024-04", "web", 7), month(t, "2024-07", "shop", 5))
	require.Equal(t, []string{"5.333334", "5.333333", "0.333333", "4.00"}, costs(t, n))
	require.Empty(t, n.Warnings.All())
}

// A month without a line is warned of, but for that of the night; a line of 0 says that nothing
// was spent.
func TestMonthsWithoutALine(t *testing.T) {
	n := won(t, "spend", month(t, "2024-04", "", 7))
	require.Equal(t, []string{"0.00", "0.00", "0.00", "0.00"}, costs(t, n))
	require.Equal(t, []string{"spend.csv (clv.costs.acquisition.spend) has no line for 2024-05: winning the 3 customers of then counts as 0; add what was spent, or lines with the amount 0"}, n.Warnings.All())
	n = won(t, "spend", month(t, "2024-05", "", 0))
	require.Equal(t, []string{"0.00", "0.00", "0.00", "0.00"}, costs(t, n))
	require.Empty(t, n.Warnings.All())
}

func TestChannelsThatWonNobody(t *testing.T) {
	n := won(t, "spend", month(t, "2024-05", "Web", 10), month(t, "2024-05", "tv", 10))
	require.Equal(t, []string{"0.00", "0.00", "0.00", "0.00"}, costs(t, n))
	require.Equal(t, []string{"clv.costs.acquisition names channels by which nobody was won: Web, tv; first purchases came by shop, web: see whether they are spelt alike"}, n.Warnings.All())
	n = won(t, "channels")
	n.Customers.FirstLabels = nil
	require.Equal(t, []string{"8.00", "8.00", "8.00", "8.00"}, costs(t, n))
	require.Equal(t, []string{"clv.costs.acquisition names channels by which nobody was won: web; no first purchase has a channel"}, n.Warnings.All())
}

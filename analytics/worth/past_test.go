package worth

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/worth/acquisition"
	"clientele/clv"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// costs are those of every kind, each another.
const costs = "clv: {unit: day, margin: 0.4, costs: {acquisition: 1, per_order: 2, per_year_alive: 36.525}}\n"

// ann bought for 100 on two orders of one day and for 60 ten days later, and gave 10
// back: 150 net, three orders, 30 days known.
func ann(t *testing.T) *customers.Table {
	return nighttest.Customers(t,
		nighttest.Order{Customer: "ann", Day: "2024-06-01", Amount: 70}, nighttest.Order{Customer: "ann", Day: "2024-06-01", Amount: 30},
		nighttest.Order{Customer: "ann", Day: "2024-06-11", Amount: 60}, nighttest.Order{Customer: "ann", Day: "2024-06-12", Amount: -10},
	)
}

const tonight = "2024-07-01" // 30 days after ann's first

func context(t *testing.T, settings string, c *customers.Table, edit func(f *night.Frame)) night.Context {
	t.Helper()
	f := nighttest.Frame(t, tonight, settings)
	if edit != nil {
		edit(&f)
	}
	return night.NewContext(f, c)
}

func pastValueOf(n night.Context) []float64 { return pastValue(n, acquisition.Of(n)) }

// Worked by hand: 0.4 of 150, less 1, three orders of 2 and 30 days of 0.1.
func TestPastValue(t *testing.T) {
	require.Equal(t, []float64{0.4*150 - 1 - 3*2 - 30*0.1}, pastValueOf(context(t, costs, ann(t), nil)))
	for setting, cost := range map[string]float64{"acquisition: 1": 1, "per_order: 2": 6, "per_year_alive: 36.525": 3} {
		require.Equal(t, []float64{150 - cost}, pastValueOf(context(t, "clv: {costs: {"+setting+"}}\n", ann(t), nil)), setting)
	}
}

// What mapped costs leave is the margin, and clv.margin takes no share of it again.
func TestPastValueWithMappedCosts(t *testing.T) {
	c := ann(t)
	c.Cost[0] = money.FromFloat(90)
	n := context(t, "clv: {margin: 0.4}\n", c, func(f *night.Frame) { f.HasCost = true })
	require.Equal(t, []float64{60}, pastValueOf(n))
	require.InDelta(t, 60./150, margin(n), 1e-15)
	require.Empty(t, n.Warnings.All())

	n.HasCost = false
	require.Equal(t, []float64{60}, pastValueOf(n)) // 0.4 of 150
	require.InDelta(t, 0.4, margin(n), 0)
}

func TestMarginOfASellerAtALoss(t *testing.T) {
	c := ann(t)
	c.Cost[0] = money.FromFloat(150)
	n := context(t, "", c, func(f *night.Frame) { f.HasCost = true })
	require.Zero(t, margin(n))
	require.Equal(t, []string{"clv: costs are not below net spend (150.00 of 150.00), so the margin is 0 and no future purchase is worth anything"}, n.Warnings.All())
}

func TestPanel(t *testing.T) {
	p := panelOf(ann(t), calendar.DayOf(nighttest.Day(t, tonight)), 7)
	require.Equal(t, []float64{1}, p.X)
	require.Equal(t, []float64{10. / 7}, p.TX)
	require.Equal(t, []float64{30. / 7}, p.T)
	require.InDeltaSlice(t, []float64{0.35667494393873245}, p.LnGaps, 1e-15) // ln(10/7)
}

// 150 of 160 were kept, of the first day's 100 and of the second's 60 alike.
func TestSpendHistory(t *testing.T) {
	require.Equal(t, []clv.SpendHistory{{Repeats: 1, Paid: 1, First: 100 * 150. / 160, Mean: 60 * (150. / 160)}}, spendHistories(ann(t)))
	gaveBack := nighttest.Customers(t, nighttest.Order{Customer: "a", Day: "2024-06-01", Amount: 10}, nighttest.Order{Customer: "a", Day: "2024-06-02", Amount: 5},
		nighttest.Order{Customer: "a", Day: "2024-06-03", Amount: -15})
	require.Equal(t, []clv.SpendHistory{{Repeats: 1, FirstUnpaid: true}}, spendHistories(gaveBack))
	firstFree := nighttest.Customers(t, nighttest.Order{Customer: "a", Day: "2024-06-01", Amount: 0}, nighttest.Order{Customer: "a", Day: "2024-06-02", Amount: 5})
	require.Equal(t, []clv.SpendHistory{{Repeats: 1, Paid: 1, FirstUnpaid: true, Mean: 5}}, spendHistories(firstFree))
}

// Amounts in billions are nothing that a model can be fitted to: a purchase is what a
// purchase day was, however many orders it had.
func TestSpendWithoutAModel(t *testing.T) {
	c := nighttest.Customers(t, nighttest.Order{Customer: "a", Day: "2024-06-01", Amount: 7e9}, nighttest.Order{Customer: "a", Day: "2024-06-01", Amount: 3e9},
		nighttest.Order{Customer: "b", Day: "2024-06-02", Amount: 5}, nighttest.Order{Customer: "b", Day: "2024-06-03", Amount: -9})
	n := context(t, "", c, nil)
	s, err := fitSpend(n, 3)
	require.NoError(t, err)
	require.Nil(t, s.fit)
	require.Equal(t, []float64{1e10, 0}, s.expected)
	require.Len(t, n.Warnings.All(), 1)
	require.Contains(t, n.Warnings.All()[0], "expected_spend is the customer's own mean per purchase day")
}

func TestOrdersAheadOnlyWhereTheyCost(t *testing.T) {
	b, err := baskets(context(t, "", ann(t), nil), []float64{7})
	require.NoError(t, err)
	require.Equal(t, clv.Baskets{Spend: []float64{7}}, b)
	b, err = baskets(context(t, costs, ann(t), nil), []float64{7})
	require.NoError(t, err)
	require.Len(t, b.Orders, 1)
	require.Greater(t, b.Orders[0], 1.)
}

// The mean is over those who never paid: not over all who came back.
func TestWarnOfUnpaid(t *testing.T) {
	n := context(t, "clv: {}\n", ann(t), nil)
	s := spending{
		fit:      &clv.SpendFit{Unpaid: 2, Repeat: 3},
		expected: []float64{4, 6, 100, 50},
	}
	s.warnOfUnpaid(n, []clv.SpendHistory{{Repeats: 1}, {Repeats: 2}, {Repeats: 1, Paid: 1}, {}})
	require.Len(t, n.Warnings.All(), 1)
	require.Contains(t, n.Warnings.All()[0], "2 of 3 customers")
	require.Contains(t, n.Warnings.All()[0], "expected_spend, 5.00 on average")
}

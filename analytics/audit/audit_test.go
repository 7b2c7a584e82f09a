package audit

import (
	"fmt"
	"maps"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/history"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/clv"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

const tonight, then = "2024-06-30", "2024-03-31" // 91 days

func day(text string) calendar.Day {
	d, err := calendar.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

// shop is three customers: a bought once since, for 20, b twice, for 30, of which a third
// went back, and c not at all.
func shop() *customers.Table {
	return &customers.Table{
		ID: []string{"a", "b", "c"}, DayStart: []int64{0, 2, 4, 5},
		Days:    []int32{day("2024-03-31"), day("2024-04-01"), day("2024-05-01"), day("2024-06-30"), day("2024-01-01")},
		DaySold: []float64{10, 20, 12, 18, 5},
		Net:     amounts(30, 20, 5), Sold: amounts(30, 30, 5),
	}
}

func amounts(values ...float64) []money.Amount {
	of := make([]money.Amount, len(values))
	for i, v := range values {
		of[i] = money.FromFloat(v)
	}
	return of
}

func auditorOf(t *testing.T, settings string) auditor {
	t.Helper()
	return auditor{night.NewContext(nighttest.Frame(t, tonight, settings), shop()), customers.SampleSize}
}

// What happened on the day itself was known; what came since is less what went back.
func TestSince(t *testing.T) {
	d := auditorOf(t, "").since(day(then))
	require.Equal(t, []float64{1, 2, 0}, d.purchases)
	require.InDeltaSlice(t, []float64{20, 20, 0}, d.money, 1e-12)
}

// A day on which more was given back than bought is a purchase that brought nothing; what
// comes after tonight is not known yet.
func TestSinceOfOddDays(t *testing.T) {
	n := auditorOf(t, "")
	n.Customers.DaySold[1], n.Customers.DaySold[2] = -20, 0
	n.Customers.Days[3]++
	d := n.since(day(then))
	require.Equal(t, []float64{1, 1, 0}, d.purchases)
	require.Equal(t, []float64{0, 0, 0}, d.money)
}

// state is what that night remembered of a, b and c, and of d, who is gone.
func state(t *testing.T, more map[*column.Column]any) *publication.State {
	t.Helper()
	columns := map[*column.Column]any{
		column.LifecycleStage: []string{"decline", "decline", "decline", "decline"}, column.FormerRate: []float64{8, 12, 1, 1},
	}
	maps.Copy(columns, more)
	s, err := publication.StateOf([]string{"a", "b", "c", "d"}, columns)
	require.NoError(t, err)
	return s
}

// Half of the former rate is 4 a year of a, 1 in 91 days, and 6 of b, which is 2 as no
// part of a purchase can be made.
func TestDeclined(t *testing.T) {
	n := auditorOf(t, "")
	wentOn := int64(2)
	require.Equal(t, &publication.AuditedDecline{Customers: 3, CameBack: 2, WentOn: &wentOn}, declined(state(t, nil), []int{0, 1, 2}, n.since(day(then)), 91))
	wentOn = 1
	faster := state(t, map[*column.Column]any{column.FormerRate: []float64{9, 12, 1, 1}})
	require.Equal(t, &publication.AuditedDecline{Customers: 3, CameBack: 2, WentOn: &wentOn}, declined(faster, []int{0, 1, 2}, n.since(day(then)), 91))
	require.Nil(t, declined(nil, []int{0}, deeds{}, 91), "that night knew no stages")
	calm := state(t, map[*column.Column]any{column.LifecycleStage: []string{"stability", "decline", "formation", "decline"}})
	require.EqualValues(t, 1, declined(calm, []int{0, 1, 2}, n.since(day(then)), 91).Customers)
	require.EqualValues(t, 1, declined(calm, []int{0, 1, -1}, n.since(day(then)), 91).Customers, "c is new")
}

// forecasting is a night with a model, as of which the customers are known by name.
func forecasting(t *testing.T) *history.Night {
	t.Helper()
	first, last := day("2024-01-01"), day("2024-03-01")
	return &history.Night{
		AsOf: then,
		Model: &publication.Model{File: clv.File{
			Model: "pareto-nbd", Unit: "week", Params: map[string]float64{"r": 0.55, "alpha": 10.58, "s": 0.61, "beta": 11.67},
		}},
		Members: state(t, map[*column.Column]any{
			column.ExpectedSpend: []float64{10, 20, 30, 40}, column.PurchaseDays: []int64{3, 4, 1, 9},
			column.FirstDay: []int32{first, first, first, first}, column.LastDay: []int32{last, last, first, last},
		}),
	}
}

// Each number is what clv says of the customers as they were that night, over the days
// since, in its own unit of time.
func TestForecast(t *testing.T) {
	a, err := auditorOf(t, "").of(forecasting(t))
	require.NoError(t, err)
	require.Equal(t, then, a.AsOf)
	require.EqualValues(t, 91, a.Days)
	f := a.Forecast
	require.EqualValues(t, 3, f.Customers)
	m, err := clv.NewModel("pareto-nbd", map[string]float64{"r": 0.55, "alpha": 10.58, "s": 0.61, "beta": 11.67})
	require.NoError(t, err)
	x, tx, age := []float64{2, 3, 0}, []float64{60. / 7, 60. / 7, 0}, 90./7
	expected, inMoney := 0., 0.
	for i, spend := range []float64{10, 20, 30} {
		purchases := m.CET(13, x[i], tx[i], age)
		expected, inMoney = expected+purchases, inMoney+spend*purchases
	}
	require.InDelta(t, expected, f.Expected, 1e-9)
	require.InDelta(t, inMoney, f.ExpectedMoney, 1e-6)
	require.InDelta(t, 3, f.Purchases, 0)
	require.InDelta(t, 40, f.Money, 1e-12)
	require.Equal(t, f.Low <= 40 && 40 <= f.High, f.Held)
	require.Len(t, f.Deciles, 3)
	first := f.Deciles[0] // b, who is expected to buy most
	require.InDelta(t, first.Expected, m.CET(13, x[1], tx[1], age), 1e-9)
	require.InDelta(t, 2, first.Purchases, 0)
}

// Of whom no spend was expected nothing was forecast, and what they did does not count.
func TestForecastOfThoseWithoutSpend(t *testing.T) {
	then := forecasting(t)
	then.Members.Numbers(column.ExpectedSpend)[1] = math.NaN()
	a, err := auditorOf(t, "").of(then)
	require.NoError(t, err)
	require.EqualValues(t, 2, a.Forecast.Customers)
	require.InDelta(t, 1, a.Forecast.Purchases, 0)
	require.InDelta(t, 20, a.Forecast.Money, 1e-12)
	require.Len(t, a.Forecast.Deciles, 2)
}

// What earlier forecasts missed makes the interval wider.
func TestIntervalAllowsForWhatWasMissed(t *testing.T) {
	plain, err := auditorOf(t, "").of(forecasting(t))
	require.NoError(t, err)
	missed := forecasting(t)
	w := publication.Weighing{Weights: map[string]float64{"pareto-nbd": 1}, Level: publication.Level{Variance: 1, Days: 91}}
	missed.Model.Stacking = &publication.Stacking{On: day("2024-03-01"), From: w, To: w}
	wide, err := auditorOf(t, "").of(missed)
	require.NoError(t, err)
	require.Greater(t, wide.Forecast.High, plain.Forecast.High)
	require.Less(t, wide.Forecast.Low, plain.Forecast.Low)
}

// In a large shop a sample is looked at.
func TestSample(t *testing.T) {
	n := auditorOf(t, "")
	c := &customers.Table{DayStart: []int64{0}}
	then := forecasting(t)
	var ids []string
	columns := map[*column.Column]any{}
	var spend []float64
	var bought []int64
	var first []int32
	for i := range 100 {
		ids = append(ids, fmt.Sprintf("c%02d", i))
		spend, bought, first = append(spend, 1), append(bought, 2), append(first, day("2024-01-01"))
		c.DayStart, c.Net, c.Sold = append(c.DayStart, 0), append(c.Net, money.Amount{}), append(c.Sold, money.Amount{})
	}
	columns[column.ExpectedSpend], columns[column.PurchaseDays], columns[column.FirstDay], columns[column.LastDay] = spend, bought, first, first
	c.ID = ids
	var err error
	then.Members, err = publication.StateOf(ids, columns)
	require.NoError(t, err)
	n.Customers, n.about = c, 10
	a, err := n.of(then)
	require.NoError(t, err)
	require.InDelta(t, 10, a.Forecast.Customers, 9)
	require.Len(t, a.Forecast.Deciles, min(10, int(a.Forecast.Customers)))
	n.about = 100
	a, err = n.of(then)
	require.NoError(t, err)
	require.EqualValues(t, 100, a.Forecast.Customers)
	require.EqualValues(t, 10, a.Forecast.Deciles[9].Customers)
}

func TestNothingWasForecast(t *testing.T) {
	n := auditorOf(t, "")
	without := forecasting(t)
	without.Model = nil
	a, err := n.of(without)
	require.NoError(t, err)
	require.Nil(t, a.Forecast)
	require.NotNil(t, a.Declined)
	stranger := forecasting(t)
	stranger.Members, err = publication.StateOf([]string{"z"}, map[*column.Column]any{
		column.ExpectedSpend: []float64{1}, column.PurchaseDays: []int64{1}, column.FirstDay: []int32{1}, column.LastDay: []int32{1},
	})
	require.NoError(t, err)
	a, err = n.of(stranger)
	require.NoError(t, err)
	require.Nil(t, a.Forecast)
	require.Nil(t, a.Declined)
}

// A broken promise is one that chance does not break: 10 of 100 may go on, and three
// standard errors more, 9.
func TestBrokenPromises(t *testing.T) {
	for _, c := range []struct {
		wentOn int64
		days   int32
		warned bool
	}{{19, 91, false}, {20, 91, true}, {20, 90, false}} {
		n := auditorOf(t, "stages: {decline: {false_share: 0.1}}\n")
		n.warn(publication.AuditedNight{AsOf: then, Days: c.days, Declined: &publication.AuditedDecline{Customers: 100, WentOn: &c.wentOn}})
		require.Equal(t, c.warned, len(n.Warnings.All()) == 1, "%+v", c)
	}
	n := auditorOf(t, "")
	n.warn(publication.AuditedNight{AsOf: then, Days: 30, Forecast: &publication.AuditedForecast{Money: 12, Low: 20, High: 30}})
	require.Equal(t, []string{"audit: the customers of 2024-03-31 brought 12.00 in the 30 days since, outside the 90% interval of then, 20.00 to 30.00"}, n.Warnings.All())
}

// Without a night before there is nothing to audit, and a list that is empty.
func TestFirstNight(t *testing.T) {
	found, err := Run(auditorOf(t, "").Context)
	require.NoError(t, err)
	require.Equal(t, []publication.AuditedNight{}, found)
}

// Forecasts tried over a quarter were tried over half of half a year.
func TestWhatForecastsMissed(t *testing.T) {
	w := publication.Weighing{Level: publication.Level{Variance: 4, Days: 91}}
	of := forecast{model: &publication.Model{Stacking: &publication.Stacking{From: w, To: w}}, days: 4 * 91}
	require.Equal(t, clv.Past{Drift: 8, Tested: 0.25}, of.past())
}

// Those expected to buy most come first, each with their own spend and deeds.
func TestDeciles(t *testing.T) {
	since := deeds{purchases: []float64{5, 6, 7}, money: []float64{50, 60, 70}}
	require.Equal(t, []publication.AuditedDecile{
		{Customers: 1, Expected: 3, Purchases: 5, ExpectedMoney: 60, Money: 50},
		{Customers: 1, Expected: 2, Purchases: 6, ExpectedMoney: 10, Money: 60},
		{Customers: 1, Expected: 1, Purchases: 7, ExpectedMoney: 15, Money: 70},
	}, deciles([]float64{1, 3, 2}, []float64{15, 20, 5}, []int{2, 0, 1}, since))
}

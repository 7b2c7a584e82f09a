package worth

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/worth/valuation"
	"clientele/clv"
	"clientele/internal/money"
	"clientele/internal/wording"
)

// simulated are customers who buy at rates of their own and leave at random, up to tonight.
func simulated(size int) *customers.Table {
	r := rand.New(rand.NewPCG(3, 4))
	last, c := int32(19905), &customers.Table{DayStart: []int64{0}} // 2024-07-01
	for i := range size {
		day := last - 700 + r.Int32N(500)
		until, gap := float64(day)+400*r.ExpFloat64(), 20+60*r.ExpFloat64()
		c.ID = append(c.ID, fmt.Sprintf("c%04d", i))
		c.FirstDay = append(c.FirstDay, day)
		var sold, first, paid float64
		days := int64(0)
		for at := float64(day); at < min(until, float64(last)) || days == 0; at += 1 + gap*r.ExpFloat64() {
			amount := math.Round(2000*r.ExpFloat64()+100) / 100
			c.Days, c.DaySold = append(c.Days, int32(at)), append(c.DaySold, amount)
			sold += amount
			if days == 0 {
				first = amount
			}
			days, paid = days+1, paid+1
		}
		c.LastDay = append(c.LastDay, c.Days[len(c.Days)-1])
		c.DayStart = append(c.DayStart, int64(len(c.Days)))
		c.Orders, c.PurchaseDays, c.PaidDays = append(c.Orders, days), append(c.PurchaseDays, days), append(c.PaidDays, int64(paid))
		c.Net, c.Sold = append(c.Net, money.FromFloat(sold)), append(c.Sold, money.FromFloat(sold))
		c.FirstSold, c.Cost = append(c.FirstSold, money.FromFloat(first)), append(c.Cost, money.Amount{})
	}
	return c
}

func value(t *testing.T, settings string, c *customers.Table) (*Result, night.Context) {
	t.Helper()
	n := context(t, settings, c, nil)
	w, err := Run(n)
	require.NoError(t, err)
	return w, n
}

func TestOff(t *testing.T) {
	w, _ := value(t, "clv: off\n", ann(t))
	require.Nil(t, w)
	require.False(t, w.Modelled())
	require.Nil(t, w.Metrics())
	require.Nil(t, w.Model())
	require.Nil(t, w.Weights(0))
}

// Every number of every customer is what clv says of the fitted model, worked out here
// one by one.
func TestValuesOfAModel(t *testing.T) {
	c := simulated(100)
	w, _ := value(t, "clv: {model: pareto-nbd, unit: day, horizon: 100 days, discount_rate: 0.2, margin: 0.5, costs: {acquisition: 3, per_order: 1, per_year_alive: 2}}\n", c)
	require.True(t, w.Modelled())
	m := w.models.fits[0].Model
	b, err := clv.NewBlend([]clv.Member{{Model: m, Weight: 1}})
	require.NoError(t, err)
	delta := math.Log(1.2) / 365.25
	s := clv.ScoreBlend(b, w.Panel, clv.ScoreOptions{Horizon: 100, Delta: delta, Workers: 1, WithDECT: true, WithAliveTime: true, WithNone: true, NoneWithin: 91})
	orders, err := clv.OrdersPerPurchase(customers.Floats(c.Orders), customers.Floats(c.PurchaseDays), 1)
	require.NoError(t, err)
	for _, i := range []int{0, 1, 17, 99} {
		require.InDelta(t, m.PAlive(w.Panel.X[i], w.Panel.TX[i], w.Panel.T[i]), w.PAlive[i], 1e-12)
		require.InDelta(t, m.CET(100, w.Panel.X[i], w.Panel.TX[i], w.Panel.T[i]), w.Expected[i], 1e-9)
		require.InDelta(t, 1-s.None[i], w.PNext[i], 0)
		future := (0.5*w.Spend[i]-1*orders[i])*s.DECT[i] - 2*s.AliveTime[i]/365.25
		require.InDelta(t, future, w.Future[i], 1e-6)
		require.InDelta(t, w.Past[i]+w.Future[i], w.CLV[i], 1e-6)
		require.LessOrEqual(t, w.Low[i], w.High[i])
	}
	require.Equal(t, map[string][]float64{
		"clv": w.CLV, "past_value": w.Past, "future_value": w.Future, "p_alive": w.PAlive, "expected_purchases": w.Expected,
	}, nighttest.Numbers(w.Metrics()))
	nighttest.RequireMetrics(t, column.Worth, w.Metrics())
	require.Less(t, w.Bounds.Low, sum(w.Future))
	require.Greater(t, w.Bounds.High, sum(w.Future))
	require.InDelta(t, min(100, 365.25/math.Log(1.2)), w.valuer.Days(), 1e-9)
}

func sum(values []float64) (s float64) {
	for _, v := range values {
		s += v
	}
	return s
}

// At the pace that the model expects of one who has just bought, value is the model's own.
func TestValueAtAPace(t *testing.T) {
	w, _ := value(t, "clv: {model: bg-nbd, unit: day, horizon: 100 days, discount_rate: 0, margin: 0.5, costs: {per_year_alive: 2}}\n", simulated(100))
	m := w.models.fits[0].Model
	rate := slices.Repeat([]float64{3}, len(w.Past))
	for i, v := range w.AtPace(rate)[:5] {
		years := m.AliveTime(100, 0, w.Panel.X[i], w.Panel.TX[i], w.Panel.TX[i]) / 365.25
		require.InDelta(t, 0.5*w.Spend[i]*3*years-2*years, v, 1e-4)
	}
}

// A shop that nobody came back to has no model, and says so.
func TestWithoutAModel(t *testing.T) {
	c := simulated(30)
	for i := range c.ID { // all bought once
		c.PurchaseDays[i], c.PaidDays[i], c.LastDay[i] = 1, 1, c.FirstDay[i]
	}
	c.Days, c.DaySold, c.DayStart = slices.Clone(c.FirstDay), make([]float64, c.Len()), []int64{0}
	for i := range c.ID {
		c.DayStart = append(c.DayStart, int64(i+1))
	}
	w, n := value(t, "clv: {model: bg-nbd}\n", c)
	require.False(t, w.Modelled())
	require.Nil(t, w.PAlive)
	require.Equal(t, w.Past, w.CLV)
	require.Equal(t, make([]float64, c.Len()), w.Future)
	require.True(t, math.IsNaN(w.Metrics()["p_alive"]()[0]))
	require.Nil(t, w.Weights(0))
	m := w.Model()
	require.Equal(t, "none", m.Model)
	require.NotEmpty(t, m.Refused)
	require.Contains(t, n.Warnings.All()[0], "p_alive, expected_purchases and future_value are empty, and clv is past value")
}

func TestModelFileOfABlend(t *testing.T) {
	w, _ := value(t, "", simulated(200))
	m := w.Model()
	require.Equal(t, "blend", m.Model)
	require.Equal(t, "week", m.Unit)
	require.NotEmpty(t, m.ChosenOn)
	require.NotEmpty(t, m.Backtest)
	require.NotNil(t, m.Spend)
	require.Equal(t, m.Stacking.At(19905).Weights, w.Weights(19905))
	total := 0.
	for _, member := range m.Members {
		total += member.Weight
	}
	require.InDelta(t, 1, total, 1e-12)
}

func TestWholeDaysAreOfNoUseToStages(t *testing.T) {
	w, _ := value(t, "clv: {model: bg-bb, unit: day}\n", simulated(60))
	require.True(t, w.Modelled())
	require.Nil(t, w.Weights(19905))
}

// The largest reason is the one that is given.
func TestWhyEquityIsWide(t *testing.T) {
	w := &Result{}
	w.valuer = valuer{Rules: valuation.Rules{UnitDays: 1, Horizon: 100}}
	level := publication.Level{Variance: 0.04, Days: 50}
	for _, c := range []struct {
		width publication.EquityWidth
		want  string
	}{
		{publication.EquityWidth{Chance: 4, Parameters: 1, Members: 2, Money: 3}, "there are few customers, and what they happen to do does not average out"},
		{publication.EquityWidth{Chance: 1, Parameters: 4, Members: 2, Money: 3}, "too few purchases pin the models down"},
		{publication.EquityWidth{Chance: 1, Parameters: 2, Members: 4, Money: 3}, "the models of the blend are far apart"},
		{publication.EquityWidth{Chance: 1, Parameters: 2, Members: 3, Money: 4}, "forecasts of the money of this shop were off by 20% over 50 days, and the horizon is 100 days"},
	} {
		w.Bounds.Width = c.width
		require.Equal(t, c.want, w.whyWide(level).String())
	}
	require.Equal(t, "no forecast of the money of this shop could be tried yet", w.whyWide(publication.Level{}).String())
	w.choice.untested = wording.Words("too young")
	require.Equal(t, "no forecast of the money of this shop could be tried yet", w.whyWide(level).String())
}

func TestWarnOfWidth(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		warned    bool
	}{{1, 1.99, false}, {1, 2, true}, {0, 1, true}, {-1, -0.5, true}} {
		w, n := &Result{Bounds: Bounds{Low: c.low, High: c.high}}, context(t, "", ann(t), nil)
		w.warnOfWidth(n, publication.Level{})
		require.Equal(t, c.warned, len(n.Warnings.All()) > 0, "%v", c)
	}
}

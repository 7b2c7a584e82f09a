package backtest

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// lastOrigin is the last that Plan chooses for the truths of this package, and
// the day after it is when a shop changes.
const lastOrigin = 412

// latest backtests the last split alone.
func (v truth) latest(t testing.TB, seed uint64, customers int, models ...string) *Report {
	t.Helper()
	o := v.options(models...)
	o.Origins = []int32{lastOrigin}
	return run(t, v.history(seed, customers), o)
}

// A shop whose customers buy half or twice as often from the split on is told
// of, always, and one that goes on as it did never.
func TestChangedShopsAreTold(t *testing.T) {
	for seed := range uint64(4) {
		for _, v := range []truth{bgTruth, mbgTruth, paretoTruth} {
			r := v.latest(t, 2000+seed, 1500, "mbg-nbd", "bg-nbd")
			require.Empty(t, r.Choose().Drifted.String())
			for _, v.speed = range []float64{0.5, 2} {
				v.change = lastOrigin + 1
				c := v.latest(t, 2000+seed, 1500, "mbg-nbd", "bg-nbd").Choose()
				require.Contains(t, c.Drifted.String(), "the shop has changed: in the latest 133 days", "seed %d, %+v", seed, v)
				require.False(t, c.Refused)
			}
		}
	}
}

// The blend of models predicts as well as the true one, which it cannot know, and
// its intervals hold what they promise.
func TestBlendIsAsGoodAsTheTruth(t *testing.T) {
	const shops = 6
	for _, c := range []struct {
		name  string
		truth truth
	}{{"bg-nbd", bgTruth}, {"mbg-nbd", mbgTruth}, {"nbd", nbdTruth}} {
		behind, coverage, weight := 0.0, 0.0, 0.0
		for seed := range uint64(shops) {
			r := run(t, c.truth.history(3000+seed, 1500), c.truth.options("bg-nbd", "mbg-nbd", "nbd"))
			choice := r.Choose()
			require.False(t, choice.Refused, choice.Reason.String())
			var blend, own Metrics
			for _, p := range r.Pooled {
				switch p.Name {
				case BlendName:
					blend = p.Metrics
				case c.name:
					own = p.Metrics
				}
			}
			behind += (own.LogScore - blend.LogScore) / shops
			coverage += blend.Coverage.TieSplit / shops
			for _, w := range r.Weights {
				if w.Model == c.name {
					weight += w.Weight / shops
				}
			}
			require.Positive(t, blend.Skill)
		}
		t.Logf("%s: blend %.5f behind, weight of the truth %.2f, intervals of 90%% hold %.1f%%", c.name, behind, weight, 100*coverage)
		require.Less(t, behind, 0.001, c.name)
		require.InDelta(t, IntervalLevel, coverage, 0.02, c.name)
	}
}

// Errors of money are those of the forecasts that a customer-by-customer sum makes.
func TestMoneyIsScored(t *testing.T) {
	h := bgTruth.history(11, 1200)
	h.Spend = make([]float64, len(h.Days))
	for i := range h.Customers() {
		for j := h.Start[i]; j < h.Start[i+1]; j++ {
			h.Spend[j] = 10 + float64(i%7)*5 + float64(j%3)
		}
	}
	o := bgTruth.options("bg-nbd", "mbg-nbd", "nbd")
	r := run(t, h, o)
	require.Len(t, r.Money, len(r.Splits))
	for k, m := range r.Money {
		actual := 0.
		for i := range h.Customers() {
			days := h.customer(i)
			for j, day := range days {
				if days[0] <= m.Origin && day > m.Origin && day <= r.Splits[k].End {
					actual += h.Spend[h.Start[i]+int64(j)]
				}
			}
		}
		require.InDelta(t, actual, m.Actual, 1e-6)
		require.InDelta(t, math.Log(actual/m.Expected), m.Error(), 1e-9)
		require.InDelta(t, 0, m.Error(), 0.25)
	}
	// The same bits whatever the order.
	n := h.Customers()
	mixed := History{Start: []int64{0}}
	for i := range n {
		c := (i*7 + 3) % n
		mixed.Days = append(mixed.Days, h.customer(c)...)
		mixed.Spend = append(mixed.Spend, h.Spend[h.Start[c]:h.Start[c+1]]...)
		mixed.Start = append(mixed.Start, int64(len(mixed.Days)))
	}
	o.Workers = 3
	require.Equal(t, r.Money, run(t, mixed, o).Money)
}

func TestLevel(t *testing.T) {
	r := &Report{Holdout: 100}
	l := r.Level()
	require.Zero(t, l.Pace)
	require.Zero(t, l.Spend)
	require.InDelta(t, usualError*usualError, l.Variance, 1e-15)
	for _, v := range []float64{0.3, 0.1, 0.2} {
		r.Purchases = append(r.Purchases, v/2)
		r.Money = append(r.Money, MoneyForecast{Expected: 100, Actual: 100 * math.Exp(v), Purchases: v / 2})
	}
	l = r.Level()
	pace := 0.1 * (1 - 0.0025/(3*0.01)) // mean 0.1, variance 0.0025
	require.InDelta(t, pace, l.Pace, 1e-12)
	require.InDelta(t, 0.075, l.Spend, 1e-12, "three quarters of the mean of 0.1")
	squares := 0.
	for _, v := range []float64{0.3, 0.1, 0.2} {
		squares += (v - pace - 0.075) * (v - pace - 0.075)
	}
	require.InDelta(t, (2*usualError*usualError+squares)/5, l.Variance, 1e-12)
	require.EqualValues(t, 100, l.Days)
}

func TestShrunkMean(t *testing.T) {
	require.Zero(t, shrunkMean(nil))
	require.InDelta(t, 0.1, shrunkMean([]float64{0.2}), 1e-15)
	require.Zero(t, shrunkMean([]float64{0.1, -0.1}))
	require.Zero(t, shrunkMean([]float64{0.3, -0.2}), "they do not agree")
	require.InDelta(t, -0.2, shrunkMean([]float64{-0.2, -0.2, -0.2}), 1e-15)
}

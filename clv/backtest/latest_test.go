package backtest

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/clv"
)

// priced gives each purchase of a history an amount.
func priced(h History) History {
	h.Spend = make([]float64, len(h.Days))
	for i := range h.Customers() {
		for j := h.Start[i]; j < h.Start[i+1]; j++ {
			h.Spend[j] = 10 + float64(i%7)*5 + float64(j%3)
		}
	}
	return h
}

// seen is a customer of a split, as a slow reader finds them.
type seen struct {
	x, tx, t                   float64
	first                      int32
	later, soon                float64 // purchases in the holdout, and within 91 days
	cet, next, spent, foretold float64
}

// seeAll goes through customers one by one.
func seeAll(h History, l *Latest, m *clv.Model, unit float64) (all []seen) {
	holdout := float64(l.End-l.Origin) / unit
	var histories []clv.SpendHistory
	for i := range h.Customers() {
		days, spend := h.customer(i), h.Spend[h.Start[i]:h.Start[i+1]]
		if days[0] > l.Origin {
			continue
		}
		c := seen{first: days[0], t: float64(l.Origin-days[0]) / unit}
		known := 0
		for k, day := range days {
			switch {
			case day <= l.Origin:
				known++
				c.x, c.tx = float64(known-1), float64(day-days[0])/unit
			case day <= l.End:
				c.later++
				c.spent += spend[k]
				if day <= l.Origin+91 {
					c.soon++
				}
			}
		}
		c.cet, c.next = m.CET(holdout, c.x, c.tx, c.t), 1-m.PMFAhead(0, float64(l.Next.Days)/unit, c.x, c.tx, c.t)
		histories = append(histories, spendHistory(spend[:known]))
		all = append(all, c)
	}
	fit, err := clv.FitSpend(histories, nil, 1)
	if err != nil {
		panic(err)
	}
	model := fit.SpendModel()
	for i := range all {
		all[i].foretold = all[i].cet * model.Expected(histories[i])
	}
	return all
}

func detailed(t *testing.T, h History, models ...string) (*Report, Options) {
	t.Helper()
	o := paretoTruth.options(models...)
	o.Brief, o.Detail = true, true
	return run(t, h, o), o
}

// Each table says what a slow reader finds who goes through customers one by one.
func TestLatestByHand(t *testing.T) {
	h := priced(paretoTruth.history(5, 900))
	r, o := detailed(t, h, "pareto-nbd")
	l, last := r.Latest, r.Splits[len(r.Splits)-1]
	require.Equal(t, []int32{last.Origin, last.End}, []int32{l.Origin, l.End})
	m := last.Models[0].Fit.Model
	all := seeAll(h, l, m, o.UnitDays)
	require.Len(t, all, int(l.Customers))

	groups := make([]RepeatGroup, 8)
	for _, c := range all {
		g := &groups[int(min(c.x, 7))]
		g.Customers++
		g.Actual += c.later
		g.Expected += c.cet
	}
	for i, g := range l.ByRepeats {
		require.Equal(t, i, g.Repeats)
		require.InDelta(t, groups[i].Customers, g.Customers, 0)
		require.InDelta(t, groups[i].Actual, g.Actual, 0)
		require.InDelta(t, groups[i].Expected, g.Expected, 1e-6)
	}

	require.Equal(t, min(91, l.End-l.Origin), l.Next.Days)
	customers := 0.
	for _, bin := range l.Next.Bins {
		n, said, bought := 0., 0., 0.
		for _, c := range all {
			if bin.Low <= c.next && c.next < bin.High {
				n, said = n+1, said+c.next
				bought += min(1, c.soon)
			}
		}
		require.InDelta(t, n, bin.Customers, 0)
		require.InDelta(t, said/n, bin.Said, 1e-9)
		require.InDelta(t, bought/n, bin.Bought, 1e-12)
		customers += bin.Customers
	}
	require.InDelta(t, l.Customers, customers, 0)
	requireDecilesOf(t, l, all)
}

func requireDecilesOf(t *testing.T, l *Latest, all []seen) {
	t.Helper()
	require.True(t, l.Priced)
	slices.SortFunc(all, func(a, b seen) int { return cmp.Compare(b.foretold, a.foretold) })
	tenth := float64(len(all)) / 10
	for d, decile := range l.Deciles {
		require.InDelta(t, tenth, decile.Customers, 1e-9)
		var want MoneyDecile
		for i, c := range all {
			part := min(float64(i+1), tenth*float64(d+1)) - max(float64(i), tenth*float64(d))
			if part = max(0, part); part > 0 {
				want.Actual += part * c.later
				want.Expected += part * c.cet
				want.ActualMoney += part * c.spent
				want.ExpectedMoney += part * c.foretold
			}
		}
		require.InDelta(t, want.ExpectedMoney, decile.ExpectedMoney, 1e-6)
		require.InDelta(t, want.Expected, decile.Expected, 0.5) // customers of one forecast are shared out
		require.InDelta(t, want.ActualMoney, decile.ActualMoney, 0.02*want.ActualMoney+50)
	}
	sum := MoneyDecile{}
	for _, d := range l.Deciles {
		sum.Actual += d.Actual
		sum.ActualMoney += d.ActualMoney
	}
	later, spent := 0., 0.
	for _, c := range all {
		later, spent = later+c.later, spent+c.spent
	}
	require.InDelta(t, later, sum.Actual, 1e-6)
	require.InDelta(t, spent, sum.ActualMoney, 1e-6)
}

// Purchases are tracked from the first day to the last, period by period.
func TestLatestTracking(t *testing.T) {
	h := priced(paretoTruth.history(6, 600))
	r, o := detailed(t, h, "pareto-nbd")
	l, m := r.Latest, r.Splits[len(r.Splits)-1].Models[0].Fit.Model
	next := r.FirstDay
	for _, p := range l.Tracking {
		require.Equal(t, next, p.From)
		actual, expected := 0., 0.
		for i := range h.Customers() {
			days := h.customer(i)
			if days[0] > l.Origin {
				continue
			}
			for _, day := range days[1:] {
				if p.From <= day && day <= p.Until {
					actual++
				}
			}
			curve := func(day int32) float64 { return m.Expected(float64(max(0, day-days[0])) / o.UnitDays) }
			expected += curve(p.Until) - curve(p.From-1)
		}
		require.InDelta(t, actual, p.Actual, 1e-9)
		require.InDelta(t, expected, p.Expected, 1e-6)
		next = p.Until + 1
	}
	require.Equal(t, l.End+1, next)
	require.True(t, slices.ContainsFunc(l.Tracking, func(p Period) bool { return p.Until == l.Origin }))
}

func TestPeriodEnds(t *testing.T) {
	require.Equal(t, []int32{3, 10, 17, 24, 31}, periodEnds(1, 17, 31))
	require.Equal(t, []int32{10, 17, 24, 31, 33}, periodEnds(4, 17, 33), "the last may be shorter")
	require.Equal(t, []int32{8, 9, 10, 11, 12}, periodEnds(8, 10, 12), "by the day in a shop of days")
	ends := periodEnds(0, 700, 756)
	require.Equal(t, []int32{0, 28, 56}, ends[:3])
	require.Equal(t, int32(728), ends[len(ends)-2])
}

// The detail costs the rest of the report no bit, and has the same bits for any order and
// any number of workers.
func TestDetailChangesNothingElse(t *testing.T) {
	h := priced(mbgTruth.history(3, 1500))
	got, o := detailed(t, h, "bg-nbd", "mbg-nbd", "nbd")
	o.Detail = false
	want := run(t, h, o)
	require.Nil(t, want.Latest)
	last := len(got.Splits) - 1
	require.False(t, math.IsNaN(got.Latest.Coverage.Raw))

	o.Brief = false
	require.Equal(t, run(t, h, o).Splits[last].Blend.Coverage, got.Latest.Coverage)

	again := *got
	again.Latest = nil
	again.Splits = slices.Clone(got.Splits)
	again.Splits[last].Blend.Coverage = want.Splits[last].Blend.Coverage
	again.Pooled = want.Pooled // which pools coverages
	require.Equal(t, want.text(), again.text())

	o.Brief, o.Detail, o.Workers = true, true, 3
	require.Equal(t, got.Latest, run(t, h, o).Latest)
}

// Without spend the deciles are by purchases.
func TestLatestWithoutSpend(t *testing.T) {
	r, _ := detailed(t, paretoTruth.history(5, 900), "nbd")
	require.False(t, r.Latest.Priced)
	for i, d := range r.Latest.Deciles[1:] {
		require.LessOrEqual(t, d.Expected, r.Latest.Deciles[i].Expected+1e-9)
		require.Zero(t, d.ActualMoney)
	}
}

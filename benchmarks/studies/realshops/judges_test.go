package main

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/benchmarks/studies/published"
)

// Of five customers four should have bought twice or more, three of them fell, of
// whom two are called, and one is called who did not.
func TestList(t *testing.T) {
	var l list
	for _, c := range []struct {
		called              bool
		bought, own, former float64
	}{
		{true, 0, 4, 3},
		{true, 1, 3, 2},   // 1 is less than half of 3, and half of 2
		{true, 1, 2, 2},   // 1 is not less than half of 2
		{false, 0, 9, 8},  // missed
		{true, 0, 1.9, 1}, // of whom a quarter tells nothing
	} {
		l.add(c.called, c.bought, c.own, c.former)
	}
	require.Equal(t, list{Called: 4, Bought: 2, Pace: 8, WentOn: 2, Known: 3, Right: 2, Fell: 3, Repeats: 5}, l)
	require.InDelta(t, 2./3, l.precision(), 1e-15)
	require.InDelta(t, 2./3, l.recall(), 1e-15)
}

// Of those whom the rules call: who is silent for more than three own gaps has
// been so for longer than three times t_x/x.
func TestCallers(t *testing.T) {
	c := published.Customer{X: 2, TX: 4, T: 10, Stage: "formation", Decline: "watch"}
	called := map[string]bool{}
	for _, rule := range callers {
		called[rule.name] = rule.calls(c, .3)
	}
	require.Equal(t, map[string]bool{
		"decline": false, "decline or watch": true, "momentum < .3": false, "momentum < .5": true, "silent > 3 gaps": false,
	}, called)
	c.T = 10.1
	require.True(t, callers[len(callers)-1].calls(c, 1))
}

func TestTotal(t *testing.T) {
	f := total{Value: 100, Low: 80, High: 125, Actual: 125}
	require.True(t, f.inside())
	require.InDelta(t, math.Log(.8), f.miss(), 1e-15)
	require.InDelta(t, .225, f.halfWidth(), 1e-15)
	require.InDelta(t, math.Log(125./80), f.score(), 1e-15)
	f.Actual = 250
	require.False(t, f.inside())
	require.InDelta(t, math.Log(125./80)+20*math.Log(2), f.score(), 1e-12)
	f.Low = 0
	require.InDelta(t, math.Log(125.)+20*math.Log(2), f.score(), 1e-12)
}

// Later spend of four customers: within, below, above, and where nothing is
// promised nothing came.
func TestIntervals(t *testing.T) {
	f := future{spent: []float64{5, 1, 9, 0}, night: published.Night{Customers: []published.Customer{
		{FutureLow: 2, FutureHigh: 8}, {FutureLow: 2, FutureHigh: 8}, {FutureLow: 0, FutureHigh: 8}, {},
	}}}
	require.Equal(t, intervals{Inside: .5, Below: .25, Above: .25, Promised: .5, Nothing: .25}, f.intervals())
	f.night.Customers[0].FutureLow = math.NaN()
	require.True(t, math.IsNaN(float64(f.intervals().Inside)))
}

// Of twenty customers the two of whom most is at risk count; a third would, were
// there thirty.
func TestAtRisk(t *testing.T) {
	f := future{spent: make([]float64, 20), night: published.Night{Customers: make([]published.Customer, 20)}}
	for i := range f.spent {
		f.spent[i] = float64(i)
		f.night.Customers[i] = published.Customer{Future: 1, AtRisk: float64(i % 15)}
	}
	require.Equal(t, atRisk{Customers: 2, Former: 14 + 1 + 13 + 1, Expected: 2, Actual: 14 + 13}, f.atRisk())
	require.InDelta(t, 27./29, float64(f.atRisk().share(27)), 1e-15)
	require.True(t, math.IsNaN(float64(atRisk{}.share(0))))
}

// Only who did nothing between counts.
func TestMonths(t *testing.T) {
	var m months
	see := func(of ...published.Customer) { m.see(published.Night{Customers: of}) }
	see(published.Customer{ID: "a", PAlive: .9, PNext: .5}, published.Customer{ID: "b", PAlive: .5})
	see(published.Customer{ID: "a", PAlive: .7, PNext: .4}, published.Customer{ID: "b", LastDay: 1, PAlive: .9}, published.Customer{ID: "c"})
	require.Equal(t, 1, m.Alive.N)
	require.InDelta(t, .2, m.Alive.mean(), 1e-15)
}

// Of three called, one leaves by a purchase, one without, and one stays.
func TestWeeks(t *testing.T) {
	w := newWeeks()
	see := func(of ...published.Customer) { w.see(published.Night{Customers: of}) }
	in := func(id string, last int32) published.Customer {
		return published.Customer{ID: id, LastDay: last, Stage: "decline"}
	}
	out := func(id string, last int32) published.Customer {
		return published.Customer{ID: id, LastDay: last, Stage: "formation"}
	}
	see(in("a", 1), in("b", 1), in("c", 1), out("d", 1))
	see(out("a", 1), out("b", 2), in("c", 1), out("d", 1))
	see(in("a", 1), out("b", 2), in("c", 1), out("d", 1))
	require.Equal(t, flutter{Customers: 4, Called: 3, Left: 1}, w.flutter())
}

func TestBins(t *testing.T) {
	f := future{bought: []float64{2, 1, 9}, night: published.Night{Customers: []published.Customer{
		{X: 1, Momentum: .2, Expected: 1}, {X: 1, Momentum: math.NaN(), Expected: 2}, {X: 0, Momentum: .2},
	}}}
	bins := f.paceBins(paces{former: []float64{7, 4, 1}, momentum: []float64{.2, .5, .2}})
	require.Equal(t, paced{Customers: 1, Pace: 5, Expected: 1, Bought: 2}, bins[1], "the publication's own pace")
	require.Equal(t, paced{Customers: 1, Pace: 4, Expected: 2, Bought: 1}, bins[3])
	require.Equal(t, "0.1 to 0.3", binName(1))
}

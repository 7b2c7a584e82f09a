package backtest

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/wording"
)

// reportOf is a report with one split that is long and rich enough.
func reportOf(f Forecast) *Report {
	f.Customers, f.LogScore = 900, -1
	return &Report{
		Models: []string{f.Name}, FirstDay: 1000, Today: 1300, Holdout: 91, MedianGap: 20, Customers: 900, CustomersBack: 300,
		Splits: []Split{{Origin: 1209, End: 1300, Customers: 900, Repeaters: 300, Actual: f.Actual, Models: []Forecast{f}, Blend: f}},
		Scores: []Score{{Model: f.Name, Params: 4, LogScore: -1, Tied: true}}, Weights: []Weight{{f.Name, 1}},
	}
}

// A history that cannot be split well is still of use: the models share it equally.
func TestUntested(t *testing.T) {
	const needs = "the history is too short: "
	for _, c := range []struct {
		calibration, holdout int32
		gap                  float64
		want                 string
	}{
		{55, 28, 10, "55 days to calibrate and 28 to predict, where customers come back after 10 days in the median; at least 56 and 28 are needed"},
		{56, 27, 10, "56 days to calibrate and 27 to predict, where customers come back after 10 days in the median; at least 56 and 28 are needed"},
		{199, 100, 100, "199 days to calibrate and 100 to predict, where customers come back after 100 days in the median; at least 200 and 100 are needed"},
		{200, 99, 100, "200 days to calibrate and 99 to predict, where customers come back after 100 days in the median; at least 200 and 100 are needed"},
		{56, 28, 28, ""},
		{200, 100, 100, ""},
	} {
		r := reportOf(Forecast{Name: "bg-nbd", Metrics: Metrics{Actual: 100, Expected: 100}})
		r.Splits[0].Origin, r.Holdout, r.MedianGap = r.FirstDay+c.calibration, c.holdout, c.gap
		choice := r.Choose()
		require.False(t, choice.Refused)
		if c.want == "" {
			require.Empty(t, choice.Untested.String())
			require.Contains(t, choice.Why.String(), "mean log score -1.0000 per customer in 1 split")
			continue
		}
		require.Contains(t, choice.Untested.String(), needs+c.want)
		require.Contains(t, choice.Why.String(), "equal weights")
	}
	for _, c := range []struct{ repeaters, actual float64 }{{49, 100}, {300, 24}} {
		r := reportOf(Forecast{Name: "bg-nbd", Metrics: Metrics{Actual: c.actual, Expected: c.actual}})
		r.Splits[0].Repeaters = c.repeaters
		choice := r.Choose()
		require.False(t, choice.Refused)
		require.Contains(t, choice.Untested.String(), "too few purchases to tell models apart")
	}
}

// What no interval could be honest about: no customers, three weeks, nobody back.
func TestRefuse(t *testing.T) {
	young := bgTruth.options("mbg-nbd", "nbd")
	young.Today = 20
	thin := bgTruth.options("mbg-nbd")
	for _, c := range []struct {
		h    History
		o    Options
		says string
	}{
		{historyOf(), thin, "there is no customer"},
		{bgTruth.history(1, 3000), young, "the history is too short: 20 days from the first purchase to the last day of observation; at least 56 are needed"},
		{bgTruth.history(1, 12), thin, "customers came back; at least 10 are needed"},
	} {
		choice := run(t, c.h, c.o).Choose()
		require.True(t, choice.Refused)
		require.Contains(t, choice.Reason.String(), c.says)
	}
}

// A shop without a split that tells models apart: those that let customers leave share
// it, and nbd has to wait.
func TestBlendOfAYoungShop(t *testing.T) {
	o := bgTruth.options("pareto-nbd", "nbd", "mbg-nbd")
	o.Today = 70
	r := run(t, bgTruth.history(1, 200), o)
	require.Equal(t, []Weight{{"pareto-nbd", 0.5}, {"nbd", 0}, {"mbg-nbd", 0.5}}, r.Weights)
	o.Models = []string{"nbd"}
	require.Equal(t, []Weight{{"nbd", 1}}, run(t, bgTruth.history(1, 200), o).Weights)
}

// Customers who never leave: neither model can say how they leave.
func TestRefuseNoFit(t *testing.T) {
	o := nbdTruth.options("bg-nbd")
	r := run(t, nbdTruth.history(1, 600), o)
	for i := range r.Splits { // as long as a fit may fail
		r.Splits[i].Models[0].Problem = wording.Words("fit bg-nbd: parameters not identified")
	}
	r.Scores = newComparison(o.Models, 0).scores(shop{}, r.Splits)
	r.Weights = r.blend(nil)
	c := r.Choose()
	require.True(t, c.Refused)
	require.Equal(t, "no candidate could be fitted: bg-nbd: calibrated on 600 customers: fit bg-nbd: parameters not identified", c.Reason.String())
}

func TestDrifted(t *testing.T) {
	for _, c := range []struct {
		name             string
		expected, actual float64
		told             bool
	}{
		{"far off", 1200, 600, true},
		{"the other way", 600, 1200, true},
		{"just beyond", 1000, 799, true},
		{"within", 1000, 801, false},
		{"within, above", 1000, 1249, false},
		{"too few to tell", 20, 10, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			choice := reportOf(Forecast{Name: "bg-nbd", Metrics: Metrics{Expected: c.expected, Actual: c.actual}}).Choose()
			require.Equal(t, c.told, choice.Drifted.String() != "")
			require.False(t, choice.Refused)
			if c.name == "far off" {
				require.Equal(t, "the shop has changed: in the latest 91 days 1200 purchases were expected and 600 were made, 0.50 times as many; "+
					"look for a season, new prices or a change of the export, and if it is there to stay start the history after it", choice.Drifted.String())
			}
		})
	}
}

// The weights maximise the score: no exchange between two
// members raises it.
func TestStackIsTheMaximum(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 4))
	var all []observation
	for range 400 {
		e := observation{customers: 1 + float64(dice.IntN(5))}
		for m := range 4 {
			e.logScores = append(e.logScores, -1-dice.ExpFloat64()*(1+0.1*float64(m%3)))
			e.lnCounts = append(e.lnCounts, -dice.ExpFloat64()*float64(m%2))
		}
		all = append(all, e)
	}
	value := func(w []float64) (sum float64) {
		for _, e := range all {
			p, count := 0., 0.
			for m, v := range e.logScores {
				p += w[m] * math.Exp(e.lnCounts[m]+v)
				count += w[m] * math.Exp(e.lnCounts[m])
			}
			sum += e.customers * math.Log(p/count)
		}
		for _, v := range w {
			if v > 0 { // who is left out has no say
				sum += stackPrior * math.Log(v)
			}
		}
		return sum
	}
	w := stack(all, 4)
	top := value(w)
	for a := range w {
		for b := range w {
			moved := append([]float64{}, w...)
			moved[a] += 1e-3
			moved[b] -= 1e-3
			if a != b && w[a] > 0 && moved[b] > 0 {
				require.Less(t, value(moved), top)
			}
		}
	}
}

// Evidence of impossible events, and none at all.
func TestStackEdges(t *testing.T) {
	require.InDeltaSlice(t, []float64{0.5, 0.5}, stack(nil, 2), 1e-15)
	w := stack([]observation{{1e6, []float64{-1, -690}, nil}}, 2)
	require.Equal(t, []float64{1, 0}, w)
	w = stack([]observation{{30, []float64{-690, -690}, nil}}, 2)
	require.InDeltaSlice(t, []float64{0.5, 0.5}, w, 1e-12)
}

// Members below smallestWeight leave their weight to the others, in proportion.
func TestWithoutSmall(t *testing.T) {
	require.InDeltaSlice(t, []float64{0, 0.05 / 0.951, 0.901 / 0.951}, withoutSmall([]float64{0.049, 0.05, 0.901}), 1e-15)
}

// No step moves weights that are the best: neither Newton's nor that of expectation and
// maximisation, which knows no derivatives.
func TestStackStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "candidates")
		all := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) observation {
			values := rapid.SliceOfN(rapid.Float64Range(-20, 0), n, n)
			return observation{rapid.Float64Range(0.1, 1e4).Draw(t, "customers"), values.Draw(t, "log scores"), values.Draw(t, "counting")}
		}), 1, 50).Draw(t, "observations")
		rows, counts := ratiosToBest(all, n)
		weights := bestWeights(rows, counts, all, n)
		here := scoreStack(rows, counts, all, weights)
		require.InDeltaSlice(t, weights, here.byShares(), 1e-7)
		require.InDeltaSlice(t, weights, here.step(rows, counts, all).weights, 1e-7)
	})
}

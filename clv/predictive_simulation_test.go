package clv

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// drawn are many futures of one customer at just the customer's own (x, t_x, t),
// each under its own parameters.
type drawn struct{ counts, values, net []float64 }

// simulateFutures draws futures from the models themselves, without cells, mixtures or scaling.
func (s smallShop) simulateFutures(rng *rand.Rand, futures int, x, tx, end, mean float64, costs Prices) (f drawn) {
	p := newParamSpread(s.model, s.covariance, s.o)
	processes, spends := p.points()
	pAlive := s.model.PAlive(x, tx, end)
	for i := range futures {
		if rng.Float64() >= pAlive {
			f.add(future{}, 0, s.o.Prices, costs)
			continue
		}
		k := i % len(processes)
		ahead := processes[k].after(x).draw(rng, s.o.Horizon, s.o.Delta, end)
		g, spent := spends[k], 0.
		if ahead.purchases > 0 {
			nu := drawGamma(rng, g.Q+g.P*x) / (g.Gamma + x*mean)
			for range int(ahead.purchases) {
				spent += drawGamma(rng, g.P) / nu
			}
			spent *= ahead.discounted / ahead.purchases
		}
		f.add(ahead, spent, s.o.Prices, costs)
	}
	return f
}

func (f *drawn) add(ahead future, spent float64, prices, costs Prices) {
	f.counts = append(f.counts, ahead.purchases)
	f.values = append(f.values, prices.Margin*spent)
	f.net = append(f.net, costs.Margin*spent-costs.PerOrder*ahead.discounted-costs.aliveCost(ahead.time))
}

// held is the share of futures in an interval, and of those at its two ends. The
// same value comes in slightly different bits.
func held(values []float64, low, high float64) (inside, ends float64) {
	const rounding = 1e-9
	for _, v := range values {
		if v >= low-rounding && v <= high+rounding {
			inside++
		}
		if math.Abs(v-low) <= rounding || math.Abs(v-high) <= rounding {
			ends++
		}
	}
	n := float64(len(values))
	return inside / n, ends / n
}

// Read off the grid, an interval holds what it should of futures that were
// drawn for the very customer: each to within four standard errors of the
// thousand futures of a cell, and all together to within a point and a half; of counts, so
// far as their steps allow. Customers lie on cells, between them, and in all
// stages of having left.
func TestIntervalsHoldSimulatedFutures(t *testing.T) {
	const futures = 20_000
	rows := [][3]float64{
		{0, 0, 0}, {0, 0, 9.7}, {0, 0, 150}, {1, 20, 25}, {3, 30, 60}, {7, 70, 80}, {15, 100, 105.5}, {60, 151, 152},
	}
	for _, name := range betaGeometrics {
		for _, level := range []float64{0.5, 0.9} {
			s := newSmallShop(t, 0)
			s.model = model(t, name, 0.5, 6, 0.8, 2.5)
			s.o.Level = level
			net := s
			net.o.Prices = Prices{Margin: 0.3, PerOrder: 2, PerYearAlive: 4, UnitsPerYear: 52}
			p, withCosts := s.predictive(t), net.predictive(t)
			off := sample{}
			for i, row := range rows {
				x, tx, end, mean := row[0], row[1], row[2], 24.
				f := s.simulateFutures(rand.New(rand.NewPCG(uint64(i), 7)), futures, x, tx, end, mean, net.o.Prices)
				panel := Panel{X: []float64{x}, TX: []float64{tx}, T: []float64{end}}
				spend := []float64{s.o.Spend.ExpectedSpend(x, mean)}
				requireStepHeld(t, p, panel, f.counts)
				low, high := p.Values(panel, BlendScores{}, Baskets{Spend: spend})
				requireHeld(t, &off, level, f.values, low[0], high[0])
				low, high = withCosts.Values(panel, BlendScores{}, Baskets{Spend: spend})
				requireHeld(t, &off, level, f.net, low[0], high[0])
			}
			require.InDelta(t, 0, off.sum/off.n, 0.015, "%s %v", name, level)
		}
	}
}

// requireHeld wants level of the values in an interval, unless it ends at one
// that many futures share.
func requireHeld(t *testing.T, off *sample, level float64, values []float64, low, high float64) {
	t.Helper()
	inside, ends := held(values, low, high)
	if ends > 0.01 && (inside-ends < level && inside > level || high == low) {
		return // with all of an atom more than level, without it less
	}
	require.InDelta(t, level, inside, 4*math.Sqrt(level*(1-level)/1024)+ends/2, "[%v, %v]", low, high)
	if ends < 0.01 {
		off.add(inside - level)
	}
}

// requireStepHeld wants the interval of counts whose ends are nearest to level:
// one count fewer at either end would hold less, one more would hold more.
func requireStepHeld(t *testing.T, p *Predictive, panel Panel, counts []float64) {
	t.Helper()
	const simulation = 0.04
	low, high := p.Purchases(panel, BlendScores{})
	inside, ends := held(counts, low[0], high[0])
	_, beyond := held(counts, low[0]-1, high[0]+1)
	if high[0] > 0 {
		require.LessOrEqual(t, inside-ends/2, p.o.Level+simulation, "[%v, %v]", low[0], high[0])
	}
	require.GreaterOrEqual(t, inside+beyond/2, p.o.Level-simulation, "[%v, %v]", low[0], high[0])
}

// The table of a cell has the quantiles of a far larger sample, each within 2.5
// points of probability, where no cell lies and where it is coarsest.
func TestCellQuantiles(t *testing.T) {
	const futures = 40_000
	s := newSmallShop(t, 0)
	p := s.predictive(t)
	processes, _ := p.forecasters[0].spread.points()
	rng := rand.New(rand.NewPCG(8, 9))
	for _, row := range [][2]float64{{0, 3}, {9, 14.4}, {9, 100}, {70, 100}, {500, 900}} {
		x, end := row[0], row[1]
		var counts []float64
		for i := range futures {
			if f := processes[i%len(processes)].after(x).draw(rng, s.o.Horizon, s.o.Delta, end); f.purchases > 0 {
				counts = append(counts, f.purchases+rng.Float64()-0.5)
			}
		}
		slices.Sort(counts)
		mean, _ := s.model.after(x).ahead(s.o.Horizon, 0, end)
		v := p.newMixture()
		v.components[0].set(&p.forecasters[0], x, end, rowScores{pAlive: 1, cet: mean}, mean)
		v.nothing = v.components[0].nothing
		v.scaleCounts()
		require.InDelta(t, 1-float64(len(counts))/futures, v.nothing, 0.005+4*math.Sqrt(0.25/futures), "%v", row)
		for _, u := range []float64{0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95} {
			below, _ := slices.BinarySearch(counts, countOf(v.quantile(v.nothing+(1-v.nothing)*u)))
			require.InDelta(t, u, float64(below)/float64(len(counts)), 0.025, "%v at %v", row, u)
		}
	}
}

// A cell knows the variances of what it plays.
func TestTotalSpreadIsOfPlayedFutures(t *testing.T) {
	s := newSmallShop(t, 0)
	s.covariance, s.o.SpendCovariance = nil, nil
	costs := Prices{Margin: 0.3, PerOrder: 2, PerYearAlive: 4, UnitsPerYear: 52}
	s.o.Prices = costs
	p := s.predictive(t)
	for i, r := range [][3]float64{{0, 0, 9.7}, {3, 30, 60}, {15, 100, 105.5}} {
		x, tx, end, mean := r[0], r[1], r[2], 24.
		f := s.simulateFutures(rand.New(rand.NewPCG(uint64(i), 11)), 40_000, x, tx, end, mean, costs)
		scores := Score(s.model, Panel{X: []float64{x}, TX: []float64{tx}, T: []float64{end}}, p.ScoreOptions()).row(0)
		h := customer{row: row{x: x, tx: tx, t: end, weight: 1}, each: Basket{Spend: s.o.Spend.ExpectedSpend(x, mean), Orders: 1}}
		require.InEpsilon(t, variance(f.net), (&memberSum{Predictive: p, of: &p.forecasters[0]}).variance(&h, scores), 0.25)
		require.InEpsilon(t, variance(f.counts), (&memberSum{Predictive: p, of: &p.forecasters[0], counts: true}).variance(&h, scores), 0.15)
	}
}

func variance(values []float64) float64 {
	var sum, squares float64
	for _, v := range values {
		sum += v
		squares += v * v
	}
	n := float64(len(values))
	return squares/n - sum/n*sum/n
}

package main

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"sync/atomic"

	"clientele/clv"
)

// share counts how often something held. Hits may be parts of one.
type share struct{ hits, of float64 }

func (s *share) add(hit float64) {
	s.hits += hit
	s.of++
}

func (s *share) merge(o share) {
	s.hits += o.hits
	s.of += o.of
}

// percent is NaN where nothing was counted.
func (s share) percent() float64 { return 100 * s.hits / s.of }

// strata part customers by their chance of any purchase.
var strata = [...]struct {
	name  string
	below float64
}{{"<10%", 0.1}, {"10-50%", 0.5}, {">50%", math.Inf(1)}}

// coverage is what became of the intervals of a shop, or of many.
type coverage struct {
	shops, loose int // fits; those with parameters that the data do not pin down

	purchases [len(strata)]share // raw
	split     [len(strata)]share // with the ends counted so that each interval holds the level
	values    [len(strata)]share
	net       [len(strata)]share

	total, totalValue, totalNet share
	width                       float64 // of the interval of the total value, over its middle; summed
}

func (c *coverage) merge(o coverage) {
	c.shops += o.shops
	c.loose += o.loose
	for i := range strata {
		c.purchases[i].merge(o.purchases[i])
		c.split[i].merge(o.split[i])
		c.values[i].merge(o.values[i])
		c.net[i].merge(o.net[i])
	}
	c.total.merge(o.total)
	c.totalValue.merge(o.totalValue)
	c.totalNet.merge(o.totalNet)
	c.width += o.width
}

// overall adds up strata.
func overall(shares [len(strata)]share) (all share) {
	for _, s := range shares {
		all.merge(s)
	}
	return all
}

// study plays many shops of one world. The result is the same for any number of
// workers: each shop has its own dice.
func study(w world, shops, customers, workers int) (coverage, error) {
	results, errs := make([]coverage, shops), make([]error, shops)
	var next atomic.Int64
	var group sync.WaitGroup
	for range max(workers, 1) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < shops; i = int(next.Add(1)) - 1 {
				results[i], errs[i] = w.try(rand.New(rand.NewPCG(uint64(i), uint64(customers))), customers)
			}
		})
	}
	group.Wait()
	var all coverage
	for _, c := range results {
		all.merge(c)
	}
	return all, errors.Join(errs...)
}

// forecast is a fitted shop.
type forecast struct {
	model    *clv.Model
	blend    *clv.Blend // of the model alone
	scores   clv.BlendScores
	expected []float64 // spend per purchase
	o        clv.PredictiveOptions
}

// try fits one shop, predicts it, and looks what happened.
func (w world) try(dice *rand.Rand, customers int) (c coverage, err error) {
	s := w.simulate(dice, customers)
	f, loose, err := w.fit(s)
	if err != nil {
		return c, fmt.Errorf("%s, %d customers: %w", w.model, customers, err)
	}
	c.shops = 1
	if loose {
		c.loose = 1
	}
	return c, errors.Join(c.lookAtValues(s, f), c.lookAtNetValues(s, f))
}

// fit fits both models. A loose fit is used as it is.
func (w world) fit(s shop) (f forecast, loose bool, err error) {
	fit, err := clv.FitModel(w.model, s.panel, 1)
	if err != nil && !errors.Is(err, clv.ErrNotIdentified) {
		return f, false, err
	}
	money, err := clv.FitGammaGamma(s.panel.X, s.meanSpend, nil, 1)
	if err != nil && !errors.Is(err, clv.ErrNotIdentified) {
		return f, false, err
	}
	f.model, f.blend = fit.Model, clv.Alone(fit.Model, fit.Covariance)
	f.o = clv.PredictiveOptions{
		Horizon: horizon, Delta: delta,
		Spend: &money.Model, SpendCovariance: money.Covariance,
	}
	f.expected = make([]float64, s.panel.Len())
	for i, x := range s.panel.X {
		f.expected[i] = money.Model.ExpectedSpend(x, s.meanSpend[i])
	}
	f.scores = clv.ScoreBlend(f.blend, s.panel, clv.ScoreOptions{Horizon: horizon, Delta: delta, WithDECT: true, WithAliveTime: true})
	return f, !fit.Converged || !money.Converged, nil
}

// lookAtValues counts purchases, and value without costs.
func (c *coverage) lookAtValues(s shop, f forecast) error {
	f.o.Prices = plain
	p, err := clv.NewPredictive(f.blend, f.o)
	if err != nil {
		return err
	}
	low, high := p.Purchases(s.panel, f.scores)
	for i, n := range s.purchases {
		at := f.stratum(s.panel, i)
		c.purchases[at].add(inside(n, low[i], high[i]))
		c.split[at].add(f.insideInPart(s.panel, i, n, low[i], high[i]))
	}
	low, high = p.Values(s.panel, f.scores, clv.Baskets{Spend: f.expected})
	for i, v := range s.value {
		c.values[f.stratum(s.panel, i)].add(inside(v, low[i], high[i]))
	}
	bottom, top := p.TotalPurchases(s.panel, f.scores)
	c.total.add(inside(s.allPurchases, bottom, top))
	bottom, top = p.Total(s.panel, f.scores, clv.Spent{Mean: s.meanSpend}, clv.Baskets{Spend: f.expected}).Interval(clv.DefaultLevel, clv.Past{})
	c.totalValue.add(inside(s.allValue, bottom, top))
	c.width += 2 * (top - bottom) / (top + bottom)
	return nil
}

// lookAtNetValues counts value less costs.
func (c *coverage) lookAtNetValues(s shop, f forecast) error {
	f.o.Prices = costly
	p, err := clv.NewPredictive(f.blend, f.o)
	if err != nil {
		return err
	}
	low, high := p.Values(s.panel, f.scores, clv.Baskets{Spend: f.expected})
	for i, v := range s.netValue {
		c.net[f.stratum(s.panel, i)].add(inside(v, low[i], high[i]))
	}
	bottom, top := p.Total(s.panel, f.scores, clv.Spent{Mean: s.meanSpend}, clv.Baskets{Spend: f.expected}).Interval(clv.DefaultLevel, clv.Past{})
	c.totalNet.add(inside(s.allNet, bottom, top))
	return nil
}

// inside allows for rounding: costs without a purchase are a value that many
// customers share, and an end of an interval.
func inside(v, low, high float64) float64 {
	const rounding = 1e-9
	if v >= low-rounding && v <= high+rounding {
		return 1
	}
	return 0
}

func (f forecast) pmf(p clv.Panel, i int, n float64) float64 {
	return f.model.PMFAhead(n, horizon, p.X[i], p.TX[i], p.T[i])
}

func (f forecast) stratum(p clv.Panel, i int) int {
	buys := 1 - f.pmf(p, i, 0)
	k := 0
	for buys >= strata[k].below {
		k++
	}
	return k
}

// insideInPart is inside, with the counts at the ends counted in part: as if a
// toss decided whether they belong to the interval, so that its probability under
// the fitted model is just the level. Counts come in steps, and this takes the
// steps out: what is left is whether the model's probabilities are right.
func (f forecast) insideInPart(p clv.Panel, i int, n, low, high float64) float64 {
	if n < low-1 || n > high+1 {
		return 0
	}
	held := 0.
	for k := low; k <= high; k++ {
		held += f.pmf(p, i, k)
	}
	switch {
	case held < clv.DefaultLevel: // part of the next count above belongs too
		if n == high+1 {
			return min((clv.DefaultLevel-held)/f.pmf(p, i, n), 1)
		}
	case n == high: // part of the last count does not
		at := f.pmf(p, i, n)
		return max(at-(held-clv.DefaultLevel), 0) / at
	}
	return inside(n, low, high)
}

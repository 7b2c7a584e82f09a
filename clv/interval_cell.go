package clv

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

const (
	// Futures are simulated in rounds, one under each parameter vector, until
	// enough of them hold a purchase. A cell whose customers hardly ever buy
	// has fewer, and hardly needs them. The members of a blend share these numbers, as
	// their mixture is read: with leastRounds each a variance can be told. Beyond
	// an end of an interval of 90% lie 5% of the futures, 32 of 640: the end then
	// leaves out 5% give or take 0.9%.
	fewestRounds, mostRounds = 16, 64
	leastRounds              = 3
	enoughBuyers             = 640

	// Of these only some are kept to work out costs from: six of 128 lie beyond an
	// end. All are taken at even steps through the sorted ones, so that their number
	// adds no error of sampling.
	keptPaths = 128
	keptIdle  = 32

	// dearest bounds what a purchase may cost, in multiples of what is
	// expected. Spend of q near 0 has no bound of its own.
	dearest = 1e9
)

// path is one simulated future with purchases. Time is not in multiples of its mean: many
// customers stay to the end of the horizon without buying, all at the same cost, which is
// often the end of an interval.
type path struct {
	spend      float64 // discounted spend, in multiples of what is expected while alive
	discounted float64 // discounted purchases, likewise
	time       float64 // discounted time alive, model units
}

// Indices of cell.spread.
const (
	iSpend = iota
	iDiscounted
	iTime
	iCount
	spreadSize
)

// cell is how the future of customers alive with one (x, t) varies.
type cell struct {
	mean     float64 // purchases expected, at the model's own parameters
	idleRate float64 // -ln P(no purchase) per purchase expected

	counts distribution // of futures with purchases, see scaledCount
	spend  distribution // of the same: discounted, in multiples of its mean
	paths  []path       // some of the same, even in the order of spend
	idle   []float64    // discounted time alive in futures without purchases, model units, sorted

	// spread is the covariance, at fixed parameters, of what paths hold and of
	// the number of purchases.
	spread [spreadSize][spreadSize]float64
}

// cellMaker makes cells.
type cellMaker struct {
	model     *Model
	reach     float64 // model units, at the blend's pace
	pace      float64
	forever   bool
	delta     float64
	processes []process
	spends    []GammaGamma // nil: spend is known
	usual     float64      // mean spend of the population
	spend     *GammaGamma
	sharing   int // members of the blend, who share the rounds
}

func newCellMaker(m *Model, spread paramSpread, o PredictiveOptions, b *Blend) *cellMaker {
	pace := b.pace
	maker := &cellMaker{model: m, reach: min(o.reach()*pace, MaxTime), forever: math.IsInf(o.Horizon, 1), delta: o.Delta / pace, pace: pace, spend: o.Spend, sharing: len(b.members)}
	maker.processes, maker.spends = spread.points()
	if maker.spend != nil {
		maker.usual = maker.spend.ExpectedSpend(0, 0)
	}
	return maker
}

// simulatedPath is one future of a cell, with purchases or without.
type simulatedPath struct {
	path
	purchases float64
}

// make simulates the futures of customers alive at t after x purchases.
func (m *cellMaker) make(x, t float64, rng *rand.Rand) *cell {
	c, discounted := m.expect(x, t)
	prospects := make([]prospect, len(m.processes))
	for k, process := range m.processes {
		prospects[k] = process.after(x)
	}
	fewest, most := max(fewestRounds/m.sharing, leastRounds), max(mostRounds/m.sharing, leastRounds)
	simulated := make([]simulatedPath, 0, fewest*len(prospects))
	buyers := 0
	for round := 0; round < most && (round < fewest || buyers < enoughBuyers/m.sharing); round++ {
		for k, ahead := range prospects {
			f := m.simulate(x, k, ahead.draw(rng, m.reach, m.delta, t), rng)
			f.spend = ratio(f.spend, discounted)
			f.discounted = ratio(f.discounted, discounted)
			simulated = append(simulated, f)
			if f.purchases > 0 {
				buyers++
			}
		}
	}
	c.setIdleRate(prospects, m.reach, t)
	c.setSpread(simulated, len(prospects))
	c.keep(simulated, rng)
	return c
}

// expect starts a cell with what the model expects at its own parameters, and
// gives the discounted purchases, in which futures are measured.
func (m *cellMaker) expect(x, t float64) (c *cell, discounted float64) {
	ahead := m.model.after(x)
	horizon := m.reach
	if m.forever {
		horizon = math.Inf(1)
	}
	discounted, _ = ahead.ahead(horizon, m.delta, t)
	c = &cell{mean: discounted}
	if !m.forever && m.delta > 0 {
		c.mean, _ = ahead.ahead(horizon, 0, t)
	}
	return c, discounted
}

// ratio is value/mean, and 0 where nothing is expected.
func ratio(value, mean float64) float64 {
	if mean == 0 {
		return 0
	}
	return value / mean
}

// simulate adds spend to a future. A customer's purchases cost Gamma(p, ν) each with
// ν ~ Gamma(q+px, γ+xm) given the past, so that n of them come to
//
//	(γ + xm) Gamma(pn) / Gamma(q+px),
//
// divided here by what is expected per purchase. Discount is taken to be the
// same for expensive and cheap purchases. m is that of the population: it matters only to
// the effect of γ's error on a customer with purchases.
func (m *cellMaker) simulate(x float64, k int, f future, rng *rand.Rand) simulatedPath {
	p := simulatedPath{path: path{spend: f.discounted, discounted: f.discounted, time: f.time / m.pace}, purchases: f.purchases}
	if m.spends == nil || f.purchases == 0 {
		return p
	}
	g := m.spends[k]
	spent := (g.Gamma + x*m.usual) * drawGamma(rng, g.P*f.purchases) / drawGamma(rng, g.Q+g.P*x)
	each := spent / (f.purchases * m.spend.ExpectedSpend(x, m.usual))
	if !(each < dearest) {
		each = dearest
	}
	p.spend *= each
	return p
}

// setIdleRate takes P(no purchase) over the parameters. It is kept per purchase
// expected, which varies less between cells than the probability itself.
func (c *cell) setIdleRate(prospects []prospect, reach, t float64) {
	none := 0.
	for _, ahead := range prospects {
		none += ahead.pmf(0, reach, t)
	}
	none = min(none/float64(len(prospects)), 1)
	if c.mean > 0 {
		// No more than ln of the smallest number, lest it be infinite.
		c.idleRate = -math.Log(max(none, math.SmallestNonzeroFloat64)) / c.mean
	}
}

// setSpread takes the covariance of futures under one parameter vector, the mean
// over all vectors.
func (c *cell) setSpread(simulated []simulatedPath, vectors int) {
	rounds := len(simulated) / vectors
	means := make([][spreadSize]float64, vectors)
	for i, f := range simulated {
		for a, v := range f.numbers() {
			means[i%vectors][a] += v / float64(rounds)
		}
	}
	for i, f := range simulated {
		numbers, mean := f.numbers(), means[i%vectors]
		for a := range numbers {
			for b := range numbers {
				c.spread[a][b] += (numbers[a] - mean[a]) * (numbers[b] - mean[b])
			}
		}
	}
	for a := range c.spread {
		for b := range c.spread[a] {
			c.spread[a][b] /= float64(vectors * (rounds - 1))
		}
	}
}

// numbers are in the order of cell.spread.
func (f simulatedPath) numbers() [spreadSize]float64 {
	return [spreadSize]float64{iSpend: f.spend, iDiscounted: f.discounted, iTime: f.time, iCount: f.purchases}
}

// keep sorts what the futures hold into the cell's tables. A count is spread
// evenly over the unit around it: the distribution becomes continuous, and can be
// scaled and interpolated, and rounding turns it back.
func (c *cell) keep(simulated []simulatedPath, rng *rand.Rand) {
	var (
		paths         []path
		counts, spend []float64
	)
	mean := c.buyerMean()
	for _, f := range simulated {
		if f.purchases == 0 {
			c.idle = append(c.idle, f.time)
			continue
		}
		paths = append(paths, f.path)
		counts = append(counts, scaledCount(f.purchases+rng.Float64()-0.5, mean))
	}
	slices.Sort(c.idle)
	slices.SortFunc(paths, func(a, b path) int {
		return cmp.Or(cmp.Compare(a.spend, b.spend), cmp.Compare(a.discounted, b.discounted), cmp.Compare(a.time, b.time))
	})
	for _, f := range paths {
		spend = append(spend, f.spend)
	}
	slices.Sort(counts)
	c.counts, c.spend = newDistribution(counts), newDistribution(spend)
	c.paths = thin(paths, keptPaths)
	c.idle = thin(c.idle, keptIdle)
}

// thin takes n of sorted values, evenly but with the first and the last, which
// are as far as an interval may reach; none from none.
func thin[T any](sorted []T, n int) []T {
	if len(sorted) == 0 {
		return nil
	}
	kept := make([]T, n)
	for i := range kept {
		kept[i] = sorted[(2*i+1)*len(sorted)/(2*n)]
	}
	kept[0], kept[n-1] = sorted[0], sorted[len(sorted)-1]
	return kept
}

// buyerMean is the mean count of the cell's customers who buy at all.
func (c *cell) buyerMean() float64 { return buyerMean(c.mean, -math.Expm1(-c.idleRate*c.mean)) }

// buyerMean is the mean of a count given that it is not 0.
func buyerMean(mean, buys float64) float64 {
	if buys == 0 {
		return 1
	}
	return max(mean/buys, 1)
}

// scaledCount is a count, spread over ±1/2, in multiples of its mean. 1/2, where the
// spread of one purchase begins, stays where it is, at 0.
func scaledCount(count, mean float64) float64 { return (count - 0.5) / (mean - 0.5) }

package clv

import "math"

// Purchases gives for each row an interval of the number of purchases in
// (t, t+h], of whole numbers. s are scores of the panel; weights play no part.
// Rows without scores, and a horizon of +Inf, give NaN.
//
// Counts come in steps, and no interval of theirs holds just Level. Each end is
// put where the probability up to it is nearest to what it should be. So the
// truth falls inside a little more often for some customers and a little less
// often for others, and for Level of all cases together, but for those who
// will buy nothing with a chance above Level: [0, 0] holds for more of them.
func (p *Predictive) Purchases(panel Panel, s Scores) (low, high []float64) {
	low, high = make([]float64, panel.Len()), make([]float64, panel.Len())
	if s.PAlive == nil || s.CET == nil {
		s = Score(p.model, panel, p.o.score())
	}
	inChunks(panel.Len(), p.o.Workers, func(_, from, to int) {
		for i := from; i < to; i++ {
			low[i], high[i] = p.purchases(panel.X[i], panel.T[i], s.PAlive[i], s.CET[i])
		}
	})
	return low, high
}

func (p *Predictive) purchases(x, t, pAlive, cet float64) (low, high float64) {
	if math.IsNaN(pAlive) || math.IsInf(p.o.Horizon, 1) {
		return math.NaN(), math.NaN()
	}
	m := p.mixture(x, t, pAlive, cet)
	if m.nothing >= p.o.Level {
		return 0, 0
	}
	bottom, top := p.shortest(m.nothing, m.count)
	return wholeNumbers(bottom, top)
}

// wholeNumbers turns an interval of counts that are each spread over ±1/2 back
// into one of counts. A count is inside when more than half of it is.
func wholeNumbers(bottom, top float64) (low, high float64) {
	low, high = max(math.Round(bottom+0.5), 0), max(math.Round(top-0.5), 0)
	if bottom == 0 {
		low = 0 // the atom of no purchase, and not half of it
	}
	if low > high { // no count has half of itself inside
		low = max(math.Round((bottom+top)/2), 0)
		high = low
	}
	return low, high
}

// Values gives for each row an interval of the future value, as FutureValue
// counts it, in money, unrounded. s are scores under ScoreOptions, each is what a
// purchase is expected to come to. Rows with NaN in either give NaN.
func (p *Predictive) Values(panel Panel, s Scores, each Baskets) (low, high []float64) {
	low, high = make([]float64, panel.Len()), make([]float64, panel.Len())
	s = p.complete(panel, s)
	inChunks(panel.Len(), p.o.Workers, func(_, from, to int) {
		work := newSceneWork()
		for i := from; i < to; i++ {
			low[i], high[i] = p.value(panel.X[i], panel.T[i], s.row(i), each.at(i), work)
		}
	})
	return low, high
}

// rowScores are the scores of one row.
type rowScores struct{ pAlive, cet, dect, time float64 }

func (s Scores) row(i int) rowScores {
	r := rowScores{pAlive: s.PAlive[i], cet: s.CET[i], dect: s.DECT[i]}
	if s.AliveTime != nil {
		r.time = s.AliveTime[i]
	}
	return r
}

// purchasesMean is the mean that cell.idleness goes with.
func (p *Predictive) purchasesMean(s rowScores) float64 {
	if math.IsInf(p.o.Horizon, 1) {
		return s.dect
	}
	return s.cet
}

func (p *Predictive) value(x, t float64, s rowScores, each Basket, work *sceneWork) (low, high float64) {
	if math.IsNaN(s.pAlive) || math.IsNaN(each.Spend) || math.IsNaN(each.Orders) {
		return math.NaN(), math.NaN()
	}
	// Nobody who has left that surely needs a look at the grid, nor may the
	// quotients by P(alive) below overflow.
	if 1-s.pAlive >= p.o.Level {
		return 0, 0
	}
	m := p.mixture(x, t, s.pAlive, p.purchasesMean(s))
	switch {
	case !p.pure():
		return p.netValue(m, s, each, work)
	case m.nothing >= p.o.Level:
		return 0, 0
	case p.o.Spend == nil && p.o.Delta == 0: // every purchase is worth the same
		low, high = p.purchases(x, t, s.pAlive, s.cet)
	default:
		low, high = p.shortest(m.nothing, m.spend)
		low, high = low*(s.dect/s.pAlive), high*(s.dect/s.pAlive)
	}
	net := p.o.Prices.Margin*each.Spend - p.o.Prices.PerOrder*each.Orders
	low, high = net*low+0, net*high+0 // no -0
	return min(low, high), max(low, high)
}

// pure reports whether value is proportional to spend: there are no costs, or
// only such as are a part of what each purchase is known to cost.
func (p *Predictive) pure() bool {
	return p.o.Prices.PerYearAlive == 0 && (p.o.Prices.PerOrder == 0 || p.o.Spend == nil)
}

// mixture is the distribution of one customer's future.
type mixture struct {
	spot
	nothing   float64 // probability of no purchase
	buyerMean float64 // purchases expected of a customer who makes any
}

// mixture is that of a customer with these scores, mean being the expected
// purchases.
func (p *Predictive) mixture(x, t, pAlive, mean float64) (m mixture) {
	if 1-pAlive >= p.o.Level {
		return mixture{nothing: 1 - pAlive}
	}
	m.spot = p.cells.spot(x, t)
	mean /= pAlive
	idleness := 0.
	for k := range m.n {
		idleness += m.weight[k] * m.cells[k].idleness
	}
	buys := -math.Expm1(-idleness * mean)
	m.nothing = 1 - pAlive*buys
	m.buyerMean = buyerMean(mean, buys)
	return m
}

// buyerMean is the mean of a count given that it is not 0.
func buyerMean(mean, buys float64) float64 {
	if buys == 0 {
		return 1
	}
	return max(mean/buys, 1)
}

// spend is a quantile of the discounted spend of buyers, in multiples of what is
// expected of a customer who is alive. Quantiles, not probabilities, are averaged
// over cells: the mean of a narrow distribution at 10 and one at 13 is a narrow
// one between.
func (m *mixture) spend(u float64) (v float64) {
	for k := range m.n {
		v += m.weight[k] * quantile(m.cells[k].spend, u)
	}
	return v
}

// count is a quantile of the purchases of buyers, each spread over ±1/2, scaled
// from the mean of the cells to that of the customer. 1/2, where the spread of
// one purchase begins, stays where it is.
func (m *mixture) count(u float64) (v float64) {
	for k := range m.n {
		c := m.cells[k]
		if len(c.counts) == 0 {
			continue
		}
		mean := buyerMean(c.mean, -math.Expm1(-c.idleness*c.mean))
		v += m.weight[k] * (quantile(c.counts, u) - 0.5) * (m.buyerMean - 0.5) / (mean - 0.5)
	}
	return v + 0.5
}

// shortest is the shortest interval that holds Level, of a distribution with
// probability nothing at 0 and the rest above, where of gives quantiles of the
// rest. The windows are few, since the shortest of many is the one that the
// noise of a sample has made so. The last goes up to the most that was played:
// contracts that run on to the horizon are all worth the same.
func (p *Predictive) shortest(nothing float64, of func(u float64) float64) (bottom, top float64) {
	out, buying := 1-p.o.Level, 1-nothing
	top = of((p.o.Level - nothing) / buying)
	for _, part := range [...]float64{0.25, 0.5, 0.75, 1} {
		below := part * out
		if below <= nothing {
			continue // the window begins at 0 all the same, and ends later
		}
		from, to := of((below-nothing)/buying), of((below+p.o.Level-nothing)/buying)
		if to-from < top-bottom {
			bottom, top = from, to
		}
	}
	return bottom, top
}

package clv

import "math"

// Purchases gives for each row an interval of the number of purchases in
// (t, t+h], of whole numbers. s are scores of the panel; weights play no part.
// Rows without scores, and a horizon of +Inf, give NaN.
//
// Counts come in steps, and no interval of theirs has tails of just the right size.
// Each end is put where the probability up to it is nearest to what it should be. So
// the truth falls inside a little more often for some customers and a little less
// often for others, and for Level of all cases together, but for those whose interval
// begins at 0: they have no lower tail.
func (p *Predictive) Purchases(panel Panel, s BlendScores) (low, high []float64) {
	low, high = make([]float64, panel.Len()), make([]float64, panel.Len())
	counting := p.counting()
	s = counting.complete(panel, s)
	inChunks(panel.Len(), p.o.Workers, func(_, from, to int) {
		mixture := counting.newMixture()
		for i := from; i < to; i++ {
			low[i], high[i] = counting.purchases(mixture.set(panel.X[i], panel.T[i], s, i))
		}
	})
	return low, high
}

// counting is the same with every purchase counting as one, however late.
func (p *Predictive) counting() *Predictive {
	counting := *p
	counting.o.Delta, counting.o.Prices = 0, Prices{}
	return &counting
}

func (p *Predictive) purchases(v *mixture) (low, high float64) {
	if v.unknown || math.IsInf(p.o.Horizon, 1) {
		return math.NaN(), math.NaN()
	}
	v.scaleCounts()
	bottom, top := v.tails(p.o.Level)
	return wholeNumbers(countOf(bottom), countOf(top))
}

// countOf is a count spread over ±1/2, of what mixture.scaleCounts takes off a half.
func countOf(scaled float64) float64 {
	if scaled == 0 {
		return 0 // the atom of no purchase, and not half of one
	}
	return scaled + 0.5
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
func (p *Predictive) Values(panel Panel, s BlendScores, each Baskets) (low, high []float64) {
	low, high = make([]float64, panel.Len()), make([]float64, panel.Len())
	s = p.complete(panel, s)
	inChunks(panel.Len(), p.o.Workers, func(_, from, to int) {
		mixture, work := p.newMixture(), newPathWork()
		for i := from; i < to; i++ {
			low[i], high[i] = p.value(mixture.set(panel.X[i], panel.T[i], s, i), each.At(i), work)
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

func (p *Predictive) value(v *mixture, each Basket, work *pathWork) (low, high float64) {
	if v.unknown || math.IsNaN(each.Spend) || math.IsNaN(each.Orders) {
		return math.NaN(), math.NaN()
	}
	switch {
	case !p.pure():
		return p.netValue(v, each, work)
	case p.o.Spend == nil && p.o.Delta == 0: // every purchase is worth the same
		low, high = p.purchases(v)
	default:
		v.scaleSpend()
		low, high = v.tails(p.o.Level)
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

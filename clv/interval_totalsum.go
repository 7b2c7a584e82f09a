package clv

import "math"

// TotalPurchases is an interval of the number of purchases that all customers
// make in (t, t+h], in whole numbers; weights count. s are as for Purchases.
func (p *Predictive) TotalPurchases(panel Panel, s BlendScores) (low, high float64) {
	if math.IsInf(p.o.Horizon, 1) {
		return math.NaN(), math.NaN()
	}
	counting := p.counting()
	s = counting.complete(panel, s)
	t := counting.total(newCustomers(panel, Spent{}, Baskets{}), s, true, nil)
	low, high = t.Interval(p.o.Level, Past{})
	return max(math.Round(low), 0), math.Round(high)
}

// Total forecasts customer equity: the sum of the future values of all customers,
// in money; weights count. s and each are as for Values, spent is what ExpectedSpend
// was given.
//
// Chance averages out over customers, so their variances add up. The error of
// the parameters does not: for each member of the blend its variance is
//
//	Σ_j max(|T(θ + c_j) - T|, |T(θ - c_j) - T|)²,
//
// where c_j are the columns of a root of the parameters' covariance, in
// logarithms. That is the delta method with steps of one standard error in place
// of derivatives. Where the two changes differ in size the larger one counts: weakly
// identified parameters often lie at the edge of a flat stretch.
//
// The covariance itself comes from a fit, and says too little where a shop is
// too small for its model: four parameters of Pareto/NBD take some thousand
// customers. A parameter taken as known exactly adds nothing at all.
func (p *Predictive) Total(panel Panel, s BlendScores, spent Spent, each Baskets) TotalForecast {
	return p.total(newCustomers(panel, spent, each), p.complete(panel, s), false, nil)
}

// Spent are columns of what customers have spent so far: on how many repeat
// purchases, all where Paid is nil, and how much on one of those.
type Spent struct{ Mean, Paid []float64 }

// total forecasts money or, if it counts, purchases. Parameters are moved for the customers
// that another forecast sampled, where there is one.
func (p *Predictive) total(all []customer, s BlendScores, counts bool, like *TotalForecast) TotalForecast {
	members := make([]*memberSum, len(p.forecasters))
	for i := range members {
		members[i] = &memberSum{Predictive: p, of: &p.forecasters[i], all: all, scores: s.Members[i], counts: counts, blend: s, member: i}
	}
	parts := sums(members, all)
	for i, e := range members {
		parts[i].weight = e.of.weight
		if like != nil {
			parts[i].sampled = like.parts[i].sampled
		}
		e.addParameters(&parts[i], p.moves(i))
		e.sizes = nil // a number for each customer
	}
	return totalOf(parts, counts || p.pure())
}

// memberSum works out the total of one member of a blend.
type memberSum struct {
	*Predictive
	of     *forecaster
	all    []customer
	scores Scores // of the panel, by this member
	counts bool   // of purchases, and not of money
	blend  BlendScores
	member int       // among the blend's
	sizes  []float64 // by customer: how much each moves the total
}

// relativeWeight is by how much the member counts more for a row than for all customers.
func (e *memberSum) relativeWeight(row int) float64 {
	return e.blend.share(e.member, row) / e.of.weight
}

// scoresOf are the scores of a row that a total needs, and no others: rows are in no order
// in memory, so that each score takes time.
func (e *memberSum) scoresOf(s *Scores, row int) (of rowScores) {
	if e.counts {
		of.cet = s.CET[row]
		return of
	}
	of.dect = s.DECT[row]
	if s.AliveTime != nil {
		of.time = s.AliveTime[row]
	}
	return of
}

// worth is what is expected of a customer with these scores.
func (e *memberSum) worth(s rowScores, each Basket) float64 {
	if e.counts {
		return s.cet
	}
	return FutureValue(e.o.Prices, s.dect, s.time, each)
}

// sums are, by member, the expected total, with nothing taken off for costs, and its
// variance at fixed parameters. All members go through the customers together, so that a
// customer's scores are read from memory once.
func sums(members []*memberSum, all []customer) []memberTotal {
	for _, e := range members {
		e.sizes = make([]float64, len(all))
	}
	of := members[0]
	parts := make([][]memberTotal, chunks(len(all)))
	inChunks(len(all), of.o.Workers, func(c, from, to int) {
		parts[c] = make([]memberTotal, len(members))
		for i, h := range all[from:to] {
			others := of.worth(of.scoresOf(&of.blend.Scores, h.at), h.each)
			for m, e := range members {
				e.sizes[from+i] = e.add(&parts[c][m], &h, others)
			}
		}
	})
	totals := make([]memberTotal, len(members))
	for _, part := range parts {
		for m := range totals {
			totals[m].plus(part[m])
		}
	}
	return totals
}

// plus adds what the same member says of other customers, but for changes.
func (t *memberTotal) plus(other memberTotal) {
	t.expected += other.expected
	t.gross += other.gross
	t.chance += other.chance
	t.others += other.others
}

// add adds a customer, of whom the whole blend expects so much, and gives by how much they
// move the total.
func (e *memberSum) add(t *memberTotal, h *customer, others float64) (size float64) {
	s, weight := e.scoresOf(&e.scores, h.at), h.weight*e.relativeWeight(h.at)
	s.pAlive = e.scores.PAlive[h.at]
	size = weight * e.size(s, h.each)
	t.expected += weight * e.worth(s, h.each)
	t.gross += size
	t.chance += weight * e.variance(h, s)
	t.others += weight * others
	return size
}

// variance is that of one customer. Given that the customer is alive, value is a
// sum over what the cells know the covariance of; and then
//
//	Var = P(alive) (Var_alive + E_alive²) - (P(alive) E_alive)².
func (e *memberSum) variance(h *customer, s rowScores) float64 {
	if !(s.pAlive > 0) {
		return 0
	}
	var of [spreadSize]float64
	if e.counts {
		of[iCount] = 1
	} else {
		of[iSpend] = e.o.Prices.Margin * h.each.Spend * s.dect / s.pAlive
		of[iDiscounted] = -e.o.Prices.PerOrder * h.each.Orders * s.dect / s.pAlive
		of[iTime] = -e.o.Prices.aliveCost(1)
	}
	place := e.of.cells.spot(h.x, h.t)
	alive := 0.
	for k := range place.n {
		alive += place.weight[k] * quadratic(place.cells[k].spread, of)
	}
	mean := e.worth(s, h.each)
	return s.pAlive*alive + mean*(mean/s.pAlive)*(1-s.pAlive)
}

// quadratic is of' spread of.
func quadratic(spread [spreadSize][spreadSize]float64, of [spreadSize]float64) (sum float64) {
	for a, va := range of {
		for b, vb := range of {
			sum += va * vb * spread[a][b]
		}
	}
	return sum
}

// size is how much a customer moves a total: the value, with costs added and not
// taken off.
func (e *memberSum) size(s rowScores, each Basket) float64 {
	if e.counts {
		return s.cet
	}
	p := e.o.Prices
	return math.Abs(p.Margin*each.Spend*s.dect) + math.Abs(p.PerOrder*each.Orders*s.dect) + math.Abs(p.aliveCost(s.time))
}

package clv

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// sampledRows is how many customers the effect of the parameters' error on the total
// is worked out from. They are sampled in proportion to their share of the total, so that
// the effect is off by 1/√512 = 4% of itself at most if all customers change alike, which
// is little beside the other parts of an interval. The members of a blend share the
// number, since their errors are averaged.
const sampledRows = 512

// TotalPurchases is an interval of the number of purchases that all customers
// make in (t, t+h], in whole numbers; weights count. s are as for Purchases.
func (p *Predictive) TotalPurchases(panel Panel, s BlendScores) (low, high float64) {
	if math.IsInf(p.o.Horizon, 1) {
		return math.NaN(), math.NaN()
	}
	counting := p.counting()
	s = counting.complete(panel, s)
	t := counting.total(newCustomers(panel, Spent{}, Baskets{}), s, true)
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
	return p.total(newCustomers(panel, spent, each), p.complete(panel, s), false)
}

// Spent are columns of what customers have spent so far: on how many repeat
// purchases, all where Paid is nil, and how much on one of those.
type Spent struct{ Mean, Paid []float64 }

// total forecasts money or, if it counts, purchases.
func (p *Predictive) total(all []customer, s BlendScores, counts bool) TotalForecast {
	t := TotalForecast{Logarithmic: counts || p.pure()}
	members := make([]*memberSum, len(p.forecasters))
	for i := range members {
		members[i] = &memberSum{Predictive: p, of: &p.forecasters[i], all: all, scores: s.Members[i], counts: counts, blend: s, member: i}
	}
	parts := sums(members, all)
	for i, e := range members {
		e.addParameters(&parts[i], p.moves(i))
		e.sizes = nil // a number for each customer
		t.Expected += e.of.weight * parts[i].expected
		t.Gross += e.of.weight * parts[i].gross
	}
	for _, part := range parts {
		t.Logarithmic = t.Logarithmic && part.staysAbove0()
	}
	var moved float64
	for i, part := range parts {
		t.add(p.forecasters[i].weight, part)
		if part.moved {
			moved += p.forecasters[i].weight
		}
	}
	t.Parameters = ratio(t.Parameters, moved)
	return t
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

// customer is one of a total, or several of one history.
type customer struct {
	row            // history, and customers that share it
	at     int     // a row of the panel
	paid   float64 // purchases that brought spend
	spend  float64 // mean of those
	each   Basket  // expected
	chosen float64 // in a sample: the weight that stands for all others
}

// compare puts customers in an order that does not depend on that of the panel.
func (a customer) compare(b customer) int {
	return cmp.Or(a.row.compare(b.row), cmp.Compare(a.paid, b.paid), cmp.Compare(a.spend, b.spend),
		cmp.Compare(a.each.Spend, b.each.Spend), cmp.Compare(a.each.Orders, b.each.Orders))
}

// same reports whether two customers differ in weight at most.
func (a customer) same(b customer) bool {
	return a.sameHistory(b.row) && a.paid == b.paid && a.spend == b.spend && a.each == b.each
}

// newCustomers are the customers of a panel in a fixed order, equal ones together. Without
// baskets only their histories count.
func newCustomers(panel Panel, spent Spent, each Baskets) []customer {
	all := make([]customer, 0, panel.Len())
	for i := range panel.X {
		w := panel.weight(i)
		if w == 0 {
			continue
		}
		h := customer{row: row{x: panel.X[i] + 0, tx: panel.TX[i] + 0, t: panel.T[i] + 0, weight: w}, at: i}
		if each.Spend != nil {
			h.paid, h.spend, h.each = panel.X[i], spent.Mean[i], each.At(i)
			if spent.Paid != nil {
				h.paid = spent.Paid[i]
			}
		}
		all = append(all, h)
	}
	slices.SortFunc(all, customer.compare)
	merged := all[:0]
	for _, h := range all {
		if n := len(merged); n > 0 && merged[n-1].same(h) {
			merged[n-1].weight += h.weight
		} else {
			merged = append(merged, h)
		}
	}
	return merged
}

// moves reports whether the error of a member's parameters is worked out. It is that of
// the other members where a member has stages: its parameters cost ten times as much to
// move, and their error is as small beside the other parts of the variance.
func (p *Predictive) moves(member int) bool {
	hasStages := func(f forecaster) bool {
		_, ok := f.model.process.(staged)
		return ok
	}
	return !hasStages(p.forecasters[member]) || !slices.ContainsFunc(p.forecasters, func(f forecaster) bool { return !hasStages(f) })
}

// addParameters adds to a member's part what the error of its parameters does, where that
// is worked out.
func (e *memberSum) addParameters(t *memberTotal, moves bool) {
	if math.IsNaN(t.expected) || math.IsInf(t.expected, 0) || !moves {
		return
	}
	t.moved = true
	t.above, t.below = e.parameterError(e.sample())
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
				e.add(&parts[c][m], from+i, others)
			}
		}
	})
	totals := make([]memberTotal, len(members))
	for _, part := range parts {
		for m := range totals {
			t := &totals[m]
			t.expected += part[m].expected
			t.gross += part[m].gross
			t.chance += part[m].chance
			t.others += part[m].others
		}
	}
	return totals
}

// add adds a customer, of whom the whole blend expects so much.
func (e *memberSum) add(t *memberTotal, at int, others float64) {
	h := &e.all[at]
	s, weight := e.scoresOf(&e.scores, h.at), h.weight*e.relativeWeight(h.at)
	s.pAlive = e.scores.PAlive[h.at]
	e.sizes[at] = weight * e.size(s, h.each)
	t.expected += weight * e.worth(s, h.each)
	t.gross += e.sizes[at]
	t.chance += weight * e.variance(h, s)
	t.others += weight * others
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

// sample takes up to its share of sampledRows customers, each with a chance in proportion to
// its share of the total, at even steps through their order. The rest
// of the total is added to their weights, so that the change of a total under
// other parameters is the mean of the changes of customers.
func (e *memberSum) sample() []customer {
	total := 0.
	for _, size := range e.sizes {
		total += size
	}
	most := max(sampledRows/len(e.forecasters), 1)
	sampled := make([]customer, 0, min(len(e.all), most))
	if len(e.all) <= most || !(total > 0) {
		for _, h := range e.all {
			h.chosen = h.weight * e.relativeWeight(h.at)
			sampled = append(sampled, h)
		}
		return sampled
	}
	sum, next := 0., 0
	for i, size := range e.sizes {
		sum += size
		taken := 0.
		for next < most && (float64(next)+0.5)*total < sum*float64(most) {
			taken++
			next++
		}
		if taken > 0 {
			h := e.all[i]
			h.chosen = taken * total / float64(most) / e.size(e.scoresOf(&e.scores, h.at), h.each)
			sampled = append(sampled, h)
		}
	}
	return sampled
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

// parameterError is how much the total of a sample changes by one standard error
// of the parameters, up and down along each direction.
func (e *memberSum) parameterError(sampled []customer) (above, below []float64) {
	spread := e.of.spread
	for j := range spread.model.theta {
		if up, down := direction(spread.root, j); up != nil {
			above = append(above, e.changeOfModel(sampled, spread.modelAt(up)))
			below = append(below, e.changeOfModel(sampled, spread.modelAt(down)))
		}
	}
	if spread.spend == nil || e.counts {
		return above, below
	}
	for j := range gammaGammaParams {
		if up, down := direction(spread.money, j); up != nil {
			above = append(above, e.changeOfSpend(sampled, spread.spendAt(up)))
			below = append(below, e.changeOfSpend(sampled, spread.spendAt(down)))
		}
	}
	return above, below
}

// direction is a column of a root and its opposite, or nil where it is all 0.
func direction(root *mat.SymDense, j int) (up, down []float64) {
	zero := true
	for i := range root.SymmetricDim() {
		v := root.At(i, j)
		zero = zero && v == 0
		up, down = append(up, v), append(down, -v)
	}
	if zero {
		return nil, nil
	}
	return up, down
}

// changeOfModel is by how much the total changes under another model.
func (e *memberSum) changeOfModel(sampled []customer, m *Model) (sum float64) {
	var panel Panel
	for _, h := range sampled {
		panel.appendRow(h.x, h.tx, h.t, 1)
	}
	s := e.Predictive.blend.scoreMember(m, panel, sameX(panel), e.o.score())
	for i, h := range sampled {
		sum += h.chosen * (e.worth(s.row(i), h.each) - e.worth(e.scoresOf(&e.scores, h.at), h.each))
	}
	return sum
}

// changeOfSpend is by how much the total changes under another model of spend.
func (e *memberSum) changeOfSpend(sampled []customer, g GammaGamma) (sum float64) {
	for _, h := range sampled {
		change := ratio(g.ExpectedSpend(h.paid, h.spend), e.of.spread.spend.ExpectedSpend(h.paid, h.spend)) - 1
		sum += h.chosen * e.o.Prices.Margin * e.scores.DECT[h.at] * h.each.Spend * change
	}
	return sum
}

package clv

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// sampledRows is how many customers the effect of the parameters' error on the
// total is worked out from.
const sampledRows = 512

// TotalPurchases is an interval of the number of purchases that all customers
// make in (t, t+h], in whole numbers; weights count. s are as for Purchases.
func (p *Predictive) TotalPurchases(panel Panel, s Scores) (low, high float64) {
	if math.IsInf(p.o.Horizon, 1) {
		return math.NaN(), math.NaN()
	}
	counting := *p
	counting.o.Delta, counting.o.Prices = 0, Prices{} // a purchase is one, however late
	e := equity{Predictive: &counting, counts: true}
	if s.PAlive == nil || s.CET == nil {
		s = Score(p.model, panel, counting.o.score())
	}
	low, high = e.interval(panel, Scores{PAlive: s.PAlive, CET: s.CET, DECT: s.CET}, Spent{}, Baskets{})
	return math.Round(low), math.Round(high)
}

// Total is an interval of customer equity: of the sum of the future values of
// all customers, in money; weights count. s and each are as for Values,
// spent is what ExpectedSpend was given.
//
// Chance averages out over customers, so their variances add up. The error of
// the parameters does not:
//
//	Var = Σ Var_i + Σ_j max(|T(θ + c_j) - T|, |T(θ - c_j) - T|)²,
//
// where c_j are the columns of a root of the parameters' covariance, in
// logarithms. That is the delta method with steps of one standard error in place
// of derivatives. Where T bends within a step the larger change counts: a flat
// stretch on one side is where loose parameters have come to rest.
//
// The covariance itself comes from a fit, and says too little where a shop is
// too small for its model: four parameters of Pareto/NBD take some thousand
// customers. A parameter taken as known exactly adds nothing at all.
//
// A total of values that cannot be below 0 has a log-normal distribution, which
// is what a product of parameters with normal logarithms has, and what keeps the
// interval of a small shop above 0; any other a normal one. T itself is always
// inside. Both are approximations for many customers, a hundred say: use Values
// for one.
func (p *Predictive) Total(panel Panel, s Scores, spent Spent, each Baskets) (low, high float64) {
	e := equity{Predictive: p}
	return e.interval(panel, p.complete(panel, s), spent, each)
}

// Spent are columns of what customers have spent so far: on how many repeat
// purchases, all where Paid is nil, and how much on one of those.
type Spent struct{ Mean, Paid []float64 }

// equity is one total to put an interval around.
type equity struct {
	*Predictive
	counts bool // of purchases, and not of money
}

// holding is a customer's part of a total.
type holding struct {
	row            // history, and customers that share it
	paid   float64 // purchases that brought spend
	spend  float64 // mean of those
	each   Basket  // expected
	scores rowScores
}

// compare puts holdings in an order that does not depend on that of the panel.
func (a holding) compare(b holding) int {
	return cmp.Or(a.row.compare(b.row), cmp.Compare(a.paid, b.paid), cmp.Compare(a.spend, b.spend),
		cmp.Compare(a.each.Spend, b.each.Spend), cmp.Compare(a.each.Orders, b.each.Orders))
}

func (e equity) interval(panel Panel, s Scores, spent Spent, each Baskets) (low, high float64) {
	all := e.holdings(panel, s, spent, each)
	total, chance := e.sum(all)
	if math.IsNaN(total) || math.IsInf(total, 0) {
		return total, total
	}
	above, below := e.parameterError(e.sample(all))
	z := distuv.UnitNormal.Quantile((1 + e.o.Level) / 2)
	if (e.counts || e.pure()) && staysAbove0(total, above) && staysAbove0(total, below) {
		return logNormal(total, chance, above, below, z)
	}
	variance := chance
	for j := range above {
		change := max(math.Abs(above[j]), math.Abs(below[j]))
		variance += change * change
	}
	low, high = total-z*math.Sqrt(variance), total+z*math.Sqrt(variance)
	if e.counts {
		low = max(low, 0) // one customer whose parameters are anybody's guess
	}
	return low, high
}

// staysAbove0 reports whether a total is above 0 after each of the changes.
func staysAbove0(total float64, changes []float64) bool {
	return total > 0 && !slices.ContainsFunc(changes, func(v float64) bool { return !(v > -total) })
}

// logNormal is the interval around a total above 0. Its logarithm has the
// variance that chance and, for each direction, the error of the parameters give.
func logNormal(total, chance float64, above, below []float64, z float64) (low, high float64) {
	// ln(1 + chance/total²), which overflows for a total next to nothing.
	variance := softplus(math.Log(chance) - 2*math.Log(total))
	for j := range above {
		change := max(math.Abs(math.Log1p(above[j]/total)), math.Abs(math.Log1p(below[j]/total)))
		variance += change * change
	}
	stdErr := math.Sqrt(variance)
	return total * math.Exp(-z*stdErr), total * math.Exp(z*stdErr)
}

// holdings are the customers in a fixed order, equal ones together.
func (e equity) holdings(panel Panel, s Scores, spent Spent, each Baskets) []holding {
	all := make([]holding, 0, panel.Len())
	for i := range panel.X {
		w := panel.weight(i)
		if w == 0 {
			continue
		}
		h := holding{row: row{x: panel.X[i] + 0, tx: panel.TX[i] + 0, t: panel.T[i] + 0, weight: w}, scores: s.row(i)}
		if !e.counts {
			h.paid, h.spend, h.each = panel.X[i], spent.Mean[i], each.at(i)
			if spent.Paid != nil {
				h.paid = spent.Paid[i]
			}
		}
		all = append(all, h)
	}
	slices.SortFunc(all, holding.compare)
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

// same reports whether two holdings differ in weight at most.
func (a holding) same(b holding) bool {
	return a.sameHistory(b.row) && a.paid == b.paid && a.spend == b.spend && a.each == b.each
}

// worth is what is expected of a holder with these scores.
func (e equity) worth(s rowScores, each Basket) float64 {
	if e.counts {
		return s.cet
	}
	return FutureValue(e.o.Prices, s.dect, s.time, each)
}

// sum is the expected total, and its variance at fixed parameters.
func (e equity) sum(all []holding) (total, variance float64) {
	type sums struct{ total, variance float64 }
	parts := make([]sums, chunks(len(all)))
	inChunks(len(all), e.o.Workers, func(c, from, to int) {
		for _, h := range all[from:to] {
			parts[c].total += h.weight * e.worth(h.scores, h.each)
			parts[c].variance += h.weight * e.variance(h)
		}
	})
	for _, part := range parts {
		total += part.total
		variance += part.variance
	}
	return total, variance
}

// variance is that of one holder. Given that the customer is alive, value is a
// sum over what the cells know the covariance of; and then
//
//	Var = P(alive) (Var_alive + E_alive²) - (P(alive) E_alive)².
func (e equity) variance(h holding) float64 {
	s := h.scores
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
	place := e.cells.spot(h.x, h.t)
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

// sample takes up to sampledRows customers, each with a chance in proportion to
// its share of the total, at even steps through the order of holdings. The rest
// of the total is added to their weights, so that the change of a total under
// other parameters is the mean of the changes of customers.
func (e equity) sample(all []holding) []holding {
	sizes := make([]float64, len(all))
	total := 0.
	for i, h := range all {
		sizes[i] = h.weight * e.size(h)
		total += sizes[i]
	}
	if len(all) <= sampledRows || !(total > 0) {
		return all
	}
	sampled := make([]holding, 0, sampledRows)
	sum, next := 0., 0
	for i, h := range all {
		sum += sizes[i]
		taken := 0.
		for next < sampledRows && (float64(next)+0.5)*total < sum*sampledRows {
			taken++
			next++
		}
		if taken > 0 {
			h.weight = taken * total / sampledRows / e.size(h)
			sampled = append(sampled, h)
		}
	}
	return sampled
}

// size is how much a customer moves a total: the value, with costs added and not
// taken off.
func (e equity) size(h holding) float64 {
	if e.counts {
		return h.scores.cet
	}
	p := e.o.Prices
	return math.Abs(p.Margin*h.each.Spend*h.scores.dect) + math.Abs(p.PerOrder*h.each.Orders*h.scores.dect) + math.Abs(p.aliveCost(h.scores.time))
}

// parameterError is how much the total of a sample changes by one standard error
// of the parameters, up and down along each direction.
func (e equity) parameterError(sampled []holding) (above, below []float64) {
	for j := range e.spread.model.theta {
		if up, down := direction(e.spread.root, j); up != nil {
			above = append(above, e.change(sampled, e.spread.modelAt(up)))
			below = append(below, e.change(sampled, e.spread.modelAt(down)))
		}
	}
	if e.spread.spend == nil || e.counts {
		return above, below
	}
	for j := range gammaGammaParams {
		if up, down := direction(e.spread.money, j); up != nil {
			above = append(above, e.dearer(sampled, e.spread.spendAt(up)))
			below = append(below, e.dearer(sampled, e.spread.spendAt(down)))
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

// change is by how much the total changes under another model.
func (e equity) change(sampled []holding, m *Model) (sum float64) {
	var panel Panel
	for _, h := range sampled {
		panel.appendRow(h.x, h.tx, h.t, 1)
	}
	s := Score(m, panel, e.o.score())
	for i, h := range sampled {
		sum += h.weight * (e.worth(s.row(i), h.each) - e.worth(h.scores, h.each))
	}
	return sum
}

// dearer is by how much the total changes under another model of spend.
func (e equity) dearer(sampled []holding, g GammaGamma) (sum float64) {
	for _, h := range sampled {
		change := ratio(g.ExpectedSpend(h.paid, h.spend), e.spread.spend.ExpectedSpend(h.paid, h.spend)) - 1
		sum += h.weight * e.o.Prices.Margin * h.scores.dect * h.each.Spend * change
	}
	return sum
}

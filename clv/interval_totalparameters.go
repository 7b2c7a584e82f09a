package clv

import (
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
	if t.sampled == nil {
		t.sampled = e.sample()
	}
	t.above, t.below = e.parameterError(t.sampled)
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
	s := e.Predictive.blend.scoreMember(m, panel, sameX(panel), e.o.score(), nil)
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

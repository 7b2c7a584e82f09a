package backtest

import (
	"cmp"
	"math"
	"slices"
)

// group are customers with one and the same forecast. What they did is kept as
// a mean: no order among them is better than another.
type group struct{ predicted, actual, customers float64 }

// byForecast gathers equal forecasts, the highest first.
func byForecast(outcomes []outcome) []group {
	sorted := slices.Clone(outcomes)
	slices.SortFunc(sorted, func(a, b outcome) int {
		if a.predicted != b.predicted { // nearly always
			return cmp.Compare(b.predicted, a.predicted)
		}
		return cmp.Or(cmp.Compare(b.actual, a.actual), cmp.Compare(b.customers, a.customers))
	})
	var groups []group
	for i, o := range sorted {
		if i == 0 || o.predicted != sorted[i-1].predicted {
			groups = append(groups, group{predicted: o.predicted})
		}
		g := &groups[len(groups)-1]
		g.actual += o.customers * o.actual
		g.customers += o.customers
	}
	for i := range groups {
		groups[i].actual /= groups[i].customers
	}
	return groups
}

// gini is the area between the gain curve and the diagonal, in multiples of the
// same area for the true order of the customers. The gain curve is the share of
// all purchases made by the first share of customers, the highest forecast
// first. Within a group of equal forecasts it is a straight line, the mean
// over all orders of the group. whole is that of the true order. It is NaN where all customers
// did the same.
//
// Source: Wang, Liu and Miao (2019), A Deep Probabilistic Model for Customer
// Lifetime Value Prediction, section 4, https://arxiv.org/abs/1912.07753.
func gini(groups []group, whole float64) float64 {
	if !(whole > 0) {
		return math.NaN()
	}
	return gainArea(groups) / whole
}

// gainArea is the area between a gain curve and the diagonal, times customers
// and purchases:
//
//	Σ_g n_g (A_g + n_g a_g/2) - N A/2
//
// for groups of n_g customers with a_g purchases each, A_g made before them.
func gainArea(groups []group) float64 {
	area, customers, purchases := 0.0, 0.0, 0.0
	for _, g := range groups {
		area += g.customers * (purchases + g.customers*g.actual/2)
		customers += g.customers
		purchases += g.customers * g.actual
	}
	// A curve along the diagonal leaves rounding behind.
	if area -= customers * purchases / 2; math.Abs(area) <= areaRounding*customers*purchases {
		return 0
	}
	return area
}

// areaRounding is what rounding may leave of an area of 0, relative to the
// square around it: one part in 2^53 for each of some thousand sums.
const areaRounding = 1e-13

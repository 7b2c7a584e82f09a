package worth

import (
	"maps"
	"math"
	"slices"

	"clientele/analytics/customers"
	"clientele/clv"
	"clientele/internal/concurrent"
)

// ExpectedRepeats is how many customers tonight's models expect to have 0, 1, ... repeat
// purchase days, up to most, of customers with these first days of whom nothing else is
// known; nil without a model that says. The rest have more.
func (w *Result) ExpectedRepeats(most int) []float64 {
	if !w.Modelled() {
		return nil
	}
	ages, counts := countsOf(w.Panel.T)
	byAge := make([][]float64, len(ages)) // chances of each number, by age
	concurrent.Each(len(ages), w.valuer.threads, func(i int) {
		byAge[i] = make([]float64, most+1)
		for _, m := range w.models.blend.Members() {
			for n := range byAge[i] {
				byAge[i][n] += m.Weight * m.Model.PMF(float64(n), ages[i])
			}
		}
	})
	expected := make([]float64, most+1)
	for i, chances := range byAge {
		for n, p := range chances {
			expected[n] += counts[i] * p
		}
	}
	if slices.ContainsFunc(expected, math.IsNaN) {
		return nil
	}
	return expected
}

// countsOf are the values that there are, ascending, and how often each is there.
func countsOf(values []float64) (each, counts []float64) {
	of := map[float64]float64{}
	for _, v := range values {
		of[v]++
	}
	each = slices.Sorted(maps.Keys(of))
	counts = make([]float64, len(each))
	for i, v := range each {
		counts[i] = of[v]
	}
	return each, counts
}

// RepeatSpend is what the customers who came back spent on a repeat purchase day that
// brought money, on average, and how many such days they have.
func RepeatSpend(t *customers.Table) (means, days []float64) {
	for _, h := range spendHistories(t) {
		if h.Paid > 0 && h.Mean > 0 {
			means, days = append(means, h.Mean), append(days, h.Paid)
		}
	}
	return means, days
}

// ExpectedSpend is how many of the customers with so many repeat purchase days the model
// of spend expects to have a mean from each edge on and below the next, and from the last
// on; nil without such a model.
func (w *Result) ExpectedSpend(edges, days []float64) []float64 {
	if w == nil || w.spend.fit == nil {
		return nil
	}
	each, counts := countsOf(days)
	byDays := make([][]float64, len(each)) // chances of a mean below each edge
	model := w.spend.fit.Model
	concurrent.Each(len(each), w.valuer.threads, func(i int) { byDays[i] = chancesBelow(model, edges, each[i]) })
	expected := make([]float64, len(edges))
	for i, below := range byDays {
		for k := range edges {
			above := 1.
			if k+1 < len(edges) {
				above = below[k+1]
			}
			expected[k] += counts[i] * (above - below[k])
		}
	}
	if slices.ContainsFunc(expected, math.IsNaN) {
		return nil
	}
	return expected
}

func chancesBelow(g clv.GammaGamma, edges []float64, days float64) []float64 {
	below := make([]float64, len(edges))
	for k, edge := range edges {
		below[k] = g.MeanAtMost(edge, days)
	}
	return below
}

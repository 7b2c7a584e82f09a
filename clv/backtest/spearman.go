package backtest

import (
	"cmp"
	"math"
	"slices"
)

// spearman is the correlation of ranks, equal values having the mean of their
// ranks. byActual are those of what was bought. NaN where either side is constant.
//
// Source: Kendall (1970), Rank Correlation Methods, chapter 3.
func spearman(outcomes []outcome, byActual []float64) float64 {
	byPredicted := ranks(outcomes)
	n := 0.0
	for _, o := range outcomes {
		n += o.customers
	}
	middle := (n + 1) / 2 // the mean rank
	var pp, aa, pa float64
	for i, o := range outcomes {
		p, a := byPredicted[i]-middle, byActual[i]-middle
		pp += o.customers * p * p
		aa += o.customers * a * a
		pa += o.customers * p * a
	}
	if pp == 0 || aa == 0 {
		return math.NaN()
	}
	return pa / math.Sqrt(pp*aa)
}

// ranks gives each outcome the mean rank, from 1 up, of all customers who share
// its forecast.
func ranks(outcomes []outcome) []float64 {
	type item struct {
		value float64
		index int32
	}
	order := make([]item, len(outcomes))
	for i, o := range outcomes {
		order[i] = item{o.predicted, int32(i)}
	}
	slices.SortFunc(order, func(a, b item) int { return cmp.Compare(a.value, b.value) })
	rank := make([]float64, len(outcomes))
	before := 0.0
	for i := 0; i < len(order); {
		j, tied := i, 0.0
		for ; j < len(order) && order[j].value == order[i].value; j++ {
			tied += outcomes[order[j].index].customers
		}
		for ; i < j; i++ {
			rank[order[i].index] = before + (tied+1)/2
		}
		before += tied
	}
	return rank
}

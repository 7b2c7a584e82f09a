package main

import (
	"cmp"
	"math"
	"slices"
)

// level is the probability of the intervals that are judged.
const level = 0.90

// mean is NaN of nothing, and leaves out what is NaN.
func mean(of []float64) float64 {
	sum, n := 0., 0.
	for _, v := range of {
		if !math.IsNaN(v) {
			sum += v
			n++
		}
	}
	return sum / n
}

// ranks are places from 1, of equals the mean of theirs.
func ranks(of []float64) []float64 {
	order := make([]int, len(of))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(of[a], of[b]) })
	out := make([]float64, len(of))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && of[order[to]] == of[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			out[i] = float64(from+1+to) / 2
		}
		from = to
	}
	return out
}

// area is that under the ROC curve of a score: the chance that one with the
// outcome has a higher score than one without, ties counting half. NaN where a
// score is, or where there is only one outcome.
//
// Source: Hanley and McNeil (1982), Radiology 143(1): the area is the statistic
// of Wilcoxon, Mann and Whitney.
func area(score []float64, outcome []bool) float64 {
	if slices.ContainsFunc(score, math.IsNaN) {
		return math.NaN()
	}
	sum, with := 0., 0.
	for i, rank := range ranks(score) {
		if outcome[i] {
			sum += rank
			with++
		}
	}
	return (sum - with*(with+1)/2) / (with * (float64(len(score)) - with))
}

// spearman is the correlation of ranks; NaN where one side is constant.
func spearman(a, b []float64) float64 {
	a, b = ranks(a), ranks(b)
	middle := float64(len(a)+1) / 2
	var ab, aa, bb float64
	for i := range a {
		da, db := a[i]-middle, b[i]-middle
		ab += da * db
		aa += da * da
		bb += db * db
	}
	return ab / math.Sqrt(aa*bb)
}

// calibration is the mean gap between a stated chance and how often the outcome
// came, in ten bins of equally many customers.
func calibration(chance []float64, outcome []bool) float64 {
	const bins = 10
	order := make([]int, len(chance))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(chance[a], chance[b]) })
	gaps := 0.
	for bin := range bins {
		gap := 0.
		for _, i := range order[bin*len(order)/bins : (bin+1)*len(order)/bins] {
			gap += chance[i]
			if outcome[i] {
				gap--
			}
		}
		gaps += math.Abs(gap)
	}
	return gaps / float64(len(chance))
}

// logLoss is the mean of -ln of the chance given to what came. A chance of 0 that
// came counts as one in a million million.
func logLoss(chance []float64, outcome []bool) float64 {
	const least = 1e-12
	sum := 0.
	for i, p := range chance {
		if !outcome[i] {
			p = 1 - p
		}
		sum -= math.Log(max(p, least))
	}
	return sum / float64(len(chance))
}

// intervalScore is that of Gneiting and Raftery (2007), equation 43, of the
// logarithm of a total, the lower the better: the width of the interval, and
// 2/(1 - level) times how far the truth lies outside. Half a logarithmic width of
// 0.3 is an interval of some plus or minus 30%.
func intervalScore(low, high, actual float64) float64 {
	low, high, actual = math.Log(low), math.Log(high), math.Log(actual)
	return high - low + 2/(1-level)*max(low-actual, actual-high, 0)
}

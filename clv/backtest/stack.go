package backtest

import (
	"math"
	"slices"
)

const (
	// stackPrior is how many customers' worth of evidence says, before any is seen,
	// that a member is as good as the others. It matters to shops of some hundred
	// customers, where the highest log score is mostly luck: of seven members, one that
	// no customer speaks for has a weight of 5/(n+35) after n customers, and leaves the
	// blend (smallestWeight) at 65 of them.
	stackPrior = 5
	// smallestWeight is the share below which a member is left out: it would change
	// no probability by more than a twentieth, and takes its time to score.
	smallestWeight = 0.05
	// Weights have settled when a step changes none by more than this. After a step of
	// Newton's nothing is left, and after one of the other kind some ten times as much.
	stackSettled = 1e-10
	mostSteps    = 2000
)

// observation is what some customers did, with the logarithm of the probability that every
// candidate gave to it.
type observation struct {
	customers float64
	logScores []float64 // by candidate
	lnCounts  []float64 // by candidate: logarithm of how much it counts for such a customer; nil: alike
}

// stack finds the weights under which the weighted mean of the candidates' forecasts
// has the highest log score,
//
//	Σ_i n_i ln (Σ_m w_m g_mi p_mi / Σ_m w_m g_mi) + stackPrior Σ_m ln w_m,
//
// where g is how much a candidate counts for a customer (clv.Blend). The overlap of splits
// counts a customer more than once; that makes the evidence weigh more beside the prior and
// moves no weight otherwise.
//
// Source: Yao, Vehtari, Simpson and Gelman (2018), Using Stacking to Average Bayesian
// Predictive Distributions, Bayesian Analysis 13(3), https://doi.org/10.1214/17-BA1091.
func stack(all []observation, candidates int) []float64 {
	rows, counts := ratiosToBest(all, candidates)
	return withoutSmall(bestWeights(rows, counts, all, candidates))
}

// bestWeights are those with the highest score.
func bestWeights(rows, counts []float64, all []observation, candidates int) []float64 {
	weights := make([]float64, candidates)
	for i := range weights {
		weights[i] = 1 / float64(candidates)
	}
	here := scoreStack(rows, counts, all, weights)
	for range mostSteps {
		next := here.step(rows, counts, all)
		change := 0.
		for i, w := range next.weights {
			change = max(change, math.Abs(w-here.weights[i]))
		}
		if here = next; change < stackSettled {
			break
		}
	}
	return here.weights
}

// ratiosToBest are the probabilities of each row over that of its best candidate, so
// that none is too small for a float64, and how much candidates count, likewise.
func ratiosToBest(all []observation, candidates int) (rows, counts []float64) {
	rows, counts = make([]float64, 0, len(all)*candidates), make([]float64, 0, len(all)*candidates)
	for _, e := range all {
		best := slices.Max(e.logScores)
		for _, v := range e.logScores {
			rows = append(rows, math.Exp(v-best))
		}
		if e.lnCounts == nil {
			counts = append(counts, slices.Repeat([]float64{1}, candidates)...)
			continue
		}
		best = slices.Max(e.lnCounts)
		for _, v := range e.lnCounts {
			counts = append(counts, math.Exp(v-best))
		}
	}
	return rows, counts
}

// withoutSmall shares the weights of members too small to matter among the others.
func withoutSmall(weights []float64) []float64 {
	sum := 0.
	kept := slices.Clone(weights)
	for i, w := range kept {
		if w < smallestWeight {
			kept[i] = 0
		}
		sum += kept[i]
	}
	for i := range kept {
		kept[i] /= sum
	}
	return kept
}

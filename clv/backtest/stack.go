package backtest

import (
	"math"
	"slices"
)

const (
	// stackPrior is how many customers' worth of evidence says, before any is seen,
	// that a member is as good as the others. It matters to shops of some hundred
	// customers, where the highest log score is mostly luck.
	stackPrior = 5
	// smallestWeight is the share below which a member is left out: it would change
	// no probability by more than a twentieth, and takes its time to score.
	smallestWeight = 0.05
	// Weights have settled when a step of the climb changes none by more than this.
	stackSettled  = 1e-7
	mostStackings = 2000
)

// evidence is what one split says of every candidate: the logarithm of the
// probability that it gave to what some customers did.
type evidence struct {
	customers float64
	logScores []float64 // by candidate
	lnCounts  []float64 // by candidate: logarithm of how much it counts for such a customer; nil: alike
}

// stack finds the weights under which the weighted mean of the candidates' forecasts
// has the highest log score,
//
//	Σ_i n_i ln (Σ_m w_m g_mi p_mi / Σ_m w_m g_mi) + stackPrior Σ_m ln w_m,
//
// where g is how much a candidate counts for a customer (clv.Blend), by an MM algorithm,
// EM where all g are 1: the share that each candidate has in the probability of what
// each customer did, added up, over the share that it has in counting, moves its weight.
// Each step climbs. The overlap of splits counts a customer more than once; that makes the
// evidence weigh more beside the prior and moves no weight otherwise.
//
// Source: Yao, Vehtari, Simpson and Gelman (2018), Using Stacking to Average Bayesian
// Predictive Distributions, Bayesian Analysis 13(3), https://doi.org/10.1214/17-BA1091;
// Dempster, Laird and Rubin (1977), Maximum Likelihood from Incomplete Data via the EM
// Algorithm, JRSS B 39(1).
func stack(all []evidence, candidates int) []float64 {
	weights := make([]float64, candidates)
	for i := range weights {
		weights[i] = 1 / float64(candidates)
	}
	rows, counts := ratiosToBest(all, candidates)
	for range mostStackings {
		next := climb(rows, counts, all, weights)
		change := 0.
		for i := range next {
			change = max(change, math.Abs(next[i]-weights[i]))
		}
		weights = next
		if change < stackSettled {
			break
		}
	}
	return withoutSmall(weights)
}

// ratiosToBest are the probabilities of each row over that of its best candidate, so
// that none is too small for a float64, and how much candidates count, likewise.
func ratiosToBest(all []evidence, candidates int) (rows, counts []float64) {
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

// climb is one step of the algorithm.
func climb(rows, counts []float64, all []evidence, weights []float64) []float64 {
	n := len(weights)
	next, counting := make([]float64, n), make([]float64, n)
	for i := range next {
		next[i], counting[i] = stackPrior, stackPrior*float64(n)
	}
	for r, e := range all {
		row, g := rows[r*n:(r+1)*n], counts[r*n:(r+1)*n]
		sum, count := 0., 0.
		for i, p := range row {
			sum += weights[i] * g[i] * p
			count += weights[i] * g[i]
		}
		for i, p := range row {
			next[i] += e.customers * weights[i] * g[i] * p / sum
			counting[i] += e.customers * g[i] / count
		}
	}
	total := 0.
	for i := range next {
		next[i] /= counting[i]
		total += next[i]
	}
	for i := range next {
		next[i] /= total
	}
	return next
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

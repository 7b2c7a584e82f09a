package lifecycle

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// block is how many neighbouring gaps are held against each other.
const block = 4

// evenness is what a customer's gaps say about the regularity K, whatever the
// rate. Of m gaps g_1 … g_m ~ Gamma(K, λ), with a flat prior of ln λ, the
// likelihood of K is
//
//	Γ(Km)/Γ(K)^m · e^(K·L),  L = Σ ln g_i − m·ln Σ g_i
//
// It is taken for blocks of four neighbouring gaps, the last of which may be of
// two or three, each with a λ of its own: a rate that changes in the course of a
// year is thus not taken for bursts.
//
// Source: the integral of the gamma likelihood over its rate, as in Wheat and
// Morrison (1990), Estimating Purchase Regularity with Two Interpurchase Times,
// Journal of Marketing Research 27(1), 87-93, who take two gaps.
type evenness struct {
	gaps int     // those in blocks
	logs float64 // Σ L over the blocks
}

// leastGap is the shortest gap, in days of the shop's clock, that counts as what
// it is. A clock that hardly runs makes shorter ones.
const leastGap = 0.25

// gapBlocks sorts gaps into blocks as they are added.
type gapBlocks struct {
	full       evenness // blocks that are complete
	gaps       int      // of the last block
	logs, span float64  // Σ ln g and Σ g of the last block
}

func (b *gapBlocks) add(gap float64) {
	if b.gaps == block {
		*b = gapBlocks{full: b.evenness()}
	}
	gap = max(gap, leastGap)
	b.gaps++
	b.logs += math.Log(gap)
	b.span += gap
}

func (b *gapBlocks) evenness() evenness {
	if b.gaps < 2 {
		return b.full
	}
	l := b.logs - float64(b.gaps)*math.Log(b.span)
	return evenness{b.full.gaps + b.gaps, b.full.logs + l}
}

// logLikelihoods are those of each of regularities, less the largest of them,
// at a mean gap (see scaleOf).
func (e evenness) logLikelihoods(scale int) (out [len(regularities)]float64) {
	full, rest := float64(e.gaps/block), &blockLogs[e.gaps%block][scale]
	best := math.Inf(-1)
	for i, k := range regularities {
		out[i] = full*blockLogs[block][scale][i] + rest[i] + k*e.logs
		best = max(best, out[i])
	}
	for i := range out {
		out[i] -= best
	}
	return out
}

// scales is how many mean gaps, of 1, √2, 2, … days, have tables of their own. The
// last stands for all longer ones.
const scales = 18

// scaleOf is the place among scales of a mean gap in days.
func scaleOf(gap float64) int {
	return min(max(int(math.Round(2*math.Log2(max(gap, 1)))), 0), scales-1)
}

// blockLogs is what does not depend on L in the log-likelihood of a block of m
// gaps, at each scale and each of regularities: ln(Γ(Km)/Γ(K)^m / seen(K, m)).
var blockLogs = func() (logs [block + 1][scales][len(regularities)]float64) {
	for m := 2; m <= block; m++ {
		for i, k := range regularities {
			all, _ := math.Lgamma(k * float64(m))
			one, _ := math.Lgamma(k)
			for scale := range logs[m] {
				span := float64(m) * math.Exp2(float64(scale)/2)
				logs[m][scale][i] = all - float64(m)*one - math.Log(seen(k, m, span))
			}
		}
	}
	return logs
}()

// seen is the probability that none of m gaps ~ Gamma(k) that take span days is
// below half a day. Purchases of one day are one, so that of such gaps nothing is
// known; buyers in bursts have many, and would pass for regular if that did not
// count. Shares of the span are Dirichlet(k, …, k), and once one share is next to
// nothing the others are so with one fewer:
//
//	1 − m·I₁ + (m choose 2)·I₁·I₂ − …,  I_j = I_ε(k, (m−j)·k),  ε = ½/span
//
// which holds for small ε. Daily buyers have no gaps that could show bursts: there
// it is kept from vanishing.
func seen(k float64, m int, span float64) float64 {
	const least = 1e-3
	epsilon := 0.5 / max(span, 2*float64(m))
	sum, term := 1.0, 1.0
	for j := 1; j < m; j++ {
		term *= -float64(m-j+1) / float64(j) * mathext.RegIncBeta(k, float64(m-j)*k, epsilon)
		sum += term
	}
	return max(sum, least)
}

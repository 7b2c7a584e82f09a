package lifecycle

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// block is how many neighbouring gaps share one rate.
const block = 4

// gapStatistic is all that a customer's gaps say about their shape k, whatever the rate
// λ. For m gaps g_1 … g_m ~ Gamma(k, λ) and a flat prior of ln λ, the marginal
// likelihood of k is
//
//	Γ(km)/Γ(k)^m · e^(k·L),  L = Σ ln g_i − m·ln Σ g_i
//
// The gaps are cut into blocks of four neighbours; the last block may have two or three.
// Each block has its own λ, so that a rate that changes in the course of a year does not
// look like bursts.
//
// Source: the integral of the gamma likelihood over its rate, as in Wheat and
// Morrison (1990), Estimating Purchase Regularity with Two Interpurchase Times,
// Journal of Marketing Research 27(1), 87-93, who take two gaps.
type gapStatistic struct {
	gaps int     // number of gaps in blocks
	logs float64 // Σ L over the blocks
}

// leastGap is the shortest gap, in days of the shop's clock, that is taken as it is: half
// of the half day below which seen takes gaps for unseen. Purchases are at least a day
// apart by the calendar, but in a slow week the clock makes less of it, which must not
// look like a burst.
const leastGap = 0.25

// gapBlocks cuts gaps into blocks as they are added.
type gapBlocks struct {
	full       gapStatistic // of the blocks that are complete
	gaps       int          // of the last block
	logs, span float64      // Σ ln g and Σ g of the last block
}

// add adds a gap of at least leastGap, and its logarithm.
func (b *gapBlocks) add(gap, ln float64) {
	if b.gaps == block {
		*b = gapBlocks{full: b.statistic()}
	}
	b.gaps++
	b.logs += ln
	b.span += gap
}

func (b *gapBlocks) statistic() gapStatistic {
	if b.gaps < 2 {
		return b.full
	}
	l := b.logs - float64(b.gaps)*math.Log(b.span)
	return gapStatistic{b.full.gaps + b.gaps, b.full.logs + l}
}

// logLikelihoods are those of each of the shapes, less the largest of them, for a mean
// gap (see scaleOf).
func (g gapStatistic) logLikelihoods(scale int) (out [len(shapes)]float64) {
	full, rest := float64(g.gaps/block), &blockLogs[g.gaps%block][scale]
	best := math.Inf(-1)
	for i, k := range shapes {
		out[i] = full*blockLogs[block][scale][i] + rest[i] + k*g.logs
		best = max(best, out[i])
	}
	for i := range out {
		out[i] -= best
	}
	return out
}

// scales is the number of mean gaps, 1, √2, 2, … days, for which blockLogs is tabled.
// The last, √2^17 = 362 days, stands for all longer ones, at which no gap goes unseen.
const scales = 18

// scaleOf is the index among scales of a mean gap in days.
func scaleOf(gap float64) int {
	return min(max(int(math.Round(2*math.Log2(max(gap, 1)))), 0), scales-1)
}

// blockLogs is the part of the log-likelihood of a block of m gaps that does not depend
// on L, for each scale and each of the shapes: ln(Γ(km)/Γ(k)^m / seen(k, m)).
var blockLogs = func() (logs [block + 1][scales][len(shapes)]float64) {
	for m := 2; m <= block; m++ {
		for i, k := range shapes {
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

// seen is the probability that none of m gaps ~ Gamma(k) with the sum span, in days, is
// shorter than half a day. Purchases on one day count as one, so that shorter gaps are
// never seen. Customers who buy in bursts have many of those and would look regular if
// the likelihood did not allow for it. The gaps as shares of the span are
// Dirichlet(k, …, k); after one share that is nearly 0 the others are Dirichlet with one
// fewer, so that for small ε
//
//	seen = 1 − m·I₁ + (m choose 2)·I₁·I₂ − …,  I_j = I_ε(k, (m−j)·k),  ε = ½/span
//
// For daily buyers ε is large and the sum may fall to 0 or below: it is kept above 0.001.
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

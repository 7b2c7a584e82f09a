package segment

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// regularities are the values of K that customers are spread over: from buying
// in bursts over memoryless (1) to buying by the clock.
var regularities = [...]float64{0.25, 0.4, 0.6, 0.8, 1, 1.4, 2, 3.2, 6, 12}

// memoryless is the place of K = 1 in regularities.
const memoryless = 4

// regularityWeight is the weight, in customers, of the belief that buyers are
// memoryless. With nobody to learn from, it is all there is.
const regularityWeight = 10

// neighbours counts how even pairs of neighbouring gaps are. Of gaps g and h the
// share u = g/(g+h) is Beta(K, K) whatever the customer's rate, and independent
// of g+h, so that neither the rate, nor a slow change of it, nor the night on
// which one looks, biases what u says about K. Classes of |2u−1| are counted
// and not u itself: purchases of one day are one, so that of the shortest gaps
// nothing is known, and classes hardly feel that.
type neighbours [len(evenness) + 1]uint16

// evenness are the bounds of the classes of |2u−1|.
var evenness = [...]float64{0.2, 0.5, 0.8}

func (n *neighbours) add(g, h float64) {
	uneven := math.Abs(g-h) / (g + h)
	class := 0
	for class < len(evenness) && uneven >= evenness[class] {
		class++
	}
	n[class]++
}

// pairs is how many pairs there are.
func (n *neighbours) pairs() (pairs int) {
	for _, count := range n {
		pairs += int(count)
	}
	return pairs
}

// scales is how many mean gaps, of 1, 2, 4, … days, have probabilities of their
// own. The last stands for all longer ones.
const scales = 8

// scaleOf is the place among scales of a mean gap in days.
func scaleOf(gap float64) int {
	return min(max(int(math.Round(math.Log2(max(gap, 1)))), 0), scales-1)
}

// evenClasses is a probability, or the logarithm of one, for each class.
type evenClasses [len(evenness) + 1]float64

// evennessLogs is the log-probability of each class at each mean gap and each of
// regularities.
var evennessLogs = func() (logs [scales][len(regularities)]evenClasses) {
	for scale := range logs {
		for i, k := range regularities {
			logs[scale][i] = evennessLog(k, math.Exp2(float64(scale)))
		}
	}
	return logs
}()

// evennessLog is the log-probability of each class for gaps ~ Gamma(k) in whole
// days, of which those below half a day are not seen.
func evennessLog(k, gap float64) (logs evenClasses) {
	const longest = 12 // mean gaps
	last := int(longest*gap) + 3
	// within[d] is P(gap ≤ d days), given that it is seen.
	within := make([]float64, last+1)
	never := mathext.GammaIncReg(k, 0.5*k/gap)
	for d := 1; d <= last; d++ {
		within[d] = (mathext.GammaIncReg(k, (float64(d)+0.5)*k/gap) - never) / (1 - never)
	}
	below := 0.0
	for class := range logs {
		at := 1.0
		if class < len(evenness) {
			at = lessUneven(within, evenness[class])
		}
		logs[class] = math.Log(max(at-below, 1e-9))
		below = at
	}
	return logs
}

// lessUneven is P(|g−h| < bound·(g+h)) for whole gaps g and h.
func lessUneven(within []float64, bound float64) float64 {
	// That is P(h < g·r) − P(h ≤ g/r) over g, with r = (1+bound)/(1−bound).
	ratio := (1 + bound) / (1 - bound)
	at := func(d float64) float64 {
		return within[min(max(int(d), 0), len(within)-1)]
	}
	sum := 0.0
	for g := 1; g < len(within); g++ {
		most := math.Ceil(float64(g)*ratio-1e-9) - 1
		least := math.Floor(float64(g)/ratio + 1e-9)
		sum += (within[g] - within[g-1]) * (at(most) - at(least))
	}
	return sum
}

// regularityShares is a distribution over regularities.
type regularityShares [len(regularities)]float64

// given is the distribution of a customer's K, given the shares in the shop
// and the customer's own gaps, whose pairs are taken for independent though
// neighbours share a gap. That overrates them a little, and finds the bursty
// among others sooner.
//
// Source: Wheat and Morrison (1990), Estimating Purchase Regularity with Two
// Interpurchase Times, Journal of Marketing Research 27(1), 87-93, for the
// Beta(K, K) of a pair; Bayes' theorem.
func (s *regularityShares) given(n neighbours, scale int) regularityShares {
	if n.pairs() == 0 {
		return *s
	}
	var out regularityShares
	best := math.Inf(-1)
	for i := range regularities {
		if s[i] <= 0 {
			continue
		}
		for class, count := range n {
			out[i] += float64(count) * evennessLogs[scale][i][class]
		}
		best = max(best, out[i])
	}
	sum := 0.0
	for i := range out {
		if out[i] -= best; s[i] > 0 && out[i] > -40 {
			out[i] = s[i] * math.Exp(out[i])
			sum += out[i]
		} else {
			out[i] = 0
		}
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// fitRegularity estimates the shares by maximum likelihood (EM over the fixed
// values), drawn a little towards memoryless buyers, and the one K that
// describes all buyers best.
func fitRegularity(customers map[evenCustomer]int64) (shares regularityShares, k float64, pairs int) {
	order := slices.SortedFunc(maps.Keys(customers), func(a, b evenCustomer) int {
		return cmp.Or(cmp.Compare(a.scale, b.scale), slices.Compare(a.neighbours[:], b.neighbours[:]))
	})
	var total [scales]evenClasses
	for class, log := range evennessLogs[scales-1][memoryless] {
		total[scales-1][class] = regularityWeight * math.Exp(log)
	}
	for _, c := range order {
		pairs += int(customers[c]) * c.pairs()
		for class, count := range c.neighbours {
			total[c.scale][class] += float64(customers[c]) * float64(count)
		}
	}
	for i := range shares {
		shares[i] = 1 / float64(len(shares))
	}
	for range regularityRounds {
		var next regularityShares
		next[memoryless] = regularityWeight
		sum := float64(regularityWeight)
		for _, c := range order {
			n := float64(customers[c])
			for i, v := range shares.given(c.neighbours, c.scale) {
				next[i] += n * v
			}
			sum += n
		}
		for i := range next {
			next[i] /= sum
		}
		shares = next
	}
	return shares, commonRegularity(total), pairs
}

// evenCustomer is what a customer says about regularity.
type evenCustomer struct {
	neighbours
	scale int
}

// regularityRounds of EM: shares still move a little after that, what follows
// from them does not.
const regularityRounds = 40

// commonRegularity is the most likely K of all pairs together, interpolated
// between the fixed values by a parabola through the log-likelihoods.
func commonRegularity(total [scales]evenClasses) float64 {
	var logs [len(regularities)]float64
	best := 0
	for i := range regularities {
		for scale, classes := range total {
			for class, count := range classes {
				logs[i] += count * evennessLogs[scale][i][class]
			}
		}
		if logs[i] > logs[best] {
			best = i
		}
	}
	if best == 0 || best == len(regularities)-1 {
		return regularities[best]
	}
	x0, x1, x2 := math.Log(regularities[best-1]), math.Log(regularities[best]), math.Log(regularities[best+1])
	left, right := (logs[best]-logs[best-1])/(x1-x0), (logs[best+1]-logs[best])/(x2-x1)
	return math.Exp((x0+x1)/2 + left/(left-right)*(x2-x0)/2)
}

package lifecycle

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
)

// regularities are the values of K that customers are spread over: from buying
// in bursts over memoryless (1) to buying by the clock.
var regularities = [...]float64{0.25, 0.4, 0.6, 0.8, 1, 1.4, 2, 3.2, 6, 12}

// memoryless is the place of K = 1 in regularities.
const memoryless = 4

// regularityWeight is the weight, in customers, of the belief that buyers are
// memoryless. With nobody to learn from, it is all there is.
const regularityWeight = 10

// regularityShares is a distribution over regularities.
type regularityShares [len(regularities)]float64

// validate reports what no fit gives.
func (s regularityShares) validate() error {
	sum, least := 0.0, 1.0
	for _, share := range s {
		sum += share
		least = min(least, share)
	}
	if !(least >= 0 && math.Abs(sum-1) < 1e-6) {
		return fmt.Errorf("lifecycle: bad panel: shares of regularity add up to %v and the least is %v, want 1 and none below 0", sum, least)
	}
	return nil
}

// given is the distribution of a customer's K, given the shop's shares and the
// customer's own gaps, of which there are two at least.
func (s *regularityShares) given(e evenness, scale int) regularityShares {
	logs, best := e.logLikelihoods(scale), math.Inf(-1)
	for i, log := range logs {
		if s[i] > 0 {
			best = max(best, log)
		}
	}
	var out regularityShares
	sum := 0.0
	for i, log := range logs {
		if s[i] > 0 && log-best > unlikely {
			out[i] = s[i] * math.Exp(log-best)
			sum += out[i]
		}
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// unlikely is the log-likelihood, less the largest of those that there are, below
// which a value of K is out
// of the question; that spares its exponential.
const unlikely = -16

// evenClass is a class of customers whose gaps say nearly the same about K.
type evenClass struct {
	gaps, logs, scale int
}

// evenSteps is how many classes there are to a unit of evenness.logs.
const evenSteps = 4

func evenClassOf(e evenness, meanGap float64) evenClass {
	return evenClass{e.gaps, int(math.Round(-evenSteps * e.logs)), scaleOf(meanGap)}
}

func (c evenClass) logLikelihoods() [len(regularities)]float64 {
	return evenness{c.gaps, -float64(c.logs) / evenSteps}.logLikelihoods(c.scale)
}

// fitRegularity estimates the shares by maximum likelihood (EM over the fixed
// values), drawn a little towards memoryless buyers, and the one K that
// describes all buyers best.
func fitRegularity(customers map[evenClass]int64) (shares regularityShares, k float64) {
	order := slices.SortedFunc(maps.Keys(customers), func(a, b evenClass) int {
		return cmp.Or(cmp.Compare(a.gaps, b.gaps), cmp.Compare(a.logs, b.logs), cmp.Compare(a.scale, b.scale))
	})
	likelihoods := make([][len(regularities)]float64, len(order))
	var total [len(regularities)]float64
	gaps := 0
	for at, c := range order {
		gaps += int(customers[c]) * c.gaps
		for i, log := range c.logLikelihoods() {
			likelihoods[at][i] = math.Exp(log)
			total[i] += float64(customers[c]) * log
		}
	}
	for i := range shares {
		shares[i] = 1 / float64(len(shares))
	}
	for range regularityRounds {
		var next regularityShares
		next[memoryless] = regularityWeight
		all := float64(regularityWeight)
		for at, c := range order {
			n, sum := float64(customers[c]), 0.0
			for i, l := range likelihoods[at] {
				sum += shares[i] * l
			}
			for i, l := range likelihoods[at] {
				next[i] += n * shares[i] * l / sum
			}
			all += n
		}
		for i := range next {
			next[i] /= all
		}
		shares = next
	}
	for i := range shares {
		shares[i] = leastShare + (1-leastShare*float64(len(shares)))*shares[i]
	}
	if gaps == 0 {
		return shares, 1
	}
	return shares, commonRegularity(total)
}

// regularityRounds of EM: those of the shares that go to nothing are then below
// leastShare.
const regularityRounds = 200

// leastShare is what no share is below: no shop shows that nobody is of a kind.
const leastShare = 5e-4

// commonRegularity is the most likely K of all gaps together, interpolated
// between the fixed values by a parabola through the log-likelihoods.
func commonRegularity(logs [len(regularities)]float64) float64 {
	best := 0
	for i := range logs {
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

package lifecycle

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
)

// shapes are the values of the gap shape k that a customer may have: below 1 for bursts,
// 1 for no memory, above 1 for regular gaps. They are about evenly spaced in ln k, as
// near as mostGaps gaps can tell apart.
var shapes = [...]float64{0.25, 0.4, 0.6, 0.8, 1, 1.4, 2, 3.2, 6, 12}

// memoryless is the index of k = 1 in shapes.
const memoryless = 4

// regularityWeight is the weight of the prior, in customers who are memoryless. Ten keep
// the shares of a shop with a handful of repeat buyers near memoryless, which is what
// the models of purchases assume, and are 1% of a thousand repeat buyers. Half and double
// move no share of TestConstants by more than one percentage point.
const regularityWeight = 10

// shapeShares is a distribution over regularities.
type shapeShares [len(shapes)]float64

// validate reports shares that no fit gives.
func (s shapeShares) validate() error {
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

// posterior is the distribution of a customer's k, with the shop's shares as the prior
// and at least two gaps of the customer's own.
func (s *shapeShares) posterior(g gapStatistic, scale int) shapeShares {
	logs, best := g.logLikelihoods(scale), math.Inf(-1)
	for i, log := range logs {
		if s[i] > 0 {
			best = max(best, log)
		}
	}
	var out shapeShares
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

// unlikely is the log-likelihood, less the largest one, below which a shape is left out:
// e^−16 is 1e-7, a thousandth of negligible.
const unlikely = -16

// statisticClass is a class of customers whose gaps say nearly the same about k. The fit
// goes over classes, of which there are far fewer than customers.
type statisticClass struct {
	gaps, logs, scale int
}

// classesPerUnit is how many classes there are to a unit of gapStatistic.logs: within a
// class the log-likelihoods of neighbouring shapes differ by at most 1/8 of the step
// in k.
const classesPerUnit = 4

func classOf(g gapStatistic, meanGap float64) statisticClass {
	return statisticClass{g.gaps, int(math.Round(-classesPerUnit * g.logs)), scaleOf(meanGap)}
}

func (c statisticClass) logLikelihoods() [len(shapes)]float64 {
	return gapStatistic{c.gaps, -float64(c.logs) / classesPerUnit}.logLikelihoods(c.scale)
}

// fitRegularity estimates the shares of the shapes by EM, with the prior of
// regularityWeight, and the one k that describes all customers best.
func fitRegularity(customers map[statisticClass]int64) (shares shapeShares, k float64) {
	order := slices.SortedFunc(maps.Keys(customers), func(a, b statisticClass) int {
		return cmp.Or(cmp.Compare(a.gaps, b.gaps), cmp.Compare(a.logs, b.logs), cmp.Compare(a.scale, b.scale))
	})
	likelihoods := make([][len(shapes)]float64, len(order))
	var total [len(shapes)]float64
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
		var next shapeShares
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

// regularityRounds is the number of rounds of EM. Shares that go to 0 are then below
// leastShare.
const regularityRounds = 200

// leastShare is the least that any share may be: one customer in two thousand. A sample
// of mostSampled customers cannot show that a shape never occurs, and a share of 0 would
// never be revised by what one customer does.
const leastShare = 5e-4

// commonRegularity is the most likely k of all gaps together. Between the shapes it is
// interpolated, by a parabola in ln k through the log-likelihoods.
func commonRegularity(logs [len(shapes)]float64) float64 {
	best := 0
	for i := range logs {
		if logs[i] > logs[best] {
			best = i
		}
	}
	if best == 0 || best == len(shapes)-1 {
		return shapes[best]
	}
	x0, x1, x2 := math.Log(shapes[best-1]), math.Log(shapes[best]), math.Log(shapes[best+1])
	left, right := (logs[best]-logs[best-1])/(x1-x0), (logs[best+1]-logs[best])/(x2-x1)
	return math.Exp((x0+x1)/2 + left/(left-right)*(x2-x0)/2)
}

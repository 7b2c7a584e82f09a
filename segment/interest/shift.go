package interest

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
)

// ShiftSums are the Mantel-Haenszel sums of a thing, by window: over all
// customers, each with n baskets of which m in the window, x and y of them with
// the thing,
//
//	Rise = Σ y·(n−m−(x−y)) / n      Fall = Σ (x−y)·(m−y) / n
//
// Rise/Fall estimates the odds of the thing in a basket of the window, relative to the odds
// in the same customer's baskets before. It shows how the assortment and the season moved
// all customers, whoever joined or left.
//
// Source: N. Mantel, W. Haenszel (1959), JNCI 22, 719-748.
type ShiftSums struct {
	Rise, Fall [Windows]float64
}

// Add adds a customer with these counts of all baskets and of those with the thing. A
// customer without such baskets adds nothing.
func (s *ShiftSums) Add(all, with BasketCounts) {
	for k := range Windows {
		rise, fall := shiftShares(all, with, k)
		s.Rise[k] += rise
		s.Fall[k] += fall
	}
}

// Odds is the factor by which the odds of the thing moved for all customers, from before
// the recent part to the recent part. With few customers it is drawn towards 1.
func (s *ShiftSums) Odds() float64 {
	return (s.Rise[wholeWindow] + priorWeight) / (s.Fall[wholeWindow] + priorWeight)
}

// shiftTerms is what one customer adds to Rise and Fall, times the customer's baskets.
func shiftTerms(all, with BasketCounts, k int) (rise, fall int64) {
	y, x := int64(with.Recent[k]), int64(with.before(k))
	return y * (int64(all.before(k)) - x), x * (int64(all.Recent[k]) - y)
}

// shiftShares is what one customer adds to Rise and Fall.
func shiftShares(all, with BasketCounts, k int) (rise, fall float64) {
	if all.All == 0 {
		return 0, 0
	}
	riseTerm, fallTerm := shiftTerms(all, with, k)
	return float64(riseTerm) / float64(all.All), float64(fallTerm) / float64(all.All)
}

// shift is how the odds of a thing moved for the other customers, as far as is known: the
// logarithm is normal with this mean and standard deviation.
type shift struct{ mean, sd float64 }

// priorWeight is added to both sums. It is the weight of the uniform prior of
// Rise/(Rise + Fall), Laplace's rule of succession. Without other customers the odds are 1
// within a factor of e^(2·√2) = 17 either way: a pair must then stop dead after very many
// baskets to be a finding.
const priorWeight = 1.

// unevenness is the standard deviation of the logarithm by which one customer's shift
// differs from that of all: a season does not move all customers alike, least of all
// those who joined in the middle of it. Without it, customers with hundreds of baskets are
// findings because of a difference of a tenth.
//
// Source: benchmarks/studies/interests, the world with all disturbances.
const unevenness = 0.1

// shiftOfOthers is the shift of a pair's thing in window k, from all customers but the
// pair's own. Otherwise the loss of a customer who alone buys a thing would be explained
// by itself.
//
// The variance of log(Rise/Fall) is at most 1/Rise + 1/Fall, which needs no
// further sums: in the terms of Robins, Breslow and Greenland (1986,
// Biometrics 42, 311-323, eq. 3) it is ΣPR/2R² + Σ(PS+QR)/2RS + ΣQS/2S², and no
// P or Q is above 1.
func (in *Input) shiftOfOthers(x Pair, k int) shift {
	sums := &in.Shift[x.Thing]
	ownRise, ownFall := shiftShares(in.Baskets[x.Customer], x.With, k)
	rise := max(0, sums.Rise[k]-ownRise) + priorWeight
	fall := max(0, sums.Fall[k]-ownFall) + priorWeight
	return shift{math.Log(rise / fall), math.Sqrt(1/rise + 1/fall + unevenness*unevenness)}
}

// odds is the median of the shift.
func (s shift) odds() float64 { return math.Exp(s.mean) }

// shiftNodes and shiftWeights are those of Gauss-Hermite quadrature, scaled from exp(−t²)
// to the density of N(0, 1).
var shiftNodes, shiftWeights = func() (nodes, weights [7]float64) {
	quad.Hermite{}.FixedLocations(nodes[:], weights[:], math.Inf(-1), math.Inf(1))
	for i := range nodes {
		nodes[i] *= math.Sqrt2
		weights[i] /= math.Sqrt(math.Pi)
	}
	return nodes, weights
}()

// average is the mean of a probability that depends on the odds, over their distribution.
// A p-value at the median odds alone would be too small if these come from few customers.
func (s shift) average(p func(odds float64) float64) float64 {
	sum := 0.
	for i, t := range shiftNodes {
		sum += shiftWeights[i] * p(math.Exp(s.mean+s.sd*t))
	}
	return sum
}

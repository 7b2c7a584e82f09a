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
// Rise/Fall estimates the odds of finding the thing in a basket of the window,
// relative to the odds of the same customer before: how the assortment and the
// season moved everybody, whoever came and left.
//
// Source: N. Mantel, W. Haenszel (1959), JNCI 22, 719-748.
type ShiftSums struct {
	Rise, Fall [Windows]float64
}

// Add counts in a customer with so many baskets, of which some hold the thing.
// A customer none of whose baskets holds it adds nothing.
func (s *ShiftSums) Add(all, with BasketCounts) {
	for k := range Windows {
		rise, fall := shiftShares(all, with, k)
		s.Rise[k] += rise
		s.Fall[k] += fall
	}
}

// Odds is the factor by which the odds of the thing moved for everybody, from
// before the recent part to since; towards 1 where few customers tell.
func (s *ShiftSums) Odds() float64 {
	return (s.Rise[wholeWindow] + thinPanel) / (s.Fall[wholeWindow] + thinPanel)
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

// shift is what is known of how the odds of a thing moved for the others: the
// logarithm is normal with this mean and standard deviation.
type shift struct{ mean, sd float64 }

// thinPanel is added to both sums. With no other customer to go by, the odds
// are 1 within a factor of e^(2·√2) = 17 either way: such a pair must stop
// dead after very many baskets to be found.
const thinPanel = 1.

// unevenness is how far the shift of one customer lies from that of the panel,
// at least, as a standard deviation of its logarithm: a season does not move
// everybody quite alike, least those who came in the middle of it. Without it
// customers with hundreds of baskets are found for the tenth by which they
// differ (see benchmarks/interests, the world with all of it).
const unevenness = 0.1

// shiftOfOthers is the shift of a pair's thing in window k from the customers
// other than the pair's own: one who alone buys a thing would else explain the
// own loss by it.
//
// The variance of log(Rise/Fall) is at most 1/Rise + 1/Fall, which needs no
// further sums: in the terms of Robins, Breslow and Greenland (1986,
// Biometrics 42, 311-323, eq. 3) it is ΣPR/2R² + Σ(PS+QR)/2RS + ΣQS/2S², and no
// P or Q is above 1.
func (p *Panel) shiftOfOthers(x Pair, k int) shift {
	sums := &p.Shift[x.Thing]
	ownRise, ownFall := shiftShares(p.Baskets[x.Customer], x.With, k)
	rise := max(0, sums.Rise[k]-ownRise) + thinPanel
	fall := max(0, sums.Fall[k]-ownFall) + thinPanel
	return shift{math.Log(rise / fall), math.Sqrt(1/rise + 1/fall + unevenness*unevenness)}
}

// odds is the middle of what the shift may be.
func (s shift) odds() float64 { return math.Exp(s.mean) }

// shiftNodes and shiftWeights average over a normal variable: Gauss-Hermite
// quadrature, moved from exp(−t²) to the density of N(0, 1).
var shiftNodes, shiftWeights = func() (nodes, weights [7]float64) {
	quad.Hermite{}.FixedLocations(nodes[:], weights[:], math.Inf(-1), math.Inf(1))
	for i := range nodes {
		nodes[i] *= math.Sqrt2
		weights[i] /= math.Sqrt(math.Pi)
	}
	return nodes, weights
}()

// average is the mean of a probability that depends on the odds, over what the
// odds may be. A p-value at the best guess alone would be too small where the
// guess comes from few customers.
func (s shift) average(p func(odds float64) float64) float64 {
	sum := 0.
	for i, t := range shiftNodes {
		sum += shiftWeights[i] * p(math.Exp(s.mean+s.sd*t))
	}
	return sum
}

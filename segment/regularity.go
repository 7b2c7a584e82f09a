package segment

// Regularity outside these bounds says more about odd data (fixed renewal
// dates, orders split over days) than about rhythm.
const (
	minRegularity = 0.3
	maxRegularity = 12
)

// regularityPrior is the weight, in pairs, of the belief that buyers are
// memoryless. It keeps a handful of pairs from swinging the estimate: with
// none at all the estimate is exactly 1.
const regularityPrior = 25

// regularity estimates K from the first two gaps g1, g2 of every customer who
// has them, and returns it with the number of such pairs. The share
// u = g1/(g1+g2) is Beta(K, K) whatever the customer's rate, and independent
// of g1+g2, so that neither the spread of rates nor the cut at the night's
// date biases it:
//
//	Var(u) = 1 / (4·(2K+1))  ⇒  K = (1/(4·Var(u)) − 1) / 2
//
// Source: Wheat and Morrison (1990), Estimating Purchase Regularity with Two
// Interpurchase Times, Journal of Marketing Research 27(1), 87-93.
func regularity(h History) (k float64, pairs int) {
	// Squares are summed as integers of 2^-32, because a sum of floats would
	// depend on the order of rows. The largest square, 1/4, is 2^30 of them,
	// so that 2^33 customers fit.
	const unit = 1 << 32
	var sum int64
	for i, n := range h.PurchaseDays {
		if n < 3 {
			continue
		}
		g1, g2 := float64(h.FirstGapDays[i]), float64(h.SecondGapDays[i])
		d := g1/(g1+g2) - 0.5
		sum += int64(d * d * unit)
		pairs++
	}
	const memoryless = 1.0 / 12 // Var(u) at K = 1
	variance := (float64(sum)/unit + regularityPrior*memoryless) / (float64(pairs) + regularityPrior)
	k = (1/(4*variance) - 1) / 2
	return min(max(k, minRegularity), maxRegularity), pairs
}

package money

import "math"

// Round rounds money that a model expects to as many decimal places as the ledger
// keeps, so that every sum of published values is exact.
func Round(v float64) float64 {
	const places = 1e6 // as Scale
	return math.Round(v*places) / places
}

// Sum is the sum of such money, exact whatever its order.
func Sum(values []float64) Amount {
	var sum Amount
	for _, v := range values {
		sum = sum.Plus(FromFloat(v))
	}
	return sum
}

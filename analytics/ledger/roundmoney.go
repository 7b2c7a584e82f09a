package ledger

import "math"

// RoundMoney rounds money that a model expects to as many decimal places as the ledger
// keeps, so that every sum of published values is exact.
func RoundMoney(v float64) float64 {
	const places = 1e6 // MoneyScale
	return math.Round(v*places) / places
}

// SumMoney is the sum of such money, exact whatever its order.
func SumMoney(values []float64) Money {
	var sum Money
	for _, v := range values {
		sum = sum.Plus(MoneyFromFloat(v))
	}
	return sum
}

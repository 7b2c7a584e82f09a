package customers

import (
	"clientele/internal/money"
)

// Floats are counts as the numbers that models take.
func Floats(counts []int64) []float64 {
	f := make([]float64, len(counts))
	for i, c := range counts {
		f[i] = float64(c)
	}
	return f
}

// Amounts are sums of money as the numbers that models take.
func Amounts(money []money.Amount) []float64 {
	f := make([]float64, len(money))
	for i, m := range money {
		f[i] = m.Float()
	}
	return f
}

// KeptShare is how much of what a customer bought was not given back, 0 to 1.
func (t *Table) KeptShare(customer int) float64 {
	net := t.Net[customer].Float()
	if net <= 0 {
		return 0
	}
	return net / t.Sold[customer].Float()
}

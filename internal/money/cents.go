package money

import "math"

// CentsPerUnit are the parts of a unit to which amounts are shown where they add up.
const CentsPerUnit = 100

// Shown are amounts to the cent that add up as the amounts do: each is the step from one
// rounded subtotal to the next.
func Shown(amounts []Amount) []float64 {
	shown := make([]float64, len(amounts))
	var sum Amount
	before := 0.
	for i, a := range amounts {
		sum = sum.Plus(a)
		upTo := sum.Cents()
		shown[i] = (upTo - before) / CentsPerUnit
		before = upTo
	}
	return shown
}

// Cents is the whole number of cents nearest to the amount.
func (m Amount) Cents() float64 { return math.Round(m.Float() * CentsPerUnit) }

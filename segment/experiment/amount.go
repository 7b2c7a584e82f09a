package experiment

import (
	"math"
	"strconv"
)

// amount is a factor whose labels are numbers: the place of its slope among the unknowns, and
// by how much the customers of the cells differ in it.
type amount struct {
	at           int
	mean, spread float64 // 0: it is none, or all have the same
}

// amountOf finds mean and spread of a factor over the customers of cells. A label that is no
// number makes it none, but for the empty one of customers of whom it is not known.
func amountOf(cells []Cell, factor int) amount {
	var n, sum, squares float64
	for _, c := range cells {
		x, known := number(c.Labels[factor])
		if !known {
			if c.Labels[factor] == "" {
				continue
			}
			return amount{}
		}
		weight := float64(c.Customers)
		n, sum, squares = n+weight, sum+weight*x, squares+weight*x*x
	}
	if n == 0 {
		return amount{}
	}
	mean := sum / n
	return amount{mean: mean, spread: math.Sqrt(max(squares/n-mean*mean, 0))}
}

// of is the amount of a label, in units of its spread; 0, the mean, where it is not known.
func (a amount) of(label string) float64 {
	x, known := number(label)
	if !known {
		return 0
	}
	return (x - a.mean) / a.spread
}

func number(label string) (x float64, is bool) {
	x, err := strconv.ParseFloat(label, 64)
	return x, err == nil && !math.IsNaN(x) && !math.IsInf(x, 0)
}

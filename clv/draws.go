package clv

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"
)

// drawGamma draws from Gamma(shape, rate 1).
func drawGamma(rng *rand.Rand, shape float64) float64 {
	return distuv.Gamma{Alpha: shape, Beta: 1, Src: rng}.Rand()
}

// drawBeta draws from Beta(a, b).
func drawBeta(rng *rand.Rand, a, b float64) float64 {
	left, right := drawGamma(rng, a), drawGamma(rng, b)
	if left+right == 0 { // both shapes so small that the draws underflow
		if rng.Float64() < a/(a+b) {
			return 1
		}
		return 0
	}
	return left / (left + right)
}

// discountedTime is the integral of exp(-delta*u) over u from 0 to h.
func discountedTime(h, delta float64) float64 {
	// Where delta*h is next to nothing it may underflow.
	if delta == 0 || delta*h < 1e-17 {
		return h
	}
	return -math.Expm1(-delta*h) / delta
}

// oneByOne is the number of purchases up to which their times are drawn. The
// time it takes to simulate a customer must not grow with how often one buys.
const oneByOne = 50

// drawPurchases draws purchases at a rate per unit of time for a time of stay,
// and discounts them. Beyond oneByOne expected ones it draws their number, and
// for the sum of their discounts a normal with the mean and variance of that many
// independent times spread evenly over the stay.
func drawPurchases(rng *rand.Rand, rate, stay, delta float64) (purchases, discounted float64) {
	expected := rate * stay
	if expected > oneByOne {
		n := drawPoisson(rng, expected)
		mean := discountedTime(stay, delta) / stay
		variance := max(0, discountedTime(stay, 2*delta)/stay-mean*mean)
		sum := n*mean + math.Sqrt(n*variance)*rng.NormFloat64()
		return n, min(max(sum, 0), n)
	}
	for now := rng.ExpFloat64() / rate; now <= stay; now += rng.ExpFloat64() / rate {
		purchases++
		discounted += math.Exp(-delta * now)
	}
	return purchases, discounted
}

// drawPoisson draws from a Poisson distribution. A mean above 1e8 is drawn as a
// normal, which differs from it by less than a thousandth of a standard
// deviation; the exact algorithm compares logarithms that have no digits left
// there.
func drawPoisson(rng *rand.Rand, mean float64) float64 {
	const nearlyNormal = 1e8
	if mean < nearlyNormal {
		return distuv.Poisson{Lambda: mean, Src: rng}.Rand()
	}
	return math.Round(mean + math.Sqrt(mean)*rng.NormFloat64())
}

package clv

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"
)

// drawGamma draws from Gamma(shape, rate 1).
func drawGamma(dice *rand.Rand, shape float64) float64 {
	return distuv.Gamma{Alpha: shape, Beta: 1, Src: dice}.Rand()
}

// drawBeta draws from Beta(a, b).
func drawBeta(dice *rand.Rand, a, b float64) float64 {
	left, right := drawGamma(dice, a), drawGamma(dice, b)
	if left+right == 0 { // both shapes so small that the draws underflow
		if dice.Float64() < a/(a+b) {
			return 1
		}
		return 0
	}
	return left / (left + right)
}

// discountedTime is the integral of exp(-delta*u) over u from 0 to h.
func discountedTime(h, delta float64) float64 {
	if delta == 0 {
		return h
	}
	return -math.Expm1(-delta*h) / delta
}

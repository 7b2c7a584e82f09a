package interest

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"

	"clientele/internal/concurrent"
)

// inflation is the factor, at least 1, by which the variance of the number of recent
// baskets with a thing exceeds that of independent baskets. Tastes come in streaks and
// seasons do not move all customers alike; without this factor both would look like lost
// interests.
//
//	λ = median(z²) / 0.4549
//
// over the pairs, where z is the deviation on the scale of the normal distribution and
// 0.4549 the median of z² if z is normal. The median hardly depends on the few customers
// whose interests did change.
//
// Counts are whole numbers, so that the distribution function has steps. z is taken at
// evenly distributed places within the steps (multiples of the golden ratio), which makes
// it normal and needs no random numbers.
//
// Source: the inflation factor of B. Devlin, K. Roeder (1999), Genomic control
// for association studies, Biometrics 55, 997-1004.
func (in *Input) inflation(pairs []int, workers int) float64 {
	if len(pairs) == 0 {
		return 1
	}
	squares := make([]float64, len(pairs))
	concurrent.Each(len(pairs), workers, func(i int) {
		x := in.Pairs[pairs[i]]
		const golden = 0.6180339887498949
		_, place := math.Modf(golden * float64(i+1))
		chance := in.shiftOfOthers(x, wholeWindow).average(func(odds float64) float64 {
			below, at, _ := in.distribution(x, wholeWindow, odds).tails(int(x.With.Recent[wholeWindow]))
			return below + place*at
		})
		z := mathext.NormalQuantile(min(max(chance, 1e-300), 1-1e-16))
		squares[i] = z * z
	})
	slices.Sort(squares)
	const normal = 0.45493642311957283 // median of χ² with one degree of freedom
	return max(1, squares[len(squares)/2]/normal)
}

// deflate is the p-value after the deviation, on the scale of the normal distribution, is
// divided by √λ.
func deflate(p, lambda float64) float64 {
	if lambda == 1 || p <= 0 || p >= 1 {
		return p
	}
	return math.Erfc(-mathext.NormalQuantile(p)/math.Sqrt(2*lambda)) / 2
}

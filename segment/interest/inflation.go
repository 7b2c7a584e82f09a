package interest

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"

	"clientele/internal/concurrent"
)

// inflation is by how much more the recent baskets with a thing scatter than
// they should, were each basket a draw of its own: 1 where they do not. Tastes
// come in streaks, seasons do not move everybody alike, and both would pass
// for lost interests.
//
//	λ = median(z²) / 0.4549
//
// over the pairs, where z is the deviation on the scale of the normal
// distribution and 0.4549 the median of z² were it normal. A median does not
// mind the few whose interests did change, in either direction.
//
// Counts are whole, so that z would lie on a grid. It is taken at an even
// sequence of places within the steps of the distribution, which makes it
// normal and needs no random numbers.
//
// Source: the inflation factor of B. Devlin, K. Roeder (1999), Genomic control
// for association studies, Biometrics 55, 997-1004.
func (p *Panel) inflation(pairs []int, workers int) float64 {
	if len(pairs) == 0 {
		return 1
	}
	squares := make([]float64, len(pairs))
	concurrent.Each(len(pairs), workers, func(i int) {
		x := p.Pairs[pairs[i]]
		const golden = 0.6180339887498949
		_, place := math.Modf(golden * float64(i+1))
		chance := p.shiftOfOthers(x, wholeWindow).average(func(odds float64) float64 {
			below, at, _ := p.distribution(x, wholeWindow, odds).tails(int(x.With.Recent[wholeWindow]))
			return below + place*at
		})
		z := mathext.NormalQuantile(min(max(chance, 1e-300), 1-1e-16))
		squares[i] = z * z
	})
	slices.Sort(squares)
	const normal = 0.45493642311957283 // median of χ² with one degree of freedom
	return max(1, squares[len(squares)/2]/normal)
}

// deflate is the p-value of a deviation that is smaller by √λ on the scale of
// the normal distribution.
func deflate(p, lambda float64) float64 {
	if lambda == 1 || p <= 0 || p >= 1 {
		return p
	}
	return math.Erfc(-mathext.NormalQuantile(p)/math.Sqrt(2*lambda)) / 2
}

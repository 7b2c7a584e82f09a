package segment

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// inflation is by how much more the recent baskets with a thing scatter than
// they should, were each basket a draw of its own: 1 where they do not. Tastes
// come in streaks, seasons do not move everybody alike, and both would pass
// for lost interests. It compares squared deviations above what was to be
// expected with their expectation,
//
//	λ = Σ (x − E[X])₊² / Σ E[(X − E[X])₊²]
//
// over the pairs. Of deviations above and not below, because lost interests
// themselves lie below.
//
// Source: the inflation factor of B. Devlin, K. Roeder (1999), Genomic control
// for association studies, Biometrics 55, 997-1004, from one side.
func (p *InterestPanel) inflation(pairs []int, workers int) float64 {
	seen, expected := make([]float64, len(pairs)), make([]float64, len(pairs))
	eachOf(len(pairs), workers, func(i int) {
		x := p.Pairs[pairs[i]]
		s := p.shiftOfOthers(x, wholeWindow)
		mean, variance, upper := p.distribution(x, wholeWindow, s.odds()).moments()
		above := max(0, float64(x.With.Recent[wholeWindow])-mean)
		// The error of the shift moves the mean by variance·error.
		seen[i], expected[i] = above*above, upper*(1+variance*s.sd*s.sd)
	})
	over, under := 0., 0.
	for i := range pairs {
		over += seen[i]
		under += expected[i]
	}
	if !(under > 0) {
		return 1
	}
	return max(1, over/under)
}

// deflate is the p-value of a deviation that is smaller by √λ on the scale of
// the normal distribution.
func deflate(p, lambda float64) float64 {
	if lambda == 1 || p <= 0 || p >= 1 {
		return p
	}
	return math.Erfc(-mathext.NormalQuantile(p)/math.Sqrt(2*lambda)) / 2
}

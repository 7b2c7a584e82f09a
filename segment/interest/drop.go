package interest

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// intervalTail is what a 90% interval leaves out on either side.
const intervalTail = 0.05

// shareInterval is Jeffreys' 90% interval of a share of which x of n were
// seen: the quantiles of Beta(x + ½, n − x + ½), with 0 below where none was
// seen and 1 above where all were.
//
// Source: L. D. Brown, T. T. Cai, A. DasGupta (2001), Interval estimation for a
// binomial proportion, Statistical Science 16, 101-133, section 4.1.2.
func shareInterval(x, n int) (low, high float64) {
	a, b := float64(x)+0.5, float64(n-x)+0.5
	low, high = 0, 1
	if x > 0 {
		low = mathext.InvRegIncBeta(a, b, intervalTail)
	}
	if x < n {
		high = mathext.InvRegIncBeta(a, b, 1-intervalTail)
	}
	return low, high
}

// dropInterval is the 90% interval of how far a share fell, from those of the
// share before and after.
//
//	low = d − √((p₁−l₁)² + (u₂−p₂)²)    high = d + √((u₁−p₁)² + (p₂−l₂)²)
//
// Source: R. G. Newcombe (1998), Statistics in Medicine 17, 873-890, method
// 10, with Jeffreys' limits in the place of Wilson's; G. Y. Zou, A. Donner
// (2008), Statistics in Medicine 27, 1693-1702.
func dropInterval(withBefore, before, withAfter, after int) (low, high float64) {
	p1, p2 := float64(withBefore)/float64(before), float64(withAfter)/float64(after)
	l1, u1 := shareInterval(withBefore, before)
	l2, u2 := shareInterval(withAfter, after)
	return p1 - p2 - math.Hypot(p1-l1, u2-p2), p1 - p2 + math.Hypot(u1-p1, p2-l2)
}

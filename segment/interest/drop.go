package interest

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// tail is the probability that a 90% interval leaves out on either side.
const tail = 0.05

// shareInterval is Jeffreys' 90% interval of a share, given x of n: the quantiles of
// Beta(x + ½, n − x + ½), but from 0 if x is 0 and to 1 if x is n.
//
// Source: L. D. Brown, T. T. Cai, A. DasGupta (2001), Interval estimation for a
// binomial proportion, Statistical Science 16, 101-133, section 4.1.2.
func shareInterval(x, n int) (low, high float64) {
	a, b := float64(x)+0.5, float64(n-x)+0.5
	low, high = 0, 1
	if x > 0 {
		low = mathext.InvRegIncBeta(a, b, tail)
	}
	if x < n {
		high = mathext.InvRegIncBeta(a, b, 1-tail)
	}
	return low, high
}

// dropInterval is the 90% interval of the difference between a share before and after,
// from the intervals of the two shares.
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

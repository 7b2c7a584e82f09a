package clv

import (
	"math"
	"strconv"
)

const (
	// gridBits is how much finer than a standard error the grid is to which an
	// optimum is rounded: 2^-26 or 1.5e-8 of one. Two searches differ by a
	// ten-thousandth of that. Newton's method squares the distance, so that one
	// step leads from the grid to the optimum, also where the curvature along one
	// direction is ten thousand times that along another.
	gridBits = 26
	// publishedShare is the share of a standard error, all else equal, that is
	// kept in published parameters. Further digits say nothing, and are the first
	// to differ.
	publishedShare = 1e-9
	// refinedTolerance is how far from the optimum, in standard errors, published
	// parameters may be. Rounding moves them where parameters are correlated, and
	// where a row stands for thousands of millions of customers.
	refinedTolerance = 1e-4
	// heldDigits of a parameter that is held are kept.
	heldDigits = 3
)

// refine takes a converged point to the optimum, in such a way that searches which
// came there by different ways end with the same bits.
//
// Two searches end within some 1e-12 standard errors of each other. Both ends are
// rounded to a grid that is far coarser than that and still close to the optimum,
// and take the same step from there. Ends on either side of a grid line, one
// case in ten thousand, still come within 1e-12 standard errors again, and are
// then rounded as they are published, which leaves one in a thousand of those.
//
// theta are the published parameters, in the unit of the data, and the point
// is at precisely those.
func (p optimum) refine() (theta []float64, s point) {
	s = p.point
	if p.converged(s) {
		errs := s.logErrors()
		logs := s.stepped(1)
		for _, i := range s.free {
			grid := math.Ldexp(1, int(math.Floor(math.Log2(errs[i])))-gridBits)
			logs[i] = math.Round(logs[i]/grid) * grid
		}
		s = p.evaluate(logs)
		s.logs = s.stepped(1)
	}
	theta = make([]float64, len(s.logs))
	logs := make([]float64, len(s.logs))
	for i := range s.logs {
		theta[i] = p.published(s, i)
		logs[i] = math.Log(theta[i] / p.unitOf(i))
	}
	s = p.evaluate(logs)
	s.steps = p.steps
	return theta, s
}

// refined reports whether a refined point is the maximum that the search had found.
func (p optimum) refined(s point) bool {
	return p.converged(p.point) && s.decrement <= refinedTolerance
}

// published is a parameter in the unit of the data, rounded to publishedShare of
// its standard error with the others held, in decimal places; to heldDigits
// where it is held itself or the standard error is unknown.
func (o objective) published(s point, i int) float64 {
	digits, value := heldDigits, math.Exp(s.logs[i])*o.unitOf(i)
	if curvature := -s.slope.h[i][i]; !o.held[i] && curvature > 0 {
		digits = int(math.Floor(math.Log10(value))-math.Floor(math.Log10(value*publishedShare/math.Sqrt(curvature)))) + 1
	}
	return rounded(value, digits)
}

// rounded is a value with so many digits, at least heldDigits, in range.
func rounded(value float64, digits int) float64 {
	// 17 digits are every bit of a float64.
	v, err := strconv.ParseFloat(strconv.FormatFloat(value, 'e', min(max(digits, heldDigits), 17)-1, 64), 64)
	if err != nil {
		return value
	}
	return min(max(v, MinParam), MaxParam)
}

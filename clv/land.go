package clv

import (
	"math"
	"strconv"
)

const (
	// gridBits is how much finer than a standard error the grid is on which a
	// climb lands: 2^-26 or 1.5e-8 of one, ten thousand times what two climbs to
	// one top differ by. Newton's method squares the distance, so that one step
	// leads from the grid to the top, also where parameters go together and the
	// surface is ten thousand times as steep across as it is along.
	gridBits = 26
	// publishedShare is the share of a standard error, all else equal, that is
	// kept in published parameters: what lies below says nothing, and would be
	// the first to differ.
	publishedShare = 1e-9
	// landingTolerance is how far from the top, in standard errors, rounding may
	// leave a landing: that of parameters where they go together, and that of
	// the gradient where a row stands for thousands of millions of customers.
	landingTolerance = 1e-4
	// heldDigits of a parameter that is held are kept.
	heldDigits = 3
)

// land takes a converged summit to the very top, in such a way that climbs that
// came there by different ways end with the same bits.
//
// Two climbs end within some 1e-12 standard errors of each other. Both are
// rounded to a grid that is far coarser than that and still close to the top,
// and take the same step from there. Ends on either side of a grid line, one
// case in ten thousand, still come within 1e-12 standard errors again, and are
// then rounded as they are published, which leaves one in a thousand of those.
//
// theta are the published parameters, in the unit of the data, and the summit
// is at precisely those.
func (p peak) land() (theta []float64, s summit) {
	s = p.summit
	if p.converged(s) {
		errs := s.logErrors()
		logs := s.stepped(1)
		for _, i := range s.free {
			grid := math.Ldexp(1, int(math.Floor(math.Log2(errs[i])))-gridBits)
			logs[i] = math.Round(logs[i]/grid) * grid
		}
		s = p.look(logs)
		s.logs = s.stepped(1)
	}
	theta = make([]float64, len(s.logs))
	logs := make([]float64, len(s.logs))
	for i := range s.logs {
		theta[i] = p.published(s, i)
		logs[i] = math.Log(theta[i] / p.unitOf(i))
	}
	s = p.look(logs)
	s.steps = p.steps
	return theta, s
}

// landed reports whether a landing is the maximum that the climb had reached.
func (p peak) landed(s summit) bool {
	return p.converged(p.summit) && s.decrement <= landingTolerance
}

// published is a parameter in the unit of the data, rounded to publishedShare of
// its standard error with the others held, in decimal places; to heldDigits
// where it is held itself or the standard error is unknown.
func (h hill) published(s summit, i int) float64 {
	digits, value := heldDigits, math.Exp(s.logs[i])*h.unitOf(i)
	if curvature := -s.slope.h[i][i]; !h.held[i] && curvature > 0 {
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

package clv

import "math"

const (
	// discountTail is where a discounted future ends: survival only falls, so
	// the part after delta*time = 45 is below e^-45 = 3e-20 of the whole.
	discountTail = 45
	// farthest bounds the same point where delta is next to nothing, so that
	// no product of it with a rate overflows.
	farthest = 1e200
)

// aheadPanels are the panels over which the beta-geometric models integrate what lies
// ahead, in w = ln(1 + (kappa/A + delta) τ), where τ is the time after t and A = scale.
// One step of w spans the shorter of the scales on which survival and discount fall, and
// both are analytic for |Im w| < π/2. With panels no longer than 2 (pace 1), 16-point
// Gauss-Legendre is exact to 1e-15.
type aheadPanels struct {
	horizon, scale float64
	rate           float64 // of w, per u = τ/A
	half           float64 // half the width of a panel
	count          int     // 0: no time lies ahead
}

// newAheadPanels cuts the time up to a horizon into panels, pace of them per 2 of w.
func newAheadPanels(kappa, pace, scale, horizon, delta float64) aheadPanels {
	if delta > 0 {
		horizon = min(horizon, discountTail/delta, farthest)
	}
	p := aheadPanels{horizon: horizon, scale: scale, rate: kappa + delta*scale}
	width := math.Log1p(p.rate * (horizon / scale))
	if width == 0 {
		return p
	}
	panels := max(math.Ceil(width*pace/2), 1) // half of the smallest width is 0
	p.half, p.count = width/(2*panels), int(panels)
	return p
}

// middle is that of panel i.
func (p aheadPanels) middle(i int) float64 { return (2*float64(i) + 1) * p.half }

package clv

import "math"

const (
	// longestStep bounds one step of the climb in each log parameter: a factor
	// of 4.5, about as far as a quadratic can be believed.
	longestStep = 1.5
	// maxSteps and maxHalvings bound the work. A climb that gets anywhere takes
	// 4 to 30 steps.
	maxSteps    = 100
	maxHalvings = 30
	// flatGain is what a step has to promise, in log-likelihood, where the surface
	// is flat along some direction. Less is the long way to a bound; what lies
	// there is for settle to see.
	flatGain = 1e-6
	// leastGradient is a derivative by a log parameter, per customer, that is
	// nothing but rounding: a climb that sees no other stops.
	leastGradient = 1e-16
)

// climb maximises by Newton's method with summit.survey's steps, halved until
// they gain something. It stops where the next step would be under
// decrementTolerance.
func (h hill) climb(logs []float64) summit {
	here := h.look(h.inBox(logs))
	steps := 0
	for ; steps < maxSteps && here.decrement > decrementTolerance && here.gradNorm > leastGradient; steps++ {
		if here.curvature < h.leastCurvature(here) && here.promise() < flatGain {
			break
		}
		next, ok := h.advance(here)
		if !ok {
			break
		}
		here = next
	}
	here.steps = steps
	return here
}

// advance takes one step, or reports that none gains anything.
func (h hill) advance(from summit) (summit, bool) {
	slopeAlong := from.promise()
	// What the sum over rows may be off by.
	noise := roundingNoise * math.Abs(from.slope.f)
	gains := func(to summit, size float64) bool {
		gain := to.slope.f - from.slope.f
		// Near the top the gain drowns in rounding; the gradient still tells.
		return gain > noise && gain >= 1e-4*size*slopeAlong || math.Abs(gain) <= noise && to.gradNorm < from.gradNorm/2
	}
	for size, try := 1.0, 0; try < maxHalvings; size, try = size/2, try+1 {
		to := h.look(h.inBox(from.stepped(size)))
		if gains(to, size) {
			return to, true
		}
		if inside := h.shareInBox(from); try == 0 && inside > 0 && inside < 1 {
			// What one parameter did not gain beyond its bound, others spoilt: along a
			// ridge they go together, to the bound and no further.
			if to := h.look(h.inBox(from.stepped(inside))); gains(to, inside) {
				return to, true
			}
		}
	}
	return from, false
}

// shareInBox is the share of a summit's step, up to 1, after which it leaves the box.
func (h hill) shareInBox(s summit) float64 {
	share := 1.0
	for i, step := range s.step {
		switch {
		case step > 0:
			share = min(share, (h.high[i]-s.logs[i])/step)
		case step < 0:
			share = min(share, (h.low[i]-s.logs[i])/step)
		}
	}
	return share
}

// roundingNoise is what a sum over rows may be off by, as a share of it.
const roundingNoise = 1e-14

package clv

import "math"

const (
	// longestStep bounds one step in each log parameter: a factor of 4.5. Beyond
	// that a quadratic approximates the log-likelihood badly.
	longestStep = 1.5
	// maxSteps and maxHalvings bound the work. A search that finds an optimum
	// takes 4 to 30 steps.
	maxSteps    = 100
	maxHalvings = 30
	// flatGain is the least gain of log-likelihood that is worth a step where the
	// log-likelihood hardly changes along some direction. Less is gained on the
	// way to a bound, which identify looks at.
	flatGain = 1e-6
	// leastGradient is a derivative by a log parameter, per customer, that may be
	// rounding alone. A search stops when no derivative is larger.
	leastGradient = 1e-16
)

// maximise is Newton's method from log parameters on, with steps that are halved until
// the log-likelihood rises. It stops when the next step is below decrementTolerance.
func (o objective) maximise(logs []float64) point {
	here := o.evaluate(o.inBox(logs))
	steps := 0
	for ; steps < maxSteps && here.decrement > decrementTolerance && here.gradNorm > leastGradient; steps++ {
		if here.curvature < o.leastCurvature(here) && here.promise() < flatGain {
			break
		}
		next, ok := o.improve(here)
		if !ok {
			break
		}
		here = next
	}
	here.steps = steps
	return here
}

// improve takes one step, or reports that none raises the log-likelihood.
func (o objective) improve(from point) (point, bool) {
	slopeAlong := from.promise()
	// What the sum over rows may be off by.
	noise := roundingNoise * math.Abs(from.slope.f)
	gains := func(to point, size float64) bool {
		gain := to.slope.f - from.slope.f
		// Near the optimum the gain is less than rounding; the gradient still tells.
		return gain > noise && gain >= 1e-4*size*slopeAlong || math.Abs(gain) <= noise && to.gradNorm < from.gradNorm/2
	}
	for size, try := 1.0, 0; try < maxHalvings; size, try = size/2, try+1 {
		to := o.evaluate(o.inBox(from.stepped(size)))
		if gains(to, size) {
			return to, true
		}
		if inside := o.shareInBox(from); try == 0 && inside > 0 && inside < 1 {
			// One parameter stopped at its bound and the others went on. Along a ridge
			// they have to stop together.
			if to := o.evaluate(o.inBox(from.stepped(inside))); gains(to, inside) {
				return to, true
			}
		}
	}
	return from, false
}

// shareInBox is the share of a point's step, up to 1, that stays within the bounds.
func (o objective) shareInBox(s point) float64 {
	share := 1.0
	for i, step := range s.step {
		switch {
		case step > 0:
			share = min(share, (o.high[i]-s.logs[i])/step)
		case step < 0:
			share = min(share, (o.low[i]-s.logs[i])/step)
		}
	}
	return share
}

// roundingNoise is what a sum over rows may be off by, as a share of it.
const roundingNoise = 1e-14

package clv

import "math"

const (
	// gradientAim is where a climb stops: the largest derivative of the
	// log-likelihood by the logarithm of a parameter, per customer.
	gradientAim = 1e-12
	// longestStep bounds one step of the climb in each log parameter: a factor
	// of 4.5, about as far as a quadratic can be believed.
	longestStep = 1.5
	// maxSteps and maxHalvings bound the work. A climb that gets anywhere takes
	// 4 to 30 steps.
	maxSteps    = 100
	maxHalvings = 30
)

// climbFromAny climbs from each start in turn until one climb converges, and
// otherwise returns the highest of the ends.
func (h hill) climbFromAny(starts [][]float64) summit {
	var best summit
	for i, start := range starts {
		logs := make([]float64, len(start))
		for j, v := range start {
			logs[j] = math.Log(v)
		}
		s := h.climb(logs)
		if h.converged(s) {
			return s
		}
		if i == 0 || s.slope.f > best.slope.f {
			best = s
		}
	}
	return best
}

// climb maximises by Newton's method. The Hessian's eigenvalues are taken by
// their size, so that the step goes uphill also where the surface is not
// concave; steps are cut to longestStep and halved until they gain something.
//
// Source: Nocedal and Wright (2006), Numerical Optimization, ch. 3.4.
func (h hill) climb(logs []float64) summit {
	here := h.look(h.inBox(logs))
	steps := 0
	for ; steps < maxSteps && here.gradNorm > gradientAim; steps++ {
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
	step := h.newtonStep(from)
	slopeAlong := 0.0
	for i, v := range step {
		slopeAlong += v * from.slope.g[i]
	}
	// What the sum over rows may be off by.
	noise := 1e-14 * math.Abs(from.slope.f)
	for size, try := 1.0, 0; try < maxHalvings; size, try = size/2, try+1 {
		logs := make([]float64, len(step))
		for i, v := range from.logs {
			logs[i] = v + size*step[i]
		}
		to := h.look(h.inBox(logs))
		gain := to.slope.f - from.slope.f
		if gain > noise && gain >= 1e-4*size*slopeAlong {
			return to, true
		}
		// Near the top the gain drowns in rounding; the gradient still tells.
		if math.Abs(gain) <= noise && to.gradNorm < from.gradNorm/2 {
			return to, true
		}
	}
	return from, false
}

// newtonStep solves |H| step = gradient over the free parameters.
func (h hill) newtonStep(s summit) []float64 {
	step := make([]float64, len(s.logs))
	free := h.free(s)
	if len(free) == 0 {
		return step
	}
	values, vectors := s.slope.eigen(free)
	largest := max(math.Abs(values[0]), math.Abs(values[len(values)-1]))
	for k, value := range values {
		along := 0.0
		for i, f := range free {
			along += vectors.At(i, k) * s.slope.g[f]
		}
		along /= max(math.Abs(value), 1e-10*largest, math.SmallestNonzeroFloat64)
		for i, f := range free {
			step[f] += along * vectors.At(i, k)
		}
	}
	longest := 0.0
	for _, v := range step {
		longest = max(longest, math.Abs(v))
	}
	for i := range step {
		step[i] *= longestStep / max(longest, longestStep)
	}
	return step
}

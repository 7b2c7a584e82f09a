package clv

import (
	"fmt"
	"math"
	"strings"
)

const (
	// boxLow and boxHigh bound the parameters of a fit, in multiples of the
	// data's unit where they carry one. A fit that gets there has found no such
	// parameter in the data.
	boxLow  = 1e-6
	boxHigh = 1e6
	// gradientTolerance is what a climb that can rise no further, because the
	// log-likelihood is a sum of rounded numbers, must have reached to count as
	// converged.
	gradientTolerance = 1e-8
	// curvatureTolerance is the least curvature, along any direction of log
	// parameters, at which they count as identified: a standard error of 10 in
	// a logarithm, a factor of 20,000 either way, says nothing.
	curvatureTolerance = 1e-2
)

// hill is a log-likelihood to be climbed in the logarithms of its parameters,
// inside a box.
type hill struct {
	likelihood
	params []parameter
	// unit is a typical size of the data, by which the likelihood has divided
	// them: 1 for the climb, unit for the user. So the unit in which the data
	// come changes nothing.
	unit      float64
	customers float64   // sum of the weights
	low, high []float64 // bounds of the log parameters
	workers   int
}

// newHill makes a hill in the box from boxLow to boxHigh, or as much of it as
// lies within MinParam and MaxParam in the unit of the data.
func newHill(l likelihood, params []parameter, unit, customers float64, workers int) hill {
	h := hill{likelihood: l, params: params, unit: unit, customers: customers, workers: workers}
	for i := range params {
		h.low = append(h.low, math.Log(max(boxLow, MinParam/h.unitOf(i))))
		h.high = append(h.high, math.Log(min(boxHigh, MaxParam/h.unitOf(i))))
	}
	return h
}

// unitOf is what parameter i has to be multiplied by for the user.
func (h hill) unitOf(i int) float64 {
	if h.params[i].scales {
		return h.unit
	}
	return 1
}

// look evaluates the log-likelihood at log parameters.
func (h hill) look(logs []float64) summit {
	theta := make([]float64, len(logs))
	for i, v := range logs {
		theta[i] = math.Exp(v)
	}
	s := summit{logs: logs, slope: h.sum(theta, h.workers)}
	s.slope.inLogs(theta)
	for _, i := range h.free(s) {
		s.gradNorm = max(s.gradNorm, math.Abs(s.slope.g[i])/h.customers)
	}
	s.flattest, s.curvature = s.weakest()
	return s
}

// free lists the parameters that are not held at a bound by a gradient that
// points out of the box.
func (h hill) free(s summit) []int {
	var free []int
	for i, v := range s.logs {
		if (v <= h.low[i] && s.slope.g[i] <= 0) || (v >= h.high[i] && s.slope.g[i] >= 0) {
			continue
		}
		free = append(free, i)
	}
	return free
}

// inBox moves log parameters to the nearest point of the box.
func (h hill) inBox(logs []float64) []float64 {
	in := make([]float64, len(logs))
	for i, v := range logs {
		in[i] = min(max(v, h.low[i]), h.high[i])
	}
	return in
}

// converged reports whether the summit is a maximum that pins down every
// parameter. A parameter at its bound is not pinned down.
func (h hill) converged(s summit) bool {
	return s.gradNorm <= gradientTolerance && s.curvature >= curvatureTolerance && len(h.atBound(s)) == 0
}

// atBound says which parameters sit at a bound of the box, and what that means.
func (h hill) atBound(s summit) []string {
	var at []string
	for i, p := range h.params {
		value := math.Exp(s.logs[i]) * h.unitOf(i)
		switch {
		case s.logs[i] <= h.low[i]:
			at = append(at, fmt.Sprintf("%s fell to its bound, %.3g (%s)", p.name, value, p.low))
		case s.logs[i] >= h.high[i]:
			at = append(at, fmt.Sprintf("%s rose to its bound, %.3g (%s)", p.name, value, p.high))
		}
	}
	return at
}

// explain says which parameters the data leave open at a summit that did not
// converge.
func (h hill) explain(s summit) string {
	if at := h.atBound(s); len(at) > 0 {
		return strings.Join(at, "; ")
	}
	if s.curvature < curvatureTolerance {
		return fmt.Sprintf("the log-likelihood hardly changes along %s: the data do not tell them apart", h.along(s.flattest))
	}
	return fmt.Sprintf("the climb ended after %d steps with a gradient of %.3g per customer, above %v", s.steps, s.gradNorm, gradientTolerance)
}

// along names the parameters that a direction changes most.
func (h hill) along(direction []float64) string {
	const minor = 0.1
	var moved []string
	for i, v := range direction {
		if math.Abs(v) >= minor {
			moved = append(moved, h.params[i].name)
		}
	}
	return strings.Join(moved, ", ")
}

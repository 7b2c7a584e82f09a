package clv

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

const (
	// boxLow and boxHigh bound the parameters of a fit, in multiples of the
	// data's unit where they carry one. A fit that gets there has found no such
	// parameter in the data.
	boxLow  = 1e-6
	boxHigh = 1e6
	// decrementTolerance is how far from the top a climb may end, in standard
	// errors, to count as converged (Newton's decrement: the gradient, scaled
	// by the curvature). What is left to gain is half its square, 5e-13 of
	// log-likelihood, and the next step is off by about the square too.
	decrementTolerance = 1e-6
	// curvatureTolerance is the curvature, along any direction of log parameters,
	// that is enough for a top on any data: there a logarithm has a standard
	// error of 10. A flatter one is a top where the data show it (leastCurvature):
	// its standard errors say that the parameters are anybody's guess.
	curvatureTolerance = 1e-2
	// curvatureNoise is the curvature that rounding alone makes: second derivatives
	// by logarithms are differences of terms up to some ten thousand.
	curvatureNoise = 1e-10
	// looseError is the standard error of a logarithm from which a parameter
	// counts as loose: it is as large as the parameter itself.
	looseError = 1
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
	held      []bool    // parameters that do not move
	workers   int
	looks     *int // counts evaluations
}

// newHill makes a hill in the box from boxLow to boxHigh, or as much of it as
// lies within MinParam and MaxParam in the unit of the data.
func newHill(l likelihood, params []parameter, unit, customers float64, workers int) hill {
	h := hill{
		likelihood: l, params: params, unit: unit, customers: customers,
		held: make([]bool, len(params)), workers: workers, looks: new(int),
	}
	for i := range params {
		h.low = append(h.low, math.Log(max(boxLow, MinParam/h.unitOf(i))))
		h.high = append(h.high, math.Log(min(boxHigh, MaxParam/h.unitOf(i))))
	}
	return h
}

// unitOf is what parameter i has to be multiplied by for the user.
func (h hill) unitOf(i int) float64 { return h.params[i].in(h.unit) }

// holding is the hill with more parameters held.
func (h hill) holding(which ...int) hill {
	h.held = slices.Clone(h.held)
	for _, i := range which {
		h.held[i] = true
	}
	return h
}

// heldNames are the names of the parameters held.
func (h hill) heldNames() []string {
	var names []string
	for i, p := range h.params {
		if h.held[i] {
			names = append(names, p.name)
		}
	}
	return names
}

// look evaluates the log-likelihood at log parameters.
func (h hill) look(logs []float64) summit {
	*h.looks++
	theta := make([]float64, len(logs))
	for i, v := range logs {
		theta[i] = math.Exp(v)
	}
	s := summit{logs: logs, slope: h.sum(theta, h.workers)}
	s.slope.inLogs(theta)
	s.free = h.movable(s)
	for _, i := range s.free {
		s.gradNorm = max(s.gradNorm, math.Abs(s.slope.g[i])/h.customers)
	}
	s.survey()
	return s
}

// movable lists the parameters that move: neither held nor pressed against a bound
// by a gradient that points out of the box.
func (h hill) movable(s summit) []int {
	var free []int
	for i, v := range s.logs {
		if h.held[i] || (v <= h.low[i] && s.slope.g[i] <= 0) || (v >= h.high[i] && s.slope.g[i] >= 0) {
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

// converged reports whether the summit is a maximum in every parameter not
// held. A parameter at its bound has none.
func (h hill) converged(s summit) bool {
	return len(s.free) > 0 && s.decrement <= decrementTolerance && s.curvature >= h.leastCurvature(s) && len(h.atBound(s)) == 0
}

// leastCurvature is the curvature from which a top can be told from a plain: that
// at which rounding of the gradient moves the top by a tenth of what a climb may
// miss it by. A flatter top would be wherever rounding puts it.
func (h hill) leastCurvature(s summit) float64 {
	off := roundingNoise * math.Abs(s.slope.f) / (decrementTolerance / 10)
	return min(max(off*off, curvatureNoise), curvatureTolerance)
}

// atBound lists the parameters, other than those held, at a bound of the box.
func (h hill) atBound(s summit) []int {
	var at []int
	for i, v := range s.logs {
		if !h.held[i] && (v <= h.low[i] || v >= h.high[i]) {
			at = append(at, i)
		}
	}
	return at
}

// explainBound says which bound a parameter is at and what that means.
func (h hill) explainBound(s summit, i int) string {
	p, value := h.params[i], math.Exp(s.logs[i])*h.unitOf(i)
	if s.logs[i] <= h.low[i] {
		return fmt.Sprintf("%s fell to its bound, %.3g (%s)", p.name, value, p.low)
	}
	return fmt.Sprintf("%s rose to its bound, %.3g (%s)", p.name, value, p.high)
}

// names lists parameters.
func (h hill) names(which []int) string {
	names := make([]string, len(which))
	for k, i := range which {
		names[k] = h.params[i].name
	}
	return strings.Join(names, ", ")
}

// loose lists the parameters whose standard error is as large as their value.
func (h hill) loose(s summit) []int {
	var loose []int
	for i, e := range s.logErrors() {
		if e > looseError {
			loose = append(loose, i)
		}
	}
	return loose
}

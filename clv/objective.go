package clv

import (
	"math"
	"slices"
	"strings"

	"clientele/internal/figures"
	"clientele/internal/wording"
)

const (
	// boxLow and boxHigh bound the parameters of a fit, in multiples of the
	// data's unit if they have one. If a fit ends at a bound, the data do not
	// determine the parameter.
	boxLow  = 1e-6
	boxHigh = 1e6
	// decrementTolerance is how far from the optimum a search may end, in
	// standard errors, to count as converged. The distance is Newton's decrement:
	// the gradient, scaled by the curvature. The log-likelihood can then rise by
	// half its square, 5e-13, and the next step errs by about the square too.
	decrementTolerance = 1e-6
	// curvatureTolerance is the curvature, along any direction of log parameters,
	// that is enough for an optimum on any data: there a logarithm has a standard
	// error of 10. Less is enough where rounding permits (leastCurvature). The
	// standard errors then say how little the data tell of the parameters.
	curvatureTolerance = 1e-2
	// curvatureNoise is the curvature that rounding alone makes: second derivatives
	// by logarithms are differences of terms up to some ten thousand.
	curvatureNoise = 1e-10
	// weakError is the standard error of a logarithm from which a parameter counts
	// as weakly identified: the error is then as large as the parameter itself.
	weakError = 1
)

// objective is a log-likelihood as a function of the logarithms of its parameters,
// within bounds.
type objective struct {
	likelihood
	params []parameter
	// unit is a typical size of the data. The likelihood is that of data divided by
	// it, so that the user's unit changes no step of the search.
	unit        float64
	customers   float64   // sum of the weights
	low, high   []float64 // bounds of the log parameters
	held        []bool    // parameters that do not move
	workers     int
	evaluations *int // counts evaluations
}

// newObjective makes an objective with bounds of boxLow and boxHigh, or of MinParam
// and MaxParam in the unit of the data where those are narrower.
func newObjective(l likelihood, params []parameter, unit, customers float64, workers int) objective {
	o := objective{
		likelihood: l, params: params, unit: unit, customers: customers,
		held: make([]bool, len(params)), workers: workers, evaluations: new(int),
	}
	for i := range params {
		o.low = append(o.low, math.Log(max(boxLow, MinParam/o.unitOf(i))))
		o.high = append(o.high, math.Log(min(boxHigh, MaxParam/o.unitOf(i))))
	}
	return o
}

// unitOf is what parameter i has to be multiplied by for the user.
func (o objective) unitOf(i int) float64 { return o.params[i].in(o.unit) }

// holding is the objective with more parameters held.
func (o objective) holding(which ...int) objective {
	o.held = slices.Clone(o.held)
	for _, i := range which {
		o.held[i] = true
	}
	return o
}

// heldNames are the names of the parameters held.
func (o objective) heldNames() []string {
	var names []string
	for i, p := range o.params {
		if o.held[i] {
			names = append(names, p.name)
		}
	}
	return names
}

// evaluate is the log-likelihood at log parameters, with derivatives.
func (o objective) evaluate(logs []float64) point {
	*o.evaluations++
	theta := make([]float64, len(logs))
	for i, v := range logs {
		theta[i] = math.Exp(v)
	}
	s := point{logs: logs, slope: o.sum(theta, o.workers)}
	s.slope.inLogs(theta)
	s.free = o.freeParameters(s)
	for _, i := range s.free {
		s.gradNorm = max(s.gradNorm, math.Abs(s.slope.g[i])/o.customers)
	}
	s.setStep()
	return s
}

// freeParameters lists the parameters that may move. The others are held, or at a bound
// with a gradient that points beyond it.
func (o objective) freeParameters(s point) []int {
	var free []int
	for i, v := range s.logs {
		if o.held[i] || (v <= o.low[i] && s.slope.g[i] <= 0) || (v >= o.high[i] && s.slope.g[i] >= 0) {
			continue
		}
		free = append(free, i)
	}
	return free
}

// inBox moves log parameters to the nearest point of the box.
func (o objective) inBox(logs []float64) []float64 {
	in := make([]float64, len(logs))
	for i, v := range logs {
		in[i] = min(max(v, o.low[i]), o.high[i])
	}
	return in
}

// converged reports whether the point is a maximum in every parameter not
// held. A parameter at its bound has none.
func (o objective) converged(s point) bool {
	return len(s.free) > 0 && s.decrement <= decrementTolerance && s.curvature >= o.leastCurvature(s) && len(o.atBound(s)) == 0
}

// leastCurvature is the curvature that an optimum needs: from there on rounding of the
// gradient moves it by less than a tenth of decrementTolerance. With less curvature
// rounding would decide where the optimum is.
func (o objective) leastCurvature(s point) float64 {
	off := roundingNoise * math.Abs(s.slope.f) / (decrementTolerance / 10)
	return min(max(off*off, curvatureNoise), curvatureTolerance)
}

// atBound lists the parameters, other than those held, at a bound of the box.
func (o objective) atBound(s point) []int {
	var at []int
	for i, v := range s.logs {
		if !o.held[i] && (v <= o.low[i] || v >= o.high[i]) {
			at = append(at, i)
		}
	}
	return at
}

// explainBound says which bound a parameter is at and what that means.
func (o objective) explainBound(s point, i int) wording.Message {
	p, value := o.params[i], math.Exp(s.logs[i])*o.unitOf(i)
	if s.logs[i] <= o.low[i] {
		return wording.Of("model.fell", "param", p.name, "value", figures.Digits(value, 3), "means", p.low)
	}
	return wording.Of("model.rose", "param", p.name, "value", figures.Digits(value, 3), "means", p.high)
}

// names lists parameters.
func (o objective) names(which []int) string {
	names := make([]string, len(which))
	for k, i := range which {
		names[k] = o.params[i].name
	}
	return strings.Join(names, ", ")
}

// weak lists the parameters whose standard error is as large as their value.
func (o objective) weak(s point) []int {
	var weak []int
	for i, e := range s.logErrors() {
		if e > weakError {
			weak = append(weak, i)
		}
	}
	return weak
}

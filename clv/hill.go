package clv

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/mat"
)

const (
	// boxLow and boxHigh bound the parameters of a fit, times in multiples of
	// the mean t. A fit that gets there has found no such parameter in the data.
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
	customers float64   // sum of the weights
	low, high []float64 // bounds of the log parameters
	workers   int
}

// summit is where a climb ended.
type summit struct {
	logs     []float64 // log parameters
	slope    slope     // by log parameters
	steps    int
	gradNorm float64 // largest free derivative, per customer
	// flattest is the direction of log parameters with the least curvature,
	// and curvature what it has there.
	flattest  []float64
	curvature float64
}

// newHill makes a hill in the box from boxLow to boxHigh.
func newHill(l likelihood, customers float64, workers int) hill {
	h := hill{likelihood: l, customers: customers, workers: workers}
	for range l.k {
		h.low = append(h.low, math.Log(boxLow))
		h.high = append(h.high, math.Log(boxHigh))
	}
	return h
}

// converged reports whether the summit is a maximum that pins down every
// parameter. A parameter at its bound is not pinned down.
func (h hill) converged(s summit) bool {
	return s.gradNorm <= gradientTolerance && s.curvature >= curvatureTolerance && len(h.atBound(s.logs)) == 0
}

// atBound lists the parameters that sit at a bound of the box.
func (h hill) atBound(logs []float64) []int {
	var at []int
	for i, v := range logs {
		if v <= h.low[i] || v >= h.high[i] {
			at = append(at, i)
		}
	}
	return at
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

// explain says which parameters the data leave open at a summit that did not
// converge.
func (h hill) explain(s summit, names []string) string {
	var loose []string
	for _, i := range h.atBound(s.logs) {
		loose = append(loose, fmt.Sprintf("%s ran to its bound (%.3g)", names[i], math.Exp(s.logs[i])))
	}
	switch {
	case len(loose) > 0:
		return strings.Join(loose, ", ") + ": the data do not limit it on that side"
	case s.curvature < curvatureTolerance:
		return fmt.Sprintf("the log-likelihood hardly changes along %s: the data do not tell them apart", along(s.flattest, names))
	}
	return fmt.Sprintf("the climb stopped after %d steps with a gradient of %.3g per customer, above %v", s.steps, s.gradNorm, gradientTolerance)
}

// along names the parameters that a direction changes most.
func along(direction []float64, names []string) string {
	const minor = 0.1
	var moved []string
	for i, v := range direction {
		if math.Abs(v) >= minor {
			moved = append(moved, names[i])
		}
	}
	return strings.Join(moved, ", ")
}

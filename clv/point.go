package clv

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// point is an objective's value at some parameters, with what Newton's method needs.
type point struct {
	logs     []float64 // log parameters
	slope    slope     // by log parameters
	free     []int     // parameters that may move from here
	steps    int       // that led here
	gradNorm float64   // largest free derivative, per customer
	// flattest is the direction of free log parameters with the least curvature
	// (minus the second derivative).
	flattest  []float64
	curvature float64
	// step is Newton's step, and decrement its length in standard errors; +Inf
	// where the log-likelihood is not concave.
	step      []float64
	decrement float64
}

// flatEigenvalue bounds eigenvalues from below, as a share of the largest, so
// that a step along a flat direction stays finite.
const flatEigenvalue = 1e-10

// setStep works out Newton's step from the derivatives. The step solves
// |H| step = gradient over the free parameters, with the Hessian's eigenvalues
// taken by their size, so that it leads upwards also where the log-likelihood is not
// concave. No part of it is longer than longestStep.
//
// Source: Nocedal and Wright (2006), Numerical Optimization, ch. 3.4; Boyd and
// Vandenberghe (2004), Convex Optimization, sec. 9.5.1, for the decrement.
func (s *point) setStep() {
	n := len(s.free)
	s.step, s.flattest = make([]float64, len(s.logs)), make([]float64, len(s.logs))
	s.decrement = math.Inf(1)
	if n == 0 {
		return
	}
	values, vectors := s.slope.eigen(s.free)
	s.curvature = values[0]
	largest := max(math.Abs(values[0]), math.Abs(values[n-1]))
	squares := 0.0
	for k, value := range values {
		along := 0.0
		for i, f := range s.free {
			along += vectors.At(i, k) * s.slope.g[f]
		}
		squares += along * along / value
		along /= max(math.Abs(value), flatEigenvalue*largest, math.SmallestNonzeroFloat64)
		for i, f := range s.free {
			s.step[f] += along * vectors.At(i, k)
		}
	}
	for i, f := range s.free {
		s.flattest[f] = vectors.At(i, 0)
	}
	if s.curvature > 0 {
		s.decrement = math.Sqrt(squares)
	}
	s.shortenStep()
}

// shortenStep cuts the step to longestStep.
func (s *point) shortenStep() {
	longest := 0.0
	for _, v := range s.step {
		longest = max(longest, math.Abs(v))
	}
	for i := range s.step {
		s.step[i] *= longestStep / max(longest, longestStep)
	}
}

// promise is what the step would gain if the gradient stayed the same.
func (s point) promise() (gain float64) {
	for i, v := range s.step {
		gain += v * s.slope.g[i]
	}
	return gain
}

// stepped is where a share of the step leads.
func (s point) stepped(share float64) []float64 {
	logs := make([]float64, len(s.logs))
	for i, v := range s.logs {
		logs[i] = v + share*s.step[i]
	}
	return logs
}

// logCovariance is that of the free log parameters, the inverse of the
// curvature, in rows and columns of all; NaN elsewhere, and everywhere if the
// curvature has no inverse.
func (s point) logCovariance() [][]float64 {
	cov := make([][]float64, len(s.logs))
	for i := range cov {
		cov[i] = make([]float64, len(s.logs))
		for j := range cov[i] {
			cov[i][j] = math.NaN()
		}
	}
	var factors mat.Cholesky
	if len(s.free) == 0 || !factors.Factorize(s.slope.curvature(s.free)) {
		return cov
	}
	var inverse mat.SymDense
	// The error warns of a large condition number, which means weakly identified
	// parameters; those are reported as such.
	_ = factors.InverseTo(&inverse)
	for i, p := range s.free {
		for j, q := range s.free {
			cov[p][q] = inverse.At(i, j)
		}
	}
	return cov
}

// logErrors are the standard errors of the log parameters; NaN where unknown.
func (s point) logErrors() []float64 {
	errs := make([]float64, len(s.logs))
	for i, row := range s.logCovariance() {
		errs[i] = math.Sqrt(row[i])
	}
	return errs
}

// covariance of the parameters theta: that of their logarithms, times theta on
// both sides (the delta method, exact at a point where the gradient is 0).
func (s point) covariance(theta []float64) [][]float64 {
	cov := s.logCovariance()
	for i := range cov {
		for j := range cov[i] {
			cov[i][j] *= theta[i] * theta[j]
		}
	}
	return cov
}

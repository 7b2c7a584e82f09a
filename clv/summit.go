package clv

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// summit is a point of a hill, at last the one where a climb ended.
type summit struct {
	logs     []float64 // log parameters
	slope    slope     // by log parameters
	steps    int
	gradNorm float64 // largest free derivative, per customer
	// flattest is the direction of log parameters in which the log-likelihood
	// bends down least, and curvature how much it does.
	flattest  []float64
	curvature float64
}

// all lists every parameter.
func (s summit) all() []int {
	all := make([]int, len(s.logs))
	for i := range all {
		all[i] = i
	}
	return all
}

// weakest is the direction in which the log-likelihood bends down least.
func (s summit) weakest() (direction []float64, curvature float64) {
	values, vectors := s.slope.eigen(s.all())
	return mat.Col(nil, 0, vectors), values[0]
}

// covariance of the parameters theta: the inverse of the curvature in log
// parameters, times theta on both sides (the delta method, exact at a point
// where the gradient is 0). All NaN where the curvature has no inverse.
func (s summit) covariance(theta []float64) [][]float64 {
	var factors mat.Cholesky
	var inverse mat.SymDense
	ok := factors.Factorize(s.slope.curvature(s.all()))
	if ok {
		// The error warns of a large condition number, which means loose
		// parameters; those are reported as such.
		_ = factors.InverseTo(&inverse)
	}
	cov := make([][]float64, len(theta))
	for i := range cov {
		cov[i] = make([]float64, len(theta))
		for j := range cov[i] {
			cov[i][j] = math.NaN()
			if ok {
				cov[i][j] = inverse.At(i, j) * theta[i] * theta[j]
			}
		}
	}
	return cov
}

package clv

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// weakest is the direction in which the log-likelihood bends down least.
func (s summit) weakest() (direction []float64, curvature float64) {
	all := make([]int, len(s.logs))
	for i := range all {
		all[i] = i
	}
	values, vectors := s.slope.eigen(all)
	return mat.Col(nil, 0, vectors), values[0]
}

// covariance of the parameters theta: the inverse of the curvature in log
// parameters, times theta on both sides (the delta method, exact at a point
// where the gradient is 0). All NaN where the curvature has no inverse.
func (s summit) covariance(theta []float64) [][]float64 {
	k := len(theta)
	all := make([]int, k)
	for i := range all {
		all[i] = i
	}
	var factors mat.Cholesky
	var inverse mat.SymDense
	ok := factors.Factorize(s.slope.curvature(all))
	if ok {
		// The error is a warning about the condition number; weakly identified
		// parameters are reported as such by converged.
		_ = factors.InverseTo(&inverse)
	}
	cov := make([][]float64, k)
	for i := range cov {
		cov[i] = make([]float64, k)
		for j := range cov[i] {
			cov[i][j] = math.NaN()
			if ok {
				cov[i][j] = inverse.At(i, j) * theta[i] * theta[j]
			}
		}
	}
	return cov
}

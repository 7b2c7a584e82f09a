package clv

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/mat"
)

// params returns the parameters of a summit, each times its unit.
func (s summit) params(units []float64) []float64 {
	theta := make([]float64, len(s.logs))
	for i, v := range s.logs {
		theta[i] = math.Exp(v) * units[i]
	}
	return theta
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

// withErrors adds standard errors to parameters.
func withErrors(params []Param, covariance [][]float64) []Param {
	for i := range params {
		params[i].StdErr = math.Sqrt(covariance[i][i])
	}
	return params
}

// criteria are Akaike's and Schwarz's for k parameters.
func criteria(logLikelihood float64, k int, customers float64) (aic, bic float64) {
	return 2*float64(k) - 2*logLikelihood, float64(k)*math.Log(customers) - 2*logLikelihood
}

// sumRows adds up weighted rows in chunks of fixed size.
func sumRows(weight []float64, workers int, of func(i int) float64) float64 {
	n := len(weight)
	parts := make([]float64, (n+chunkRows-1)/chunkRows)
	inParallel(len(parts), workers, func(c int) {
		for i := c * chunkRows; i < min(n, (c+1)*chunkRows); i++ {
			parts[c] += weight[i] * of(i)
		}
	})
	total := 0.0
	for _, v := range parts {
		total += v
	}
	return total
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

// ones is a slice of n ones.
func ones(n int) []float64 {
	s := make([]float64, n)
	for i := range s {
		s[i] = 1
	}
	return s
}

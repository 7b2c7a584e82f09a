package experiment

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// Adjust takes out of y what x foretold of it (CUPED). In each block, over both arms,
//
//	y' = y − θ (x − mean x),  θ = Cov(y, x)/Var(x)
//
// x must be fixed before the draw: then its mean is the same in both arms but for chance,
// the effect stays what it is, and its variance falls by 1 − ρ². ρ is that of all blocks:
// 1 − ρ² is the sum of squares around the blocks' means that is left. Of customers without
// an x, NaN, nothing was foretold, and their y stays. ρ is 0 where x says nothing.
//
// Source: Deng, Xu, Kohavi and Walker (2013), Improving the Sensitivity of Online Controlled
// Experiments by Utilizing Pre-Experiment Data, WSDM, eq. 4 to 6.
func (a Arms) Adjust(y, x []float64) (adjusted []float64, rho float64) {
	adjusted = append(adjusted, y...)
	var before, after, together float64
	blocks, _ := a.weighted()
	for _, b := range blocks {
		ys, xs, rows := b.known(y, x)
		if len(rows) < fewest {
			continue
		}
		meanX, varX := stat.MeanVariance(xs, nil)
		_, varY := stat.MeanVariance(ys, nil)
		if varX == 0 {
			continue
		}
		covariance, n := stat.Covariance(xs, ys, nil), float64(len(rows)-1)
		theta := covariance / varX
		for k, i := range rows {
			adjusted[i] -= theta * (xs[k] - meanX)
		}
		before += n * varY
		after += n * (varY - theta*covariance)
		together += n * covariance
	}
	if before == 0 {
		return adjusted, 0
	}
	return adjusted, math.Copysign(math.Sqrt(max(1-after/before, 0)), together)
}

// known are the customers of a block of whom there is an x.
func (b block) known(y, x []float64) (ys, xs []float64, rows []int) {
	for _, arm := range [][]int{b.treated, b.control} {
		for _, i := range arm {
			if !math.IsNaN(x[i]) {
				ys, xs, rows = append(ys, y[i]), append(xs, x[i]), append(rows, i)
			}
		}
	}
	return ys, xs, rows
}

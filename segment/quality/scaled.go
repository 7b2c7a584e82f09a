package quality

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// floorQuantile is the quantile of the positive amounts below which all amounts count
// alike. Below it are the cents that returns leave over, whose logarithms would be far
// from all others. One in a hundred is a usual share for winsorizing.
const floorQuantile = 0.01

// ScaledRFM gives each customer a place by three numbers: the logarithm of their spend, the
// logarithm of their orders, and the days since their last purchase. Each is scaled to
// mean 0 and variance 1, so that a distance weighs the three alike and does not depend on
// the currency. Amounts below the first percentile of the positive ones, such as those of
// customers who returned everything, count as that percentile. Frequency is
// log(1 + orders), because a window may have none. A column of equal numbers is 0 for all.
func ScaledRFM(recencyDays, frequency, monetary []float64) []Point {
	logF, logM := make([]float64, len(frequency)), make([]float64, len(monetary))
	least := leastAmount(monetary)
	for i := range logF {
		logF[i] = math.Log1p(frequency[i])
		logM[i] = math.Log(max(monetary[i], least))
	}
	points := make([]Point, len(recencyDays))
	for axis, column := range [3][]float64{logM, logF, recencyDays} {
		mean, sd := stat.PopMeanStdDev(column, nil)
		for i, v := range column {
			if sd > 0 {
				points[i][axis] = (v - mean) / sd
			}
		}
	}
	return points
}

// leastAmount is the first percentile of the positive amounts, or 1 without any.
func leastAmount(monetary []float64) float64 {
	positive := make([]float64, 0, len(monetary))
	for _, m := range monetary {
		if m > 0 {
			positive = append(positive, m)
		}
	}
	if len(positive) == 0 {
		return 1
	}
	slices.Sort(positive)
	return positive[int(floorQuantile*float64(len(positive)))]
}

package quality

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// floorQuantile is the share of positive amounts below which all amounts count
// alike: the logarithm of a cent that a return left over says nothing.
const floorQuantile = 0.01

// ScaledRFM places customers by the logarithm of their spend, the logarithm of
// their orders and the days since the last purchase, each with mean 0 and
// variance 1, so that a distance weighs the three alike and does not depend on
// the currency. Amounts at or below the first percentile of the positive ones,
// such as those of customers who gave everything back, count as that percentile;
// frequency is log(1 + orders), as a window may hold none. A column in which all
// are equal is 0 for all.
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

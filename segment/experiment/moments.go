package experiment

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// moments are those of one arm in one block.
type moments struct {
	n, mean, variance float64
}

func momentsOf(y []float64, rows []int) moments {
	picked := pick(y, rows)
	mean, variance := stat.MeanVariance(picked, nil)
	return moments{float64(len(rows)), mean, variance}
}

func pick(y []float64, rows []int) []float64 {
	out := make([]float64, len(rows))
	for k, i := range rows {
		out[k] = y[i]
	}
	return out
}

// skewness is that of customers around the mean of their own arm.
func (b block) skewness(y []float64, treated, control moments) float64 {
	var m2, m3 float64
	for _, arm := range []struct {
		rows []int
		mean float64
	}{{b.treated, treated.mean}, {b.control, control.mean}} {
		for _, i := range arm.rows {
			d := y[i] - arm.mean
			m2 += d * d
			m3 += d * d * d
		}
	}
	if m2 == 0 {
		return 0
	}
	n := treated.n + control.n
	return m3 / n / math.Pow(m2/n, 1.5)
}

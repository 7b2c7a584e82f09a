package clv

import "math"

// distributionSteps is into how many steps, even in the logarithm, the values are
// cut: a sample of a thousand has no finer one.
const distributionSteps = 256

// distribution is the distribution function of values above 0, as a table over the
// logarithm of the value.
type distribution struct {
	low, perStep float64   // logarithm of the lowest value, and steps per unit of it
	below        []float32 // probability below the end of each step; nil: no value is known
}

// newDistribution is that of a sorted sample.
func newDistribution(sorted []float64) (s distribution) {
	for len(sorted) > 0 && !(sorted[0] > 0) { // a purchase whose discount leaves nothing
		sorted = sorted[1:]
	}
	n := len(sorted)
	if n == 0 {
		return s
	}
	s.low = math.Log(sorted[0])
	width := math.Log(sorted[n-1]) - s.low
	// Values all alike are spread over a billionth: a step needs a width.
	width = max(width, 1e-9)
	s.perStep = distributionSteps / width
	s.below = make([]float32, distributionSteps+1)
	rank := 0
	for step := range s.below {
		end := math.Exp(s.low + float64(step)/s.perStep)
		for rank < n && (sorted[rank] <= end || step == distributionSteps) {
			rank++
		}
		s.below[step] = float32(rankShare(sorted, rank, end))
	}
	s.below[0], s.below[distributionSteps] = 0, 1
	return s
}

// rankShare is the share of a sorted sample below a value that has rank of it at or
// below. Between two values of the sample the share rises evenly.
func rankShare(sorted []float64, rank int, value float64) float64 {
	n := float64(len(sorted))
	if rank == 0 || rank == len(sorted) {
		return float64(rank) / n
	}
	from, to := sorted[rank-1], sorted[rank]
	share := (float64(rank) - 0.5) / n
	if to > from {
		share += (value - from) / (to - from) / n
	}
	return share
}

// at is the probability of less than a value, given by its logarithm.
func (s *distribution) at(ln float64) float64 {
	v := (ln - s.low) * s.perStep
	if !(v > 0) {
		return 0
	}
	step := int(v)
	if v >= distributionSteps {
		return 1
	}
	low := float64(s.below[step])
	return low + (v-float64(step))*(float64(s.below[step+1])-low)
}

// high is the logarithm of the highest value.
func (s *distribution) high() float64 { return s.low + distributionSteps/s.perStep }

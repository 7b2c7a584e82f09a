package rfm

import (
	"slices"
	"strconv"
)

// Scores are columns with one entry per customer, from 1 to the number of
// bins; higher is better in all three.
type Scores struct {
	R, F, M []int8
}

// Score scores three columns of equal length, which need not be those that the
// cut points were fitted to:
//
//	score(x) = 1 + #{j : x > q_j},  for recency  bins − #{j : x > q_j}
//
// Net spend of zero or less scores 1. The cut points must be valid; those from
// Fit are, those from a file should be checked with Validate.
func (c CutPoints) Score(recencyDays, frequency, monetary []float64) Scores {
	s := Scores{
		R: make([]int8, len(recencyDays)),
		F: make([]int8, len(frequency)),
		M: make([]int8, len(monetary)),
	}
	for i, x := range recencyDays {
		s.R[i] = int8(c.Bins - exceeded(c.Recency, x))
	}
	for i, x := range frequency {
		s.F[i] = int8(1 + exceeded(c.Frequency, x))
	}
	for i, x := range monetary {
		s.M[i] = 1
		if x > 0 {
			s.M[i] = int8(1 + exceeded(c.Monetary, x))
		}
	}
	return s
}

// exceeded is the number of edges below x. Edges that equal x are not exceeded:
// bins are closed on the right.
func exceeded(edges []float64, x float64) int {
	at, _ := slices.BinarySearch(edges, x)
	return at
}

// Code joins three scores into text such as "5-4-3". It is text because a
// number 543 invites arithmetic that means nothing.
func Code(r, f, m int8) string {
	b := make([]byte, 0, 8)
	b = append(strconv.AppendInt(b, int64(r), 10), '-')
	b = append(strconv.AppendInt(b, int64(f), 10), '-')
	return string(strconv.AppendInt(b, int64(m), 10))
}

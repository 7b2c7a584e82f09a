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
// with x ≥ q_j where bins are closed on the left. Net spend of zero or less
// scores 1 by MethodQuantile and MethodNested; the others go by their edges
// alone. The cut points must be valid; those from Fit are, those from a file
// should be checked with Validate.
func (c CutPoints) Score(recencyDays, frequency, monetary []float64) Scores {
	s := Scores{
		R: make([]int8, len(recencyDays)),
		F: make([]int8, len(frequency)),
		M: make([]int8, len(monetary)),
	}
	for i, x := range recencyDays {
		s.R[i] = c.recencyScore(x)
	}
	for i, x := range frequency {
		edges := c.Frequency
		if c.Nested != nil {
			edges = c.FrequencyEdges(s.R[i])
		}
		s.F[i] = int8(1 + c.exceeded(edges, x))
	}
	lossIsWorst := c.Method == MethodQuantile || c.Method == MethodNested
	for i, x := range monetary {
		s.M[i] = 1
		if x <= 0 && lossIsWorst {
			continue
		}
		edges := c.Monetary
		if c.Nested != nil {
			edges = c.MonetaryEdges(s.R[i], s.F[i])
		}
		s.M[i] = int8(1 + c.exceeded(edges, x))
	}
	return s
}

// FrequencyEdges are those for customers with a recency score.
func (c CutPoints) FrequencyEdges(r int8) []float64 {
	if c.Nested != nil {
		return c.Nested.Frequency[r-1]
	}
	return c.Frequency
}

// MonetaryEdges are those for customers with a recency and a frequency score.
func (c CutPoints) MonetaryEdges(r, f int8) []float64 {
	if c.Nested != nil {
		return c.Nested.Monetary[r-1][f-1]
	}
	return c.Monetary
}

func (c CutPoints) recencyScore(days float64) int8 {
	return int8(c.Bins - c.exceeded(c.Recency, days))
}

// exceeded is the number of edges that x is beyond: those below it and, where
// bins are closed on the left, those that equal it.
func (c CutPoints) exceeded(edges []float64, x float64) int {
	at, equal := slices.BinarySearch(edges, x)
	for equal && c.Closed == ClosedLeft && at < len(edges) && edges[at] == x {
		at++
	}
	return at
}

// Count is the number of customers by score, from 1 to bins.
func (s Scores) Count(bins int) Counts {
	of := func(scores []int8) []int64 {
		n := make([]int64, bins)
		for _, score := range scores {
			n[score-1]++
		}
		return n
	}
	return Counts{of(s.R), of(s.F), of(s.M)}
}

// Code joins three scores into text such as "5-4-3". It is text because a
// number 543 invites arithmetic that means nothing.
func Code(r, f, m int8) string {
	b := make([]byte, 0, 8)
	b = append(strconv.AppendInt(b, int64(r), 10), '-')
	b = append(strconv.AppendInt(b, int64(f), 10), '-')
	return string(strconv.AppendInt(b, int64(m), 10))
}

package clv

// spans are the times y at which rows of each x have an integral to be done, in rows
// sorted by x.
type spans struct {
	all []span
	of  []int32 // the span of each row
}

// span is one x: its times are from low to high, and so many of them differ from
// the one before.
type span struct {
	x, low, high float64
	times        int
}

func newSpans(x, y []float64) spans {
	s := spans{of: make([]int32, len(x))}
	for i := range x {
		if i == 0 || x[i] != x[i-1] {
			s.all = append(s.all, span{x: x[i], low: y[i], high: y[i], times: 1})
		}
		last := &s.all[len(s.all)-1]
		if i > 0 && y[i] != y[i-1] {
			last.times++
		}
		last.low, last.high = min(last.low, y[i]), max(last.high, y[i])
		s.of[i] = int32(len(s.all) - 1)
	}
	return s
}

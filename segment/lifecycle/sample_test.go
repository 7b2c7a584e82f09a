package lifecycle

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The sample is the customers with the lowest keys; customers who have not bought yet are
// not in it. With equal keys the purchases count, and not the order of rows.
func TestSampleIsPickedByKey(t *testing.T) {
	p := oneCustomer(5)
	p.add(6, 9)
	p.add(7)
	p.add(40)
	p.Key = []uint64{9, 3, 7, 1}
	require.Equal(t, []int{1, 2}, pickSample(&p, 39, 2))
	require.Equal(t, []int{3, 1}, pickSample(&p, 40, 2))
	require.Equal(t, []int{1, 2, 0}, pickSample(&p, 39, 50))
	p.Key = []uint64{4, 4, 4, 4}
	require.Equal(t, []int{0, 1, 2, 3}, pickSample(&p, 40, 4))
	p = p.reordered([]int{3, 1, 2, 0})
	p.Key = []uint64{4, 4, 4, 4}
	require.Equal(t, []int{3, 1, 2, 0}, pickSample(&p, 40, 4))
	p.Key = nil
	picked := pickSample(&p, 40, 2)
	lowest := max(traceOf(p.daysOf(picked[0], 40)), traceOf(p.daysOf(picked[1], 40)))
	for i := range 4 {
		if i != picked[0] && i != picked[1] {
			require.Greater(t, traceOf(p.daysOf(i, 40)), lowest)
		}
	}
}

// What is known of a sample, on a clock that runs at 1. Of the two with gaps, one has
// enough of them for regularity and one for slowdowns, too.
func TestSampleByHand(t *testing.T) {
	p := oneCustomer(10)
	p.add(0, 4, 10)
	p.add(0, 2, 4, 6, 30)
	line := (&Clock{}).line()
	s := newSample(&p, 40, line, mostSampled)
	byX := map[float64][2]float64{}
	for i, x := range s.histories.X {
		byX[x] = [2]float64{s.histories.TX[i], s.histories.T[i]}
	}
	require.Equal(t, map[float64][2]float64{0: {0, 30}, 2: {10, 40}, 4: {30, 40}}, byX)
	customers := int64(0)
	for class, n := range s.statistics {
		require.Contains(t, []int{2, 4}, class.gaps)
		customers += n
	}
	require.Equal(t, int64(2), customers)
	require.Len(t, s.slowdowns, 1)
}

package backtest

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// One customer with 2 repeats in 20 days who makes 1 more, two with none in 10
// days who make 0, one of whom nothing is known who makes 3; 14 days ahead.
func TestNaiveByHand(t *testing.T) {
	s := newShop(historyOf([]int32{0, 5, 9, 30}, []int32{10}, []int32{10}, []int32{20, 21, 22, 23}), 40)
	naive := s.newSample(20, 14, 7).naive()
	require.Len(t, naive, 2)

	own := naive[0] // 14 * 2/20 = 1.4, 0, 0 and, for want of time, 0
	require.Equal(t, OwnRate, own.Name)
	require.InDelta(t, 1.4, own.Expected, 1e-14)
	require.InDelta(t, (0.4+0+0+3)/4, own.MAE, 1e-14)

	mean := naive[1] // 2 repeats in 20+10+10+0 days: 14 * 2/40 = 0.7 for each
	require.Equal(t, MeanRate, mean.Name)
	require.InDelta(t, 2.8, mean.Expected, 1e-14)
	require.InDelta(t, (0.3+0.7+0.7+2.3)/4, mean.MAE, 1e-14)
	require.InDelta(t, 4, mean.Actual, 0)
}

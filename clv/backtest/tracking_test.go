package backtest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/clv"
)

func TestTrackingDays(t *testing.T) {
	days := trackingDays(0, 273, 364)
	require.Len(t, days, trackingSteps) // 273 is one of the steps
	require.EqualValues(t, 9, days[0])
	require.Contains(t, days, int32(273))
	require.EqualValues(t, 364, days[len(days)-1])
	require.Equal(t, []int32{5, 6, 7, 8}, trackingDays(5, 6, 8), "a short history has few days")
}

// Purchases count from the day on which they are made, first ones never, and
// those of customers born after the origin neither.
func TestCumulative(t *testing.T) {
	s := newShop(historyOf([]int32{0, 3, 7}, []int32{0, 3, 7}, []int32{4, 5, 12}, []int32{9, 10}), 20)
	born := s.bornBy(8)
	require.Equal(t, []float64{0, 2, 3, 5, 5}, s.cumulative(born, 8, []int32{2, 4, 6, 8, 11}))
}

// Cohorts are expected to buy as their customers one by one.
func TestExpectedCumulative(t *testing.T) {
	m, err := clv.NewModel("mbg-nbd", map[string]float64{"r": 0.5, "alpha": 6, "a": 0.8, "b": 2.5})
	require.NoError(t, err)
	s := newShop(historyOf([]int32{0, 3, 7}, []int32{0}, []int32{4, 5}, []int32{9, 10}), 20)
	got := s.expectedCumulative(m, s.newSample(8, 7, 7), []int32{2, 4, 15}, 7)
	require.InDelta(t, 2*m.Expected(2./7), got[0], 1e-14)
	require.InDelta(t, 2*m.Expected(4./7), got[1], 1e-14)
	require.InDelta(t, 2*m.Expected(15./7)+m.Expected(11./7), got[2], 1e-14)
}

package backtest

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/clv"
)

// Exactly as much as is asked for is enough.
func TestEnoughAtItsEdges(t *testing.T) {
	for _, tt := range []struct {
		repeaters, actual float64
		want              bool
	}{{MinRepeaters, MinHoldoutPurchases, true}, {MinRepeaters - 1, MinHoldoutPurchases, false}, {MinRepeaters, MinHoldoutPurchases - 1, false}} {
		require.Equal(t, tt.want, Split{Repeaters: tt.repeaters, Actual: tt.actual}.enough(), "%+v", tt)
	}
	for _, tt := range []struct {
		days int32
		back float64
		want bool // whether there is to be no model
	}{{MinDays, MinCustomersBack, false}, {MinDays - 1, MinCustomersBack, true}, {MinDays, MinCustomersBack - 1, true}} {
		r := &Report{FirstDay: 100, Today: 100 + tt.days, Customers: 900, CustomersBack: tt.back}
		require.Equal(t, tt.want, r.tellsNothing() != "", "%+v", tt)
	}
}

// Of an even number of gaps, the median is the lower of the two in the middle.
func TestMedianGapOfAnEvenNumber(t *testing.T) {
	require.InDelta(t, 3, newShop(historyOf([]int32{0, 3}, []int32{0, 7}), 30).medianGap(), 0)
	require.InDelta(t, 7, newShop(historyOf([]int32{0, 3}, []int32{0, 7}, []int32{5, 12}), 30).medianGap(), 0)
	require.InDelta(t, 7, newShop(historyOf([]int32{0, 3, 10, 19}), 30).medianGap(), 0)
	require.Zero(t, newShop(historyOf([]int32{0}), 30).medianGap())
}

// By hand, for every kind of first purchase and of later ones.
func TestSpendHistoryByHand(t *testing.T) {
	for _, tt := range []struct {
		spend []float64
		want  clv.SpendHistory
	}{
		{[]float64{12}, clv.SpendHistory{First: 12}},
		{[]float64{0}, clv.SpendHistory{FirstUnpaid: true}},
		{[]float64{12, 0}, clv.SpendHistory{First: 12, Repeats: 1}},
		{[]float64{0, 6, 0, 8}, clv.SpendHistory{FirstUnpaid: true, Repeats: 3, Paid: 2, Mean: 7}},
		{[]float64{0.5, 6, 8}, clv.SpendHistory{First: 0.5, Repeats: 2, Paid: 2, Mean: 7}},
	} {
		require.Equal(t, tt.want, spendHistory(tt.spend), "%v", tt.spend)
	}
}

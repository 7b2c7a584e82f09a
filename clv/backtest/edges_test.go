package backtest

import (
	"math"
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
		require.Equal(t, tt.want, r.tellsNothing().String() != "", "%+v", tt)
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

// By hand: where 20 customers did what only one of two models thinks possible, weights w
// and 1 − w have the largest 20·ln w + 5·(ln w + ln(1 − w)), the prior being five
// customers of each: 25 of 30.
func TestPriorOfWeights(t *testing.T) {
	all := []observation{{customers: 20, logScores: []float64{-1, math.Inf(-1)}}}
	require.InDeltaSlice(t, []float64{25. / 30, 5. / 30}, stack(all, 2), 1e-8)
	require.InDeltaSlice(t, []float64{25. / 35, 5. / 35, 5. / 35}, stack([]observation{{customers: 20, logScores: []float64{0, math.Inf(-1), math.Inf(-1)}}}, 3), 1e-8)
	// A weight that is too small to matter goes, and the others share what it had.
	require.Equal(t, []float64{1, 0}, stack([]observation{{customers: 200, logScores: []float64{0, math.Inf(-1)}}}, 2))
	require.InDeltaSlice(t, []float64{0.6, 0.4, 0}, withoutSmall([]float64{0.576, 0.384, 0.04}), 1e-12)
	require.InDeltaSlice(t, []float64{0.55, 0.40, 0.05}, withoutSmall([]float64{0.55, 0.40, 0.05}), 1e-12)
}

// The day of the origin is among those at which a forecast is followed, and so is the last.
func TestTrackingDaysByHand(t *testing.T) {
	days := trackingDays(0, 37, 100)
	require.Len(t, days, trackingSteps)
	require.Contains(t, days, int32(37))
	require.EqualValues(t, 100, days[len(days)-1])
	require.Equal(t, []int32{2, 5, 7, 10}, days[:4])
	days = trackingDays(10, 33, 90)
	require.Len(t, days, trackingSteps+1)
	require.Equal(t, []int32{30, 32, 33, 34}, days[9:13])
	require.Equal(t, []int32{2, 3, 4, 5}, trackingDays(2, 4, 5))
}

// Where too few purchases followed to tell, what came of the forecast says nothing about
// the shop either.
func TestErrorsOfSplitsThatTell(t *testing.T) {
	o := bgTruth.options("mbg-nbd")
	tells := run(t, bgTruth.history(1, 3000), o)
	enough := 0
	for _, s := range tells.Splits {
		if s.enough() {
			enough++
		}
	}
	require.Positive(t, enough)
	require.Len(t, tells.Purchases, enough)
	o.Today = 70
	young := run(t, bgTruth.history(1, 200), o)
	require.NotEmpty(t, young.Splits)
	for _, s := range young.Splits {
		require.False(t, s.enough())
		require.Positive(t, s.Blend.Expected)
	}
	require.Empty(t, young.Purchases)
	require.Empty(t, young.Money)
}

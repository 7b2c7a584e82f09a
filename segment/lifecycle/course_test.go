package lifecycle

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// The course of a customer has, for each night, the momentum that the night itself would
// have published, by the purchases until then.
func TestCourseIsWhatEachNightSays(t *testing.T) {
	panel := Panel{MedianGap: 30, K: 1, Slowdowns: 0.1, Forecast: mustText(typicalLeavers)}
	panel.Regularity[0] = 1
	days := append(every(30, 10), 500, 520) // a pause, and then two purchases
	of := shopOf(Rules{}.WithDefaults(30))
	var nights []int32
	for night := int32(0); night < 700; night += 7 {
		nights = append(nights, night)
	}
	course, err := of.Course(&panel, days, nights)
	require.NoError(t, err)
	for i, night := range nights {
		so := days[:upTo(days, night)]
		want := describedOf(of.Rules, oneCustomer(so...), livedIn(panel, of.Rules, night, oneCustomer(so...)), math.NaN())
		if want.Reactivations[0] == 0 { // after a return, a night goes by what followed it
			require.InDelta(t, want.Momentum[0], course.Momentum[i], 1e-12, "night %d", night)
		}
	}
}

// A silence makes a decline more probable from day to day, and a purchase ends that.
func TestCourseRisesWithSilence(t *testing.T) {
	panel := Panel{MedianGap: 30, K: 1, Slowdowns: 0.1, Forecast: mustText(typicalLeavers)}
	panel.Regularity[0] = 1
	days := append(every(30, 10), 500)
	nights := []int32{0, 270, 330, 400, 499, 500}
	course, err := shopOf(Rules{}.WithDefaults(30)).Course(&panel, days, nights)
	require.NoError(t, err)
	require.True(t, math.IsNaN(course.Declined[0]), "one purchase has no pace")
	for i := 2; i < len(nights)-1; i++ {
		require.Greater(t, course.Declined[i], course.Declined[i-1], "night %d", nights[i])
	}
	require.Less(t, course.Declined[len(nights)-1], course.Declined[len(nights)-2], "the purchase")
	for _, p := range course.Declined[1:] {
		require.True(t, p >= 0 && p <= 1, "%v", p)
	}
	_, err = shopOf(Rules{}).Course(&panel, days, []int32{-1})
	require.ErrorIs(t, err, ErrPurchases)
}

package tier

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/calendar"
)

// How far a metric is off counts in shares of what is asked, also where that is below 0 or
// nothing: 1 below −5 is a fifth.
func TestDistanceFromAThreshold(t *testing.T) {
	for _, tt := range []struct{ have, atLeast, want float64 }{
		{-6, -5, 0.2}, {4, 5, 0.2}, {-5, -5, 0}, {-3, 0, 3}, {7, 5, -0.4}, {math.NaN(), 5, math.Inf(1)},
	} {
		c := criterion{&metric{column: []float64{tt.have}}, tt.atLeast}
		if got := c.distance(entries{}); !math.IsInf(tt.want, 1) {
			require.InDelta(t, tt.want, got, 1e-15, "%+v", tt)
		} else {
			require.True(t, math.IsInf(got, 1), "%+v", tt)
		}
	}
	of := func(name string, have, atLeast float64) criterion {
		return criterion{&metric{name: name, column: []float64{have}}, atLeast}
	}
	missed, _ := criteria{all: []criterion{of("near", 90, 100), of("below 0", -10, -5), of("met", 3, 3)}}.missed(entries{})
	require.Equal(t, []string{"below 0", "near"}, []string{missed[0].name, missed[1].name})
	require.Len(t, missed, 2)
}

// A pin that is taken back on its last day was taken back; a day later it has ended.
func TestAPinOnItsLastDay(t *testing.T) {
	pins := map[string]slowPin{"c": {"gold", dateOf(day("2024-04-01"))}}
	const silver = "; silver by the rules since 2024-03-15: spend 500 in the 12 months to 2024-03-15, silver asks for 500"
	for night, want := range map[string]string{
		"2024-04-01": "2024-04-01 unpin gold>silver: the tier set by hand was taken back" + silver,
		"2024-04-02": "2024-04-02 unpin gold>silver: the tier set by hand ended on 2024-04-01" + silver,
	} {
		shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-03-15 500")}}
		eve := calendar.Format(day(night) - 1)
		require.Equal(t, Pinned, shop.nights(t, club(), pins, "2024-03-15", eve).Status[0])
		require.Equal(t, []string{want}, steps(shop.nights(t, club(), nil, night).Changes))
	}
}

// A tier is taken back only where all that it was given for can be looked at: activity from
// the first day of its window on will do, and from the day after it will not.
func TestReturnsNeedTheWholeWindow(t *testing.T) {
	for from, leaves := range map[string]int{"2023-03-16": 1, "2023-03-17": 0} {
		c := buyerOf("c", "2024-03-15 600")
		shop := &fastShop{customers: []*slowCustomer{c}}
		before := shop.nights(t, reversing(), nil, "2024-03-15")
		returning(c, "2024-04-02 600")
		in := shop.input(dateOf(day("2024-04-02")), reversing(), nil, false)
		in.Before = &Before{Night: day("2024-03-15"), State: before.State}
		in.From = day(from)
		night, err := reversing().Advance(in)
		require.NoError(t, err)
		require.Len(t, night.Changes, leaves, from)
	}
}

// Who was in a tier that is gone stands in the next one below it that is left; in the
// highest, where nobody knows what was below.
func TestTierBelowOneThatIsGone(t *testing.T) {
	order := []string{"bronze", "silver", "gold", "platinum"}
	for _, tt := range []struct {
		removed string
		left    map[string]int32
		want    int32
	}{
		{"gold", map[string]int32{"bronze": 0, "silver": 1, "platinum": 2}, 1},
		{"gold", map[string]int32{"bronze": 0, "platinum": 1}, 0},
		{"bronze", map[string]int32{"silver": 0, "gold": 1}, NoLevel},
		{"platinum", map[string]int32{"new": 0, "gold": 1}, 1},
		{"jade", map[string]int32{"silver": 0, "gold": 1}, 1},
	} {
		require.Equal(t, tt.want, below(tt.removed, order, tt.left), "%+v", tt)
	}
}

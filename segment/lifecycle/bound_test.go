package lifecycle

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The bound is the largest probability up to which the mean of the list is no more than
// the share: of 0.02, 0.1, 0.2 and 0.5 the mean of the first three is 0.107.
func TestMostGoingOn(t *testing.T) {
	m := &model{rules: Rules{FalseShare: 0.107}}
	require.InDelta(t, 0.2, m.mostGoingOn([]float64{0.5, 0.1, 0.02, 0.2}), 0)
	m.rules.FalseShare = 0.106
	require.InDelta(t, 0.106, m.mostGoingOn([]float64{0.5, 0.1, 0.02, 0.2}), 0, "the share itself, if that is more")
	m.rules.FalseShare = 0.5
	require.InDelta(t, 1, m.mostGoingOn([]float64{0.5, 0.1, 0.02, 0.2}), 0, "all of them")
	require.InDelta(t, 1, m.mostGoingOn(nil), 0)
}

// The lists are of repeat buyers and of buyers of one purchase, those whose momentum is low
// and no others.
func TestListsOfABound(t *testing.T) {
	p := oneCustomer(0)
	p.add(3)
	p.add(5)
	p.add(every(10, 11)...)
	p.add(every(10, 12)...)
	p.add(every(70, 11)...) // buys on
	p.add(690)              // has only begun
	panel := plain
	panel.FittedOn = 700
	m := modelOf(t, &panel)
	again, once := m.list(&p, []int{0, 1, 2, 3, 4, 5, 6}, 2)
	require.Len(t, once, 3)
	require.Len(t, again, 2)
	for _, goesOn := range append(again, once...) {
		require.Less(t, goesOn, 0.2)
		require.Positive(t, goesOn)
	}
}

// In a shop that hardly anybody leaves, who bought three times within five days and is
// silent for a year is a rare buyer, more likely than not: momentum is low, and there is
// no decline. In a shop that every fifth purchase is the last of, there is one.
func TestMoreLikelyUnchangedIsNoDecline(t *testing.T) {
	p := oneCustomer(0, 2, 5)
	for q, want := range map[float64]bool{0.0005: false, 0.2: true} {
		panel := plain
		panel.Forecast = mustText(leavers{R: 1, Alpha: 60, Q: q})
		m := modelOf(t, &panel)
		c := customer{model: m}
		require.Equal(t, want, c.declines(p.Days, &Life{From: 0}, 370), "%v leave after a purchase", q)
		s := c.standing(m.line.at(370), 0)
		require.Less(t, s.momentum, m.rules.Momentum)
		require.Equal(t, want, c.unchanged(&s) <= mostUnchanged)
	}
}

// Whoever may decline does so if there is room on the list.
func TestRoomOnTheList(t *testing.T) {
	p := oneCustomer(every(10, 11)...)
	m := modelOf(t, &plain)
	c := customer{model: m}
	const night = 300
	require.True(t, c.declines(p.Days, &Life{From: 0}, night))
	s := c.standing(m.line.at(night), 0)
	panel := plain
	for bound, want := range map[float64]bool{c.goesOn(&s) + 1e-9: true, c.goesOn(&s) - 1e-9: false} {
		panel.Again = bound
		c := customer{model: modelOf(t, &panel)}
		require.Equal(t, want, c.declines(p.Days, &Life{From: 0}, night))
	}
	panel.Again, panel.Once = 1, 0 // the list of buyers of one purchase is another
	c = customer{model: modelOf(t, &panel)}
	require.True(t, c.declines(p.Days, &Life{From: 0}, night))
}

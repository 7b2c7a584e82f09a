package publication

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/segment/quality"
)

// A night may be its own anchor, and not one of a later day.
func TestAnchorOfTheNightItself(t *testing.T) {
	night := time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
	require.NoError(t, (&Anchor{Day: "2026-06-30"}).validate(night))
	require.Error(t, (&Anchor{Day: "2026-07-01"}).validate(night))
}

// What is worked out of few customers in many groups is far below 0, and is read again.
func TestAnchorOfFewCustomers(t *testing.T) {
	night := time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
	of := func(s quality.Separation) error {
		a := Anchor{Day: "2026-06-30", Spend: &NextSpend{Kinds: map[string]quality.Separation{"rfm": s}}}
		return a.validate(night)
	}
	lowest := quality.Separate([]float64{1, 3, 2, 2, 2, 2}, []int{0, 0, 1, 2, 3, 4}, 5)
	require.InDelta(t, -4, lowest.EpsilonSquared, 0)
	require.NoError(t, of(lowest))
	require.NoError(t, of(quality.Separate([]float64{1, 1}, []int{0, 1}, 2))) // not known
	for _, s := range []quality.Separation{{EtaSquared: 1.5}, {EtaSquared: -0.5}, {EpsilonSquared: 1.5}, {EpsilonSquared: -6, Groups: 5}, {Customers: -1}} {
		require.EqualError(t, of(s), "anchor.next_spend.kinds.rfm: a number is out of its range")
	}
}

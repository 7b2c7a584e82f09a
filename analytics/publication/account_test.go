package publication

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A night may be its own anchor, and not one of a later day.
func TestAnchorOfTheNightItself(t *testing.T) {
	night := time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
	require.NoError(t, (&Anchor{Day: "2026-06-30"}).validate(night))
	require.Error(t, (&Anchor{Day: "2026-07-01"}).validate(night))
}

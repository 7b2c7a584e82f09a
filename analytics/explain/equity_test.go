package explain

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication/cause"
	"clientele/internal/money"
)

// The parts of a sample are raised to a total that they then add up to, to the last place.
func TestPartsOfASampleAreRaisedToTheTotal(t *testing.T) {
	parts := partList{}
	parts.addFuture(cause.TimePassed, money.FromFloat(-10))
	parts.addFuture(cause.Bought, money.FromFloat(6))
	parts.addFuture(cause.ModelMoved, money.FromFloat(0.333333))
	total := money.FromFloat(-12.000001)
	parts.raise(3, total)
	var sum money.Amount
	for _, p := range parts.list() {
		sum = sum.Plus(p.FutureValue)
	}
	require.Equal(t, total, sum)
	// Three times -30 + 18 + 1 are -11: 1 is missing, by size 30/49, 18/49 and 1/49 of it.
	require.InDelta(t, -30-30/49., parts[cause.TimePassed].FutureValue.Float(), 1e-4)
	require.InDelta(t, 18-18/49., parts[cause.Bought].FutureValue.Float(), 1e-4)

	none := partList{}
	none.raise(3, total)
	require.Equal(t, []Part{{Cause: cause.Unsplit, FutureValue: total, CLV: total}}, none.list())
}

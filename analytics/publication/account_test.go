package publication

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// Of three rows set aside for a reason one has an amount that cannot be read.
func TestFatesOfRowsWithoutAnAmount(t *testing.T) {
	rows, money := FatesOf(ledger.Tally{Rejected: map[ledger.Reason]ledger.Count{
		"some": {Rows: 3, Money: ledger.MoneyFromFloat(20), Unknown: 1}, "all": {Rows: 2, Unknown: 2}, "none": {Rows: 4},
	}})
	require.Equal(t, map[ledger.Reason]int64{"some": 3, "all": 2, "none": 4}, rows.Rejected)
	require.Equal(t, map[ledger.Reason]int64{"some": 1, "all": 2}, money.Unknown)
	require.Nil(t, money.Rejected["all"])
	require.Equal(t, ledger.MoneyFromFloat(20).String(), *money.Rejected["some"])
}

// A night may be its own anchor, and not one of a later day.
func TestAnchorOfTheNightItself(t *testing.T) {
	night := time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
	require.NoError(t, (&Anchor{Day: "2026-06-30"}).validate(night))
	require.Error(t, (&Anchor{Day: "2026-07-01"}).validate(night))
}

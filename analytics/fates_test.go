package analytics

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
	"clientele/internal/money"
)

// Of three rows set aside for a reason one has an amount that cannot be read.
func TestFatesOfRowsWithoutAnAmount(t *testing.T) {
	rows, of := fatesOf(ledger.Tally{Rejected: map[ledger.Reason]ledger.Count{
		"some": {Rows: 3, Money: money.FromFloat(20), Unknown: 1}, "all": {Rows: 2, Unknown: 2}, "none": {Rows: 4},
	}})
	require.Equal(t, map[string]int64{"some": 3, "all": 2, "none": 4}, rows.Rejected)
	require.Equal(t, map[string]int64{"some": 1, "all": 2}, of.Unknown)
	require.Nil(t, of.Rejected["all"])
	require.Equal(t, money.FromFloat(20).String(), *of.Rejected["some"])
}

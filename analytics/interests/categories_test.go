package interests

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/night/nighttest"
)

// Thirty customers of x buy tea in nine of ten baskets, thirty of y in one of ten; one buys
// nothing whose category is known.
func TestSegmentsAndTheirCategories(t *testing.T) {
	var segment []string
	bought := customers.Bought{}
	for i := range int32(60) {
		name, tea := "y", int32(1)
		if i%2 == 0 {
			name, tea = "x", 9
		}
		segment = append(segment, name)
		if i > 1 { // the first two bought coffee alone
			bought = append(bought, customers.BoughtThing{Customer: i, Thing: 1, With: tea + i%3, All: 12})
		}
		bought = append(bought, customers.BoughtThing{Customer: i, Thing: 0, With: 6, All: 12})
	}
	segment = append(segment, "z")
	rows := categoryShares(&bought, []string{"coffee", "tea"}, segment)
	columns := categoryFile(rows).Columns
	got := nighttest.Rows(t, columns...)
	require.Len(t, got, 4, "z has no baskets")
	require.Equal(t, map[string]string{"segment": "x", "category": "coffee", "customers": "30", "baskets": "360", "with": "180", "share": "0.5", "share_of_all": "0.5", "apart": ""}, got[0])
	with := 0
	for i := 2; i < 60; i += 2 {
		with += 9 + i%3
	}
	require.Equal(t, []string{"x", "tea", "29", "above"}, []string{got[1]["segment"], got[1]["category"], got[1]["customers"], got[1]["apart"]})
	require.InDelta(t, float64(with)/360, rows[1].sums.Share(rows[1].baskets), 1e-15)
	require.Equal(t, "below", got[3]["apart"])

	// The order in which the reduce hands pairs over does not matter.
	turned := customers.Bought{}
	for i := len(bought) - 1; i >= 0; i-- {
		turned = append(turned, bought[i])
	}
	require.Equal(t, rows, categoryShares(&turned, []string{"coffee", "tea"}, segment))
	require.Nil(t, categoryShares(&bought, []string{"coffee", "tea"}, nil), "no segments")
	require.Nil(t, categoryShares(nil, nil, segment), "no category")
}

package campaign

import (
	"math"
	"sort"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// What a budget brings is what those bring who would be listed if money were no object, the
// best first, until it is spent.
func TestBudgetsAreListsCutShort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newShop(randomly(rapid.Uint64().Draw(t, "shop")), rapid.IntRange(1, 30).Draw(t, "people"))
		n := s.night()
		for k := range s.rules.Campaigns {
			c := &s.rules.Campaigns[k]
			c.Cost, c.Budget, c.Explore = float64(1+k), 1e9, 0
			column := make([]float64, len(n.ID))
			for i := range column {
				column[i] = float64(s.chance(9)) + float64(i)/1000
			}
			n.Uplift[c.Name] = column
		}
		plan, err := Decide(s.rules, n, Memory{})
		require.NoError(t, err)
		listed := plan.Contacts
		cost := map[string]float64{}
		for _, c := range s.rules.Campaigns {
			cost[c.Name] = c.Cost
		}
		ratio := func(l Listed) float64 { return l.Uplift / cost[l.Campaign] }
		sort.Slice(listed, func(a, b int) bool { return ratio(listed[a]) > ratio(listed[b]) })
		budgets := []float64{0, 1, 2, 3, 5, 8, 13, 1000}
		curves, err := Budgets(s.rules, n, Memory{}, budgets)
		require.NoError(t, err)
		for k, budget := range budgets {
			want := Curve{Budget: budget}
			for _, l := range listed {
				if want.Cost+cost[l.Campaign] > budget {
					want.NextUnitBrings = ratio(l)
					break
				}
				want.Contacts++
				want.Cost += cost[l.Campaign]
				want.Expected += l.Uplift
			}
			got := curves[k]
			if want.NextUnitBrings == 0 { // whoever is left would be a loss
				require.Less(t, got.NextUnitBrings, 1.)
				want.NextUnitBrings = got.NextUnitBrings
			}
			require.InDelta(t, want.Expected, got.Expected, 1e-9)
			want.Expected = got.Expected
			require.Equal(t, want, got)
		}
	})
}

// Who was not measured comes after those who were, and what costs nothing comes first.
func TestBudgetsOfTheUnmeasured(t *testing.T) {
	n := quiet(100, "a", "b", "c", "d")
	r := Rules{Campaigns: []Campaign{
		{Name: "free", Channels: []string{"post"}, Starts: 0, Ends: 200, Priority: 1},
		{Name: "known", Channels: []string{"post"}, Starts: 0, Ends: 200, Cost: 2, Priority: 2},
		{Name: "new", Channels: []string{"post"}, Starts: 0, Ends: 200, Cost: 2, Priority: 3},
		{Name: "over", Channels: []string{"post"}, Starts: 0, Ends: 100, Cost: 2, Priority: 0},
	}}
	n.Audience["free"] = []bool{true, false, false, false}
	n.Audience["known"] = []bool{false, true, true, false}
	n.Audience["new"] = []bool{true, true, false, true}
	n.Uplift["known"] = []float64{9, 5, 1, 9} // b gains, c is a loss
	curves, err := Budgets(r, n, Memory{}, []float64{0, 2, 3.9, 4})
	require.NoError(t, err)
	require.Equal(t, Curve{Budget: 0, Contacts: 1, Unmeasured: 1, NextUnitBrings: 2.5}, curves[0])
	require.True(t, math.IsNaN(curves[1].NextUnitBrings), "nobody knows what d brings")
	curves[1].NextUnitBrings = 0
	require.Equal(t, Curve{Budget: 2, Contacts: 2, Unmeasured: 1, Cost: 2, Expected: 5}, curves[1])
	require.InDelta(t, 2, curves[2].Cost, 0)
	require.Equal(t, Curve{Budget: 4, Contacts: 3, Unmeasured: 2, Cost: 4, Expected: 5, NextUnitBrings: .5}, curves[3])
	_, err = Budgets(r, n, Memory{}, []float64{math.NaN()})
	require.ErrorContains(t, err, "a budget must be a number")
}

package campaign

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// quiet is a night of customers of whom nothing is known.
func quiet(day int32, ids ...string) Night {
	n := Night{Day: day, ID: ids, Reach: map[string][]bool{}, Audience: map[string][]bool{}, Uplift: map[string][]float64{}}
	n.Blocked = make([]Reason, len(ids))
	n.Forecast = make([]float64, len(ids))
	return n
}

func everybody(ids []string) []bool {
	all := make([]bool, len(ids))
	for i := range all {
		all[i] = true
	}
	return all
}

// One customer for each reason, and one who is contacted.
func TestReasons(t *testing.T) {
	n := quiet(100, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o")
	n.Blocked = []Reason{NoConsent, Provenance, Unsubscribed, Complained, Excluded, "", "", "", "", "", "", "", "", "", ""}
	n.Audience["first"] = make([]bool, 15)
	n.Audience["first"][12] = true // m: is taken by it
	n.Audience["second"] = everybody(n.ID)
	n.Reach["post"] = everybody(n.ID)
	n.Reach["post"][10] = false // k
	before := Memory{HoldoutSince: 50, Assignments: []Assignment{
		{Campaign: HoldoutName, Customer: "f", Arm: Control},
		{Campaign: "second", Customer: "g", Arm: Control, Entries: 1, In: true},
		{Campaign: "second", Customer: "h", Arm: Both, Entries: 1, In: true},
		{Campaign: "second", Customer: "i", Arm: Treated, Entries: 1, In: true},
		{Campaign: "second", Customer: "j", Arm: Treated, Entries: 1, In: false},
	}}
	n.Sent = []Contact{{Customer: "l", Channel: "phone", Day: 99}}
	r := Rules{
		Seed: "s", Caps: []Cap{{Contacts: 1, Days: 2}}, Holdout: &Holdout{},
		Campaigns: []Campaign{
			{Name: "second", Channels: []string{"post"}, Starts: 100, Ends: 101, Cost: 1, Budget: 1, Priority: 2},
			{Name: "first", Channels: []string{"post"}, Starts: 100, Ends: 101, Cost: 1, Priority: 1},
		},
	}
	plan, err := Decide(r, n, before)
	require.NoError(t, err)
	var want []Suppressed
	for _, why := range reasons[1:] {
		want = append(want, Suppressed{Campaign: "second", Reason: why, Customers: 1})
	}
	require.Equal(t, want, plan.Suppressed)
	require.Len(t, plan.Contacts, 2)
	require.Equal(t, Contact{Customer: "m", Campaign: "first", Channel: "post", Day: 100}, plan.Contacts[0].Contact)
	require.Contains(t, []string{"n", "o"}, plan.Contacts[1].Customer) // the other one by lot
}

// Money goes to those who bring most, then by lot, and nobody is contacted at a loss but by
// lot.
func TestBudget(t *testing.T) {
	n := quiet(100, "a", "b", "c", "d", "e", "f")
	n.Audience["x"] = everybody(n.ID)
	n.Uplift["x"] = []float64{3, 1, 9, math.NaN(), -4, 5}
	r := Rules{Campaigns: []Campaign{{Name: "x", Channels: []string{"post"}, Starts: 0, Ends: 200, Cost: 2, Budget: 4}}}
	listed := func() (ids []string, use BudgetUse) {
		plan, err := Decide(r, n, Memory{})
		require.NoError(t, err)
		for _, c := range plan.Contacts {
			ids = append(ids, c.Customer)
		}
		return ids, plan.Budgets[0]
	}
	ids, use := listed()
	require.Equal(t, []string{"c", "f"}, ids)
	require.Equal(t, BudgetUse{Campaign: "x", Spent: 4, NextUnitBrings: 1.5, ExpectedBrought: 14}, use)

	r.Campaigns[0].Budget = 100
	ids, use = listed()
	require.Equal(t, []string{"a", "c", "f"}, ids, "nobody at a loss")
	require.Equal(t, BudgetUse{Campaign: "x", Spent: 6, Left: 94, NextUnitBrings: .5, ExpectedBrought: 17}, use)

	r.Campaigns[0].Budget, r.Campaigns[0].Explore = 8, .25
	ids, use = listed()
	require.Len(t, ids, 4, "the best three, and one by lot")
	require.Subset(t, ids, []string{"a", "c", "f"})
	require.Equal(t, []float64{8, 0, 2}, []float64{use.Spent, use.Left, use.Explored})
}

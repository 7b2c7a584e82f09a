package campaign

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// The plan of every night is what the slow desk decides, to the last customer, reason and
// place that is remembered.
func TestDecideAsTheSlowDesk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.Uint64().Draw(t, "shop")
		s := newShop(randomly(draw), rapid.IntRange(1, 12).Draw(t, "people"))
		nights := rapid.IntRange(1, 25).Draw(t, "nights")
		slow := newSlowDesk()
		for range nights {
			joined := map[string]bool{}
			for id := range s.into {
				joined[id] = true
			}
			s.change()
			for id := range s.into {
				if !joined[id] {
					slow.join(id, s.id(id))
				}
			}
			n, before := s.night(), s.memory()
			plan, err := Decide(s.rules, n, before)
			require.NoError(t, err)
			want := slow.tonight(s.rules, n)
			requireSame(t, s.rules, want, plan)
			requireRemembered(t, slow, plan.Memory)
			s.publish(plan)
		}
	})
}

func requireSame(t require.TestingT, r Rules, want slowResult, plan Plan) {
	listed := map[string]map[string]string{}
	refused := map[string]map[Reason]int{}
	money := map[string]slowMoney{}
	for _, c := range r.Campaigns {
		if want.listed[c.Name] != nil {
			listed[c.Name] = map[string]string{}
		}
		refused[c.Name] = map[Reason]int{}
	}
	for name := range want.listed {
		listed[name], refused[name] = map[string]string{}, map[Reason]int{}
	}
	for _, l := range plan.Contacts {
		require.NotContains(t, listed[l.Campaign], l.Customer)
		listed[l.Campaign][l.Customer] = l.Channel
	}
	for _, s := range plan.Suppressed {
		require.NotContains(t, refused[s.Campaign], s.Reason)
		refused[s.Campaign][s.Reason] = int(s.Customers)
	}
	for _, b := range plan.Budgets {
		money[b.Campaign] = slowMoney{b.Spent, b.Left, b.Explored, b.NextUnitBrings, b.ExpectedBrought}
	}
	require.Equal(t, want.listed, listed)
	require.Equal(t, want.refused, refused)
	require.Len(t, money, len(want.money))
	for name, w := range want.money {
		requireClose(t, w.spent, money[name].spent)
		requireClose(t, w.left, money[name].left)
		requireClose(t, w.explored, money[name].explored)
		requireClose(t, w.next, money[name].next)
		requireClose(t, w.expected, money[name].expected)
	}
}

// requireClose allows for sums in another order.
func requireClose(t require.TestingT, want, got float64) {
	if math.IsNaN(want) || math.IsInf(want, 0) {
		require.Equal(t, math.IsNaN(want), math.IsNaN(got))
		require.Equal(t, math.IsInf(want, 1), math.IsInf(got, 1))
		return
	}
	require.InDelta(t, want, got, 1e-9)
}

func requireRemembered(t require.TestingT, slow *slowDesk, m Memory) {
	type key struct{ campaign, customer string }
	want, got := map[key]Assignment{}, map[key]Assignment{}
	note := func(campaign, customer string, p *slowPlace) {
		want[key{campaign, customer}] = Assignment{
			Campaign: campaign, Customer: customer, Arm: Arm(p.arm), Since: p.since, Share: p.share, Explored: p.explored,
			Forecast: p.forecast, Strata: p.strata, Entries: p.visits, In: p.inside,
		}
	}
	contacts := 0
	for id, p := range slow.people {
		if p.holdout != nil {
			note(HoldoutName, id, p.holdout)
		}
		for name, place := range p.places {
			note(name, id, place)
		}
		contacts += len(p.contacts)
	}
	for _, a := range m.Assignments {
		got[key{a.Campaign, a.Customer}] = a
	}
	require.Len(t, got, len(m.Assignments), "a customer has one place")
	require.Equal(t, want, got)
	require.True(t, slices.IsSortedFunc(m.Assignments, Assignment.place))
	require.True(t, slices.IsSortedFunc(m.Planned, Contact.compare))
	require.Len(t, m.Planned, contacts)
}

// text is a plan as bytes. JSON has no NaN.
func text(t require.TestingT, p Plan) string {
	known := func(x float64) float64 {
		if math.IsNaN(x) {
			return -1e9
		}
		return x
	}
	p.Budgets, p.Contacts = slices.Clone(p.Budgets), slices.Clone(p.Contacts)
	for i, b := range p.Budgets {
		b.Left, b.NextUnitBrings, b.ExpectedBrought = known(b.Left), known(b.NextUnitBrings), known(b.ExpectedBrought)
		p.Budgets[i] = b
	}
	for i := range p.Contacts {
		p.Contacts[i].Uplift = known(p.Contacts[i].Uplift)
	}
	bytes, err := json.Marshal(p)
	require.NoError(t, err)
	return string(bytes)
}

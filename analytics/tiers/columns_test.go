package tiers

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/internal/wording"
	"clientele/segment/tier"
)

// aDay is a day of January 2024.
func aDay(t *testing.T, ofJanuary int) int32 {
	t.Helper()
	return calendar.Date{Year: 2024, Month: 1, Day: ofJanuary}.Number()
}

// members is a night with three customers: a member who is pinned, one without a tier,
// and one in grace; every field is another one.
func members(t *testing.T) *Result {
	t.Helper()
	day := func(d int) int32 { return aDay(t, d) }
	const none = calendar.NoDay
	return &Result{
		levels: []tier.Tier{{Name: "silver"}, {Name: "gold"}},
		Result: tier.Result{
			Level: []int{1, tier.NoLevel, 0}, Since: []int32{day(1), none, day(2)}, Until: []int32{day(3), none, day(4)},
			Status: []tier.Status{tier.Pinned, "", tier.InGrace}, Reason: []string{"pinned", "lacks 5", "in grace"},
			State: tier.State{
				Tier: []string{"silver", "", "silver"}, Since: []int32{day(5), none, day(6)}, Until: []int32{day(7), none, day(8)},
				Anchor: []int32{day(9), none, day(10)}, Grace: []int32{none, none, day(11)}, Why: []string{"spent 500", "", "spent 400"},
				Pinned: []bool{true, false, false}, PinTier: []string{"gold", "", ""},
				PinSince: []int32{day(12), none, none}, PinUntil: []int32{day(13), none, none},
				Reversible: [][]tier.Reversible{{{Day: day(14), Since: none, Until: none, Anchor: none, Grace: none}}, nil, nil},
			},
		},
	}
}

func TestTierColumns(t *testing.T) {
	rows := nighttest.Published(t, column.Tiers, members(t).Columns())
	require.Equal(t, map[string]string{
		"tier": "gold", "tier_since": "2024-01-01", "tier_until": "2024-01-03", "tier_status": "pinned", "tier_reason": "pinned",
		"tier_own": "silver", "tier_own_since": "2024-01-05", "tier_own_until": "2024-01-07", "tier_anchor": "2024-01-09", "tier_grace": "",
		"tier_pin": "gold", "tier_pin_since": "2024-01-12", "tier_pin_until": "2024-01-13", "tier_why": "spent 500",
		"tier_rests": `[{"day":"2024-01-14"}]`,
	}, rows[0])
	for name, cell := range rows[1] {
		require.Equal(t, map[string]string{"tier_reason": "lacks 5"}[name], cell, name)
	}
	require.Equal(t, []string{"silver", "grace", "2024-01-11"}, []string{rows[2]["tier"], rows[2]["tier_status"], rows[2]["tier_grace"]})
	keeps := members(t)
	keeps.State.Reversible = nil
	require.NotContains(t, nighttest.Published(t, column.Tiers, keeps.Columns())[0], "tier_rests")
}

// What a night remembers of a member is what the next one goes on from.
func TestMembersAreRemembered(t *testing.T) {
	n := members(t)
	state := nighttest.Remembered(t, []string{"a", "b", "c"}, column.Tiers, n.Columns())
	was := remembered{state}
	require.True(t, was.tiers())
	again := tier.NewState(3)
	for i := range 3 {
		require.NoError(t, was.check(i))
		was.copyTo(&again, i, i)
	}
	var err error
	again.Reversible, err = was.reversible([]int{0, 1, 2})
	require.NoError(t, err)
	require.Equal(t, n.State, again)
}

// A member has every day that a term goes by; who is none needs none of them.
func TestMembersWithoutADayAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(s *tier.State){
		"tier_own_since": func(s *tier.State) { s.Since[2] = calendar.NoDay },
		"tier_own_until": func(s *tier.State) { s.Until[2] = calendar.NoDay },
		"tier_anchor":    func(s *tier.State) { s.Anchor[2] = calendar.NoDay },
	} {
		n := members(t)
		spoil(&n.State)
		was := remembered{nighttest.Remembered(t, []string{"a", "b", "c"}, column.Tiers, n.Columns())}
		require.NoError(t, was.check(0))
		require.NoError(t, was.check(1))
		require.EqualError(t, was.check(2), "row 3: it has a tier_own and no "+name)
	}
}

// Each field of the two lists stands in the column of its name.
func TestTierFiles(t *testing.T) {
	csv := func(columns []publish.Col) []map[string]string { return nighttest.Rows(t, columns...) }
	r := &Result{programme: "shop"}
	changes := []tier.Change{{
		ID: "a", Op: tier.OpUpgrade, From: "silver", To: "gold", Effective: aDay(t, 2), Why: wording.Clause("tier.gone"), Metric: "spend", Threshold: 500.5,
	}}
	require.Equal(t, []map[string]string{{
		"change_id": changes[0].ChangeID("shop"), "customer_id": "a", "op": "upgrade", "from": "silver", "to": "gold", "effective": "2024-01-02",
		"reason": "no longer among the customers", "metric": "spend", "threshold": "500.5",
	}}, csv(r.deltaColumns(changes)))
	require.Equal(t, []map[string]string{{
		"customer_id": "a", "tier": "gold", "falls_to": "silver", "due": "2024-01-03", "status": "grace", "metric": "spend",
		"have": "1.5", "need": "4", "shortfall": "2.5", "reason": "lacks",
	}, {
		"customer_id": "b", "tier": "", "falls_to": "", "due": "", "status": "", "metric": "", "have": "", "need": "0", "shortfall": "0", "reason": "",
	}}, csv(warningColumns([]tier.Warning{
		{
			ID: "a", Tier: "gold", WouldFallTo: "silver", Due: aDay(t, 3), Status: tier.InGrace, Metric: "spend",
			Have: 1.5, Need: 4, Shortfall: 2.5, Reason: "lacks",
		},
		{ID: "b", Due: calendar.NoDay, Have: math.NaN()},
	})))
}

package analytics

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/segment/lifecycle"
	"clientele/segment/tier"
)

// aDay is a day of January 2024.
func aDay(t *testing.T, ofJanuary int) int32 {
	t.Helper()
	return calendar.Date{Year: 2024, Month: 1, Day: ofJanuary}.Number()
}

// lives is a night with two customers whose every field is another one.
func lives(t *testing.T) *night {
	t.Helper()
	day := func(d int) int32 { return aDay(t, d) }
	return &night{
		stages: &lifecycle.Result{
			Stage: []lifecycle.Stage{lifecycle.Declining, lifecycle.Formation}, Since: []int32{day(1), day(2)},
			Decline: []lifecycle.Decline{lifecycle.DeclineSudden, lifecycle.DeclineWatch}, DeclineFrom: []lifecycle.Stage{lifecycle.Stability, ""},
			Momentum: []float64{0.25, math.NaN()}, FormerRate: []float64{12.5, math.NaN()}, UsualGap: []float64{29, 30},
			Onset: []int32{day(3), calendar.NoDay}, RateBefore: []float64{8.5, math.NaN()}, RateAfter: []float64{0.5, math.NaN()},
			Declines: []int32{3, 4}, Reactivations: []int32{5, 6}, ReactivatedSince: []int32{day(4), calendar.NoDay},
			Reasons: []string{"fell silent", "buys less"},
		},
		record: &lifecycle.Record{Lives: []lifecycle.Life{
			{
				Seen: 7, Trace: math.MaxUint32, Stage: lifecycle.Declining, Since: day(1), Base: lifecycle.Stability,
				Declines: 3, Reactivations: 5, From: day(5),
			},
			{Seen: 8, Trace: 9, Stage: lifecycle.Formation, Since: day(2), Base: lifecycle.Formation, Declines: 4, Reactivations: 6, From: day(6)},
		}},
	}
}

func TestLifecycleColumns(t *testing.T) {
	require.Equal(t, []map[string]string{
		{
			"stage": "decline", "stage_since": "2024-01-01", "momentum": "0.25", "decline": "sudden", "decline_from": "stability",
			"reasons": "fell silent", "decline_onset": "2024-01-03", "rate_before": "8.5", "rate_after": "0.5",
			"declines": "3", "reactivations": "5", "reactivated_since": "2024-01-04",
			"former_rate": "12.5", "purchase_days": "7", "stage_trace": "4294967295", "stage_base": "stability", "stage_from": "2024-01-05",
		},
		{
			"stage": "formation", "stage_since": "2024-01-02", "momentum": "", "decline": "watch", "decline_from": "",
			"reasons": "buys less", "decline_onset": "", "rate_before": "", "rate_after": "",
			"declines": "4", "reactivations": "6", "reactivated_since": "",
			"former_rate": "", "purchase_days": "8", "stage_trace": "9", "stage_base": "formation", "stage_from": "2024-01-06",
		},
	}, nighttest.Published(t, column.Lifecycle, lives(t).lifecycleColumns()))
}

// What a night remembers of a life is what the next one goes on from.
func TestLivesAreRemembered(t *testing.T) {
	n := lives(t)
	state := nighttest.Remembered(t, []string{"a", "b"}, column.Lifecycle, n.lifecycleColumns())
	was, _ := state.Match([]string{"b", "c"})
	require.Equal(t, []lifecycle.Life{n.record.Lives[1], {}}, livesOf(state, was))
	was, _ = state.Match([]string{"a"})
	require.Equal(t, n.record.Lives[:1], livesOf(state, was))
	require.Nil(t, livesOf(nil, was))
}

// members is a night with three customers: a member who is pinned, one without a tier,
// and one in grace; every field is another one.
func members(t *testing.T) *night {
	t.Helper()
	day := func(d int) int32 { return aDay(t, d) }
	const none = calendar.NoDay
	return &night{
		job: &job.Job{Tiers: &job.Tiers{Levels: []tier.Tier{{Name: "silver"}, {Name: "gold"}}}},
		tiers: &tier.Result{
			Level: []int{1, tier.NoLevel, 0}, Since: []int32{day(1), none, day(2)}, Until: []int32{day(3), none, day(4)},
			Status: []tier.Status{tier.TierPinned, "", tier.TierGrace}, Reason: []string{"pinned", "lacks 5", "in grace"},
			State: tier.State{
				Tier: []string{"silver", "", "silver"}, Since: []int32{day(5), none, day(6)}, Until: []int32{day(7), none, day(8)},
				Anchor: []int32{day(9), none, day(10)}, Grace: []int32{none, none, day(11)}, Why: []string{"spent 500", "", "spent 400"},
				Pinned: []bool{true, false, false}, PinTier: []string{"gold", "", ""},
				PinSince: []int32{day(12), none, none}, PinUntil: []int32{day(13), none, none},
				Rests: [][]tier.Rest{{{Day: day(14), Since: none, Until: none, Anchor: none, Grace: none}}, nil, nil},
			},
		},
	}
}

func TestTierColumns(t *testing.T) {
	rows := nighttest.Published(t, column.Tiers, members(t).tierColumns())
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
	keeps.tiers.State.Rests = nil
	require.NotContains(t, nighttest.Published(t, column.Tiers, keeps.tierColumns())[0], "tier_rests")
}

// What a night remembers of a member is what the next one goes on from.
func TestMembersAreRemembered(t *testing.T) {
	n := members(t)
	state := nighttest.Remembered(t, []string{"a", "b", "c"}, column.Tiers, n.tierColumns())
	was := remembered{state}
	require.True(t, was.tiers())
	again := tier.NewState(3)
	for i := range 3 {
		require.NoError(t, was.checkTier(i))
		was.copyTo(&again, i, i)
	}
	want := n.tiers.State
	want.Rests = nil // which rests reads
	require.Equal(t, want, again)
}

// Each field of the two lists stands in the column of its name.
func TestTierFiles(t *testing.T) {
	csv := func(columns []publish.Col) []map[string]string { return nighttest.Rows(t, columns...) }
	require.Equal(t, []map[string]string{{
		"change_id": "id", "customer_id": "a", "op": "upgrade", "from": "silver", "to": "gold", "effective": "2024-01-02",
		"reason": "spent", "metric": "spend", "threshold": "500.5",
	}}, csv(deltaColumns([]tier.Change{{
		ChangeID: "id", ID: "a", Op: tier.OpUpgrade, From: "silver", To: "gold", Effective: aDay(t, 2), Reason: "spent", Metric: "spend", Threshold: 500.5,
	}})))
	require.Equal(t, []map[string]string{{
		"customer_id": "a", "tier": "gold", "falls_to": "silver", "due": "2024-01-03", "status": "grace", "metric": "spend",
		"have": "1.5", "need": "4", "shortfall": "2.5", "reason": "lacks",
	}, {
		"customer_id": "b", "tier": "", "falls_to": "", "due": "", "status": "", "metric": "", "have": "", "need": "0", "shortfall": "0", "reason": "",
	}}, csv(warningColumns([]tier.Warning{
		{
			ID: "a", Tier: "gold", WouldFallTo: "silver", Due: aDay(t, 3), Status: tier.TierGrace, Metric: "spend",
			Have: 1.5, Need: 4, Shortfall: 2.5, Reason: "lacks",
		},
		{ID: "b", Due: calendar.NoDay, Have: math.NaN()},
	})))
}

// What is given of the anchor night is empty for who came later.
func TestAnchorColumns(t *testing.T) {
	a := anchor{
		night: &publication.Anchor{}, orders: []int64{3, 0}, net: amountsOf(1.5, 0),
		groups: map[string][]string{"rfm": {"champions", "new"}, "tier": {"gold", ""}},
	}
	require.Equal(t, []map[string]string{
		{"anchor_orders": "3", "anchor_net": "1.50", "anchor_segment": "champions", "anchor_tier": "gold"},
		{"anchor_orders": "", "anchor_net": "", "anchor_segment": "", "anchor_tier": ""},
	}, nighttest.Published(t, column.Groups, a.columns()))
}

func amountsOf(values ...float64) []ledger.Money {
	of := make([]ledger.Money, len(values))
	for i, v := range values {
		of[i] = ledger.MoneyFromFloat(v)
	}
	return of
}

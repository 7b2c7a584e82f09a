package groups

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/history"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/segment/quality"
)

// What is given of the anchor night is empty for who came later.
func TestAnchorColumns(t *testing.T) {
	r := &Result{anchor: anchor{
		night: &publication.Anchor{}, orders: []int64{3, 0}, net: amounts(1.5, 0),
		groups: map[string]func(int) string{"rfm": of("champions", "new"), "tier": of("gold", "")},
	}}
	require.Equal(t, []map[string]string{
		{"anchor_orders": "3", "anchor_net": "1.50", "anchor_segment": "champions", "anchor_tier": "gold"},
		{"anchor_orders": "", "anchor_net": "", "anchor_segment": "", "anchor_tier": ""},
	}, nighttest.Published(t, column.Groups, r.Columns()))
}

// of gives customers their groups.
func of(names ...string) func(customer int) string {
	return func(customer int) string { return names[customer] }
}

var kinds = []night.Kind{bySegment("good", "bad", "good", "bad")}

// A first night is the anchor.
func TestTheFirstAnchor(t *testing.T) {
	n := context(t, "", nil)
	a, err := follow(n, kinds)
	require.NoError(t, err)
	rules, err := fingerprintOf(n.Job)
	require.NoError(t, err)
	require.Equal(t, &publication.Anchor{Day: tonight, Rules: rules}, a.night)
	require.Len(t, a.groups, 1)
	require.Equal(t, []string{"good", "bad", "good", "bad"}, a.names("rfm"))
	require.Equal(t, n.Customers.Orders, a.orders)
	none, err := follow(n, nil)
	require.NoError(t, err)
	require.Nil(t, none.night)
}

// anchored is a night before that remembers an anchor of a day; who has no orders by then
// came later. a has spent 4 since, b 30, and c is new tonight.
func anchored(t *testing.T, f *night.Frame, day string, spend *publication.NextSpend) *history.Night {
	t.Helper()
	rules, err := fingerprintOf(f.Job)
	require.NoError(t, err)
	given := &Result{anchor: anchor{
		night: &publication.Anchor{}, orders: []int64{1, 1, 0}, net: amounts(6, 10, 0), groups: map[string]func(int) string{"rfm": of("bad", "good", "bad")},
	}}
	b := &history.Night{AsOf: "2024-06-29", Members: nighttest.Remembered(t, []string{"a", "b", "d"}, column.Groups, given.Columns())}
	b.Anchor = &publication.Anchor{Day: day, Rules: rules, Spend: spend}
	return b
}

// The groups of the anchor night are held against what was spent since. Newcomers were in
// none of them.
func TestSpendSinceTheAnchor(t *testing.T) {
	n := context(t, "", func(f *night.Frame) { f.Previous = anchored(t, f, "2024-06-10", nil) })
	a, err := follow(n, kinds)
	require.NoError(t, err)
	require.Equal(t, []int64{1, 1, 0, 0}, a.orders)
	require.Equal(t, amounts(6, 10, 0, 0), a.net)
	require.Len(t, a.groups, 1)
	require.Equal(t, []string{"bad", "good", "", ""}, a.names("rfm"))
	require.Equal(t, "2024-06-10", a.night.Day)
	spend := a.night.Spend
	require.Equal(t, []any{"2024-06-10", tonight, 20}, []any{spend.From, spend.To, spend.Days})
	require.Equal(t, 2, spend.Kinds["rfm"].Customers)
	require.Equal(t, 2, spend.Kinds["rfm"].Groups)
	require.Nil(t, n.Before.Anchor.Spend, "the night before is read only")
}

// An anchor has its time until a night of another month, four weeks or more later, or for
// a month whatever the name of the month; what was measured stands.
func TestANewAnchor(t *testing.T) {
	for day, begins := range map[string]bool{
		"2024-06-01": false, // the same month
		"2024-06-03": false,
		"2024-05-31": true, // another month, 30 days
		"2024-05-30": true,
		"2023-06-01": true, // the same month of another year
		"2024-06-10": false,
	} {
		n := context(t, "", func(f *night.Frame) { f.Previous = anchored(t, f, day, nil) })
		a, err := follow(n, kinds)
		require.NoError(t, err)
		if begins {
			require.Equal(t, tonight, a.night.Day, day)
			require.Equal(t, n.Customers.Orders, a.orders)
		} else {
			require.Equal(t, day, a.night.Day)
		}
		require.Equal(t, day, a.night.Spend.From, "what was measured stands")
	}
}

// A finished comparison stands until the next is long enough.
func TestAFinishedComparisonStands(t *testing.T) {
	done := &publication.NextSpend{From: "2024-05-01", To: "2024-06-10", Days: quality.MinEffectDays}
	n := context(t, "", func(f *night.Frame) { f.Previous = anchored(t, f, "2024-06-10", done) })
	a, err := follow(n, kinds)
	require.NoError(t, err)
	require.Equal(t, done, a.night.Spend)
	short := &publication.NextSpend{From: "2024-06-10", To: "2024-06-20", Days: 10}
	n = context(t, "", func(f *night.Frame) { f.Previous = anchored(t, f, "2024-06-10", short) })
	a, err = follow(n, kinds)
	require.NoError(t, err)
	require.Equal(t, 20, a.night.Spend.Days)
}

// Groups by other rules are other groups.
func TestOtherRules(t *testing.T) {
	n := context(t, "", func(f *night.Frame) {
		f.Previous = anchored(t, f, "2024-06-10", nil)
		f.Previous.Anchor.Rules = "other"
	})
	a, err := follow(n, kinds)
	require.NoError(t, err)
	require.Equal(t, tonight, a.night.Day)
	require.Nil(t, a.night.Spend)
	base, err := fingerprintOf(nighttest.Job(t, ""))
	require.NoError(t, err)
	for _, settings := range []string{"rfm: {segments: rfm10}\n", "stages: off\n", "tiers: [{name: in, qualify: {spend: 1}}]\n", "currency: EUR\n"} {
		other, err := fingerprintOf(nighttest.Job(t, settings))
		require.NoError(t, err)
		require.NotEqual(t, base, other, settings)
	}
	same, err := fingerprintOf(nighttest.Job(t, "clv: off\n"))
	require.NoError(t, err)
	require.Equal(t, base, same)
}

// What groups of an earlier night have spent since is part of their quality.
func TestNextSpendOfAKind(t *testing.T) {
	spend := &publication.NextSpend{Days: 33, Kinds: map[string]quality.Separation{"rfm": {EtaSquared: 0.5, EpsilonSquared: 0.4, Customers: 9, Groups: 2}}}
	j := newJudge(context(t, "", nil), &publication.Anchor{Spend: spend}, false)
	found, days := j.nextSpend("rfm")
	require.Equal(t, spend.Kinds["rfm"], found)
	require.Equal(t, 33, days)
	_, days = j.nextSpend("tier")
	require.Equal(t, 33, days)
	groups := []publication.Group{{Kind: "rfm", Name: "good"}, {Kind: "rfm", Name: "bad"}}
	j.judge(kinds[0], groups)
	require.InDelta(t, 0.5, float64(groups[0].Quality.EtaSquared), 0)
	require.Equal(t, int64(33), *groups[0].Quality.Days)
}

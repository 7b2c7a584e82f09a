package job_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
	"clientele/internal/calendar"
	"clientele/segment/interest"
	"clientele/segment/lifecycle"
	"clientele/segment/tier"
)

// What a job file says of tiers, in the terms of package tier: every setting has a
// value that is not its default, and no two numbers are the same.
func TestTiersAsAProgramme(t *testing.T) {
	j := parse(t, minimal+`tiers:
  window: 7 weeks
  term: 2 years
  grace: 5 months
  warn: 11 days
  downgrade: to-earned
  returns: reverse
  levels:
    - {name: silver, qualify: {spend: 500, orders: 2}, keep: {any: {purchase_days: 3, past_value: 40}}}
    - {name: gold, qualify: {future_value: 900}, limit: {budget: 5000, cost: 20, cost_rate: 0.25, cost_of: past_value, by: clv, margin: 0.125, ties: include}}
    - {name: top, limit: {share: 0.05, ties: exclude}}
    - {name: star, limit: {count: 17}}
`)
	require.Equal(t, tier.Programme{
		Name: "club",
		Tiers: []tier.Tier{
			{
				Name:    "silver",
				Qualify: tier.Criteria{All: []tier.Threshold{{Metric: "spend", AtLeast: 500}, {Metric: "orders", AtLeast: 2}}},
				Keep:    &tier.Criteria{Any: []tier.Threshold{{Metric: "purchase_days", AtLeast: 3}, {Metric: "past_value", AtLeast: 40}}},
			},
			{
				Name:    "gold",
				Qualify: tier.Criteria{All: []tier.Threshold{{Metric: "future_value", AtLeast: 900}}},
				Limit: &tier.Limit{
					Budget: 5000, Cost: 20, CostRate: 0.25, CostMetric: "past_value", By: "clv", Margin: 0.125, Ties: tier.TiesInclude,
				},
			},
			{Name: "top", Limit: &tier.Limit{Share: 0.05, By: "spend", Ties: tier.TiesExclude}},
			{Name: "star", Limit: &tier.Limit{Count: 17, By: "spend"}},
		},
		Window:    tier.Window{Kind: tier.Rolling, Length: calendar.Period{Days: 49}},
		Term:      calendar.Period{Months: 24},
		Grace:     calendar.Period{Months: 5},
		Downgrade: tier.ToEarned,
		Warn:      calendar.Period{Days: 11},
		Reverse:   true,
	}, j.Tiers.Programme("club"))
}

func TestWindowsOfTiers(t *testing.T) {
	for word, want := range map[string]tier.Window{
		"3 days":          {Kind: tier.Rolling, Length: calendar.Period{Days: 3}},
		"18 months":       {Kind: tier.Rolling, Length: calendar.Period{Months: 18}},
		"calendar-year":   {Kind: tier.CalendarYear},
		"membership-year": {Kind: tier.MembershipYear},
		"tier-year":       {Kind: tier.TierYear},
		"lifetime":        {Kind: tier.Lifetime},
	} {
		j := parse(t, minimal+"tiers: {window: "+word+", grace: none, warn: none, levels: [{name: a, qualify: {spend: 1}}]}\n")
		p := j.Tiers.Programme("club")
		require.Equal(t, want, p.Window, word)
		require.Zero(t, p.Grace)
		require.Zero(t, p.Warn)
		require.Equal(t, tier.OneStep, p.Downgrade)
		require.False(t, p.Reverse)
	}
}

// Thresholds are in the order of the metrics, whatever that of the file; those of
// mapped attributes follow by name.
func TestThresholdsAreInTheOrderOfMetrics(t *testing.T) {
	text := strings.Replace(minimal, "amount: a", "amount: a, attributes: {points: p, age: q}", 1)
	j := parse(t, text+"tiers: [{name: a, qualify: {points: 1, rfm_score: 2, age: 3, clv: 4, spend: 5}}]\n", "rfm.weights={r: 1}")
	var names []string
	for _, threshold := range j.Tiers.Levels[0].Qualify.All {
		names = append(names, threshold.Metric)
	}
	require.Equal(t, []string{"spend", "clv", "rfm_score", "age", "points"}, names)
	require.Equal(t, []string{"age", "points"}, j.MappedMetrics())
}

func TestStagesAsRules(t *testing.T) {
	j := parse(t, minimal+`stages:
  formation: {purchase_days: 4}
  stability: {purchase_days: 9, tenure: 3 weeks, spend_cv: 1.25}
  decline: {momentum: 0.2, watch: 0.6, false_share: 0.07}
  lost: {silence: 2 months, p_alive: 0.15}
  interests: {false_discoveries: 0.05, share_ratio: 0.4}
`)
	require.Equal(t, lifecycle.Rules{
		FormationDays: 4, StabilityDays: 9, StabilitySpanDays: 21, SpendCV: 1.25,
		Momentum: 0.2, Watch: 0.6, FalseShare: 0.07, LostSilenceDays: 60.875, LostPAlive: 0.15,
	}, j.Stages.Rules())
	require.Equal(t, interest.Rules{FalseDiscoveries: 0.05, ShareRatio: 0.4}, j.Stages.Interests.Rules())

	auto := parse(t, minimal).Stages.Rules()
	require.Zero(t, auto.StabilitySpanDays, "by the shop's own rhythm")
	require.Zero(t, auto.LostSilenceDays, "by the shop's own rhythm")
}

func TestSpansAsPeriods(t *testing.T) {
	for _, c := range []struct {
		span job.Span
		want calendar.Period
	}{
		{job.Span{N: 3, Unit: job.Day}, calendar.Period{Days: 3}},
		{job.Span{N: 3, Unit: job.Week}, calendar.Period{Days: 21}},
		{job.Span{N: 3, Unit: job.Month}, calendar.Period{Months: 3}},
		{job.Span{N: 3, Unit: job.Year}, calendar.Period{Months: 36}},
		{job.Span{Word: job.None}, calendar.Period{}},
	} {
		require.Equal(t, c.want, c.span.Period(), c.span)
	}
}

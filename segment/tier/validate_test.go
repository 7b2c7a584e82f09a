package tier

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/calendar"
)

func TestProgrammesAreRefused(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Programme)
		want   string
	}{
		{"no term", func(p *Programme) { p.Term = calendar.Period{} }, "term of 0 days, want a day or more"},
		{"negative grace", func(p *Programme) { p.Grace = calendar.Period{Days: -1} }, "grace of -1 days, want none or more"},
		{"warnings", func(p *Programme) { p.Warn = calendar.Period{Days: -1} }, "warnings -1 days ahead, want none or more"},
		{"downgrade", func(p *Programme) { p.Downgrade = "7" }, `unknown downgrade "7"`},
		{"window", func(p *Programme) { p.Window.Kind = "9" }, "unknown kind of window \"9\""},
		{"rolling without length", func(p *Programme) { p.Window.Length = calendar.Period{} }, "rolling window of 0 days"},
		{"no name", func(p *Programme) { p.Tiers[1].Name = "" }, "tier 1 has no name"},
		{"name twice", func(p *Programme) { p.Tiers[1].Name = "silver" }, `tier 1: the name "silver" is taken by a lower tier; rename one of them`},
		{"threshold", func(p *Programme) { p.Tiers[1].Qualify = atLeast("spend", math.NaN()) }, "tier 1 (gold): threshold of spend is NaN, want a finite number"},
		{"keep above qualify", func(p *Programme) { p.Tiers[1].Keep = new(atLeast("spend", 2500)) }, "tier 1 (gold): keeping it takes spend of 2500, more than the 2000 that qualify for it; lower keep or raise qualify"},
		{"too many", func(p *Programme) { p.Tiers = make([]Tier, 65) }, "65 tiers, want at most 64"},
		{"empty limit", limit(Limit{}), "limit has share 0, count 0 and budget 0, want exactly one of them"},
		{"two limits", limit(Limit{Share: 0.1, Count: 3}), "limit has share 0.1, count 3 and budget 0, want exactly one of them"},
		{"share", limit(Limit{Share: 1.5}), "limit of share 1.5, want above 0 and at most 1"},
		{"count", limit(Limit{Count: -1}), "limit of -1 members, want 1 or more"},
		{"budget", limit(Limit{Budget: -1, Cost: 1}), "budget of -1, want above 0"},
		{"free budget", limit(Limit{Budget: 5}), "a budget, but members cost nothing; say what one costs"},
		{"negative cost", limit(Limit{Budget: 5, Cost: -1}), "cost of -1 and rate of 0, want numbers not below 0"},
		{"rate of nothing", limit(Limit{Budget: 5, CostRate: 1}), "a cost rate without a metric; name one"},
		{"margin", limit(Limit{Count: 5, Margin: -0.1}), "margin of -0.1, want a number not below 0"},
		{"nothing to rank by", func(p *Programme) { p.Tiers[0] = Tier{Name: "member", Limit: &Limit{Count: 5}} }, "tier 0 (member): the limit has nothing to rank by; name a metric"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := club()
			tt.change(&p)
			err := p.Validate()
			require.ErrorIs(t, err, ErrInvalid)
			require.ErrorContains(t, err, tt.want)
		})
	}
	require.NoError(t, club().Validate())
	require.Equal(t, []string{"spend"}, club().Metrics())
}

func limit(l Limit) func(*Programme) {
	return func(p *Programme) { p.Tiers[1].Limit = &l }
}

func TestInputIsRefused(t *testing.T) {
	shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-03-15 600", "2024-04-15 600")}}
	tests := []struct {
		name   string
		change func(*Input)
		want   string
	}{
		{"first days", func(in *Input) { in.FirstDay = nil }, "0 first days, want 1, one per customer"},
		{"far first day", func(in *Input) { in.FirstDay[0] = calendar.NoDay }, "first day -2147483648 of the customer at index 0 is out of range"},
		{"far night", func(in *Input) { in.AsOf = 1e6 }, "night of day 1000000 is out of range"},
		{"starts", func(in *Input) { in.Activity.Start = []int64{0} }, "the activity has 1 starts from 0 to its 2 days, want 2"},
		{"order of days", func(in *Input) { in.Activity.Day[1] = 0 }, "the activity of the customer at index 0 has day 1970-01-01, want ascending days up to 2024-05-01"},
		{"later days", func(in *Input) { in.AsOf = day("2024-04-01") }, "has day 2024-04-15, want ascending days up to 2024-04-01"},
		{"values", func(in *Input) { in.Activity.Counted[0].Value = nil }, "metric spend has 0 values at scale 1000000, want 2 at 1 or more"},
		{"scale", func(in *Input) { in.Activity.Counted[0].Scale = 0 }, "metric spend has 2 values at scale 0"},
		{"no such metric", func(in *Input) { in.Activity.Counted = nil }, `no metric "spend"; add its column or name another metric`},
		{"two metrics", func(in *Input) { in.Static["spend"] = []float64{1} }, `two metrics "spend", one by day and one without days`},
		{"column", func(in *Input) { in.Activity.Counted, in.Static["spend"] = nil, []float64{1, 2} }, "metric spend has 2 entries, want 1, one per customer"},
		{"infinite", func(in *Input) { in.Activity.Counted, in.Static["spend"] = nil, []float64{math.Inf(1)} }, "metric spend of the customer at index 0 is +Inf"},
		{"pin of nobody", func(in *Input) { in.Pins = []Pin{{Customer: 1}} }, "pin 0 is of customer 1, want 0 to 0"},
		{"pin to nothing", func(in *Input) { in.Pins = []Pin{{Tier: 3}} }, "customer at index 0 is pinned to tier 3, want -1 to 2"},
		{"far pin", func(in *Input) { in.Pins = []Pin{{Until: calendar.NoDay}} }, "customer at index 0 is pinned until day -2147483648, which is out of range"},
		{"two pins", func(in *Input) { in.Pins = []Pin{{}, {}} }, "customer at index 0 is pinned twice; leave one of the pins"},
		{"order of nights", func(in *Input) { in.Before = &Before{Night: in.AsOf} }, "the night before is 2024-05-01, want one before 2024-05-01"},
		{"rows", func(in *Input) { in.Before = &Before{State: NewState(2)} }, "the state before has a column of 2 entries, want 1"},
		{"half a state", func(in *Input) {
			in.Before = &Before{State: NewState(1)}
			in.Before.State.Tier[0] = "gold"
		}, "the state before has the customer at index 0 in gold without a day since or until"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := shop.input(dateOf(day("2024-05-01")), club(), nil, false)
			tt.change(&in)
			_, err := club().Advance(in)
			require.ErrorIs(t, err, ErrInvalid)
			require.ErrorContains(t, err, tt.want)
		})
	}
}

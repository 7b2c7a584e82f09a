package tier

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/calendar"
	"clientele/internal/wording"
)

// ranked is a programme of one tier, gold, open to all whose score is 1 or
// more, and limited.
func ranked(limit Limit) Programme {
	return Programme{
		Name: "ranked", Window: Window{Kind: Lifetime}, Term: calendar.Period{Months: 12},
		Tiers: []Tier{{Name: "gold", Qualify: atLeast("score", 1), Limit: &limit}},
	}
}

// scored is a night of customers a, b, c, ... who have scores and no activity.
func scored(night string, scores ...float64) Input {
	in := Input{Say: wording.In("en"), AsOf: day(night), Static: map[string][]float64{"score": scores}}
	for i := range scores {
		in.ID = append(in.ID, string(rune('a'+i)))
		in.FirstDay = append(in.FirstDay, day("2024-01-01"))
	}
	in.Activity.Start = make([]int64, len(scores)+1)
	return in
}

// golden are the members of the highest tier, by letter.
func golden(t *testing.T, p Programme, night Result) string {
	t.Helper()
	var letters []rune
	for i, level := range night.Level {
		if level == len(p.Tiers)-1 {
			letters = append(letters, rune('a'+i))
		}
	}
	return string(letters)
}

func TestPlacesOnTheFirstNight(t *testing.T) {
	nan := math.NaN()
	tests := []struct {
		name   string
		limit  Limit
		scores []float64
		want   string
	}{
		{"count", Limit{Count: 1}, []float64{2, 3, 0}, "b"},
		{"count leaves out equals that straddle it", Limit{Count: 2}, []float64{2, 3, 2}, "b"},
		{"count takes equals that fit", Limit{Count: 3}, []float64{2, 3, 2}, "abc"},
		{"count that lets ties in", Limit{Count: 2, Ties: TiesInclude}, []float64{2, 3, 2}, "abc"},
		{"share lets equals in that straddle it", Limit{Share: 0.5}, []float64{2, 3, 2, 0}, "abc"},
		{"share that leaves ties out", Limit{Share: 0.5, Ties: TiesExclude}, []float64{2, 3, 2, 0}, "b"},
		{"share stops at a block that begins beyond it", Limit{Share: 0.5}, []float64{2, 4, 3, 0}, "bc"},
		{"share rounds down", Limit{Share: 0.5}, []float64{2, 4, 3}, "b"},
		{"share of too few is nobody", Limit{Share: 0.2}, []float64{2, 3}, ""},
		{"unknown gets no place", Limit{Count: 2, By: "other"}, []float64{2, 3}, "b"},
		{"budget", Limit{Budget: 25, Cost: 10}, []float64{2, 4, 3}, "bc"},
		{"budget to the cent", Limit{Budget: 0.3, Cost: 0.1}, []float64{2, 4, 3, 1}, "abc"},
		{"budget by a rate stops at the first who does not fit", Limit{Budget: 10, CostRate: 1, CostMetric: "score"}, []float64{2, 7, 4}, "b"},
		{"budget leaves out equals it cannot pay for", Limit{Budget: 25, Cost: 10}, []float64{3, 3, 3}, ""},
		{"budget that lets ties in", Limit{Budget: 25, Cost: 10, Ties: TiesInclude}, []float64{3, 3, 3}, "abc"},
		{"a negative cost is none", Limit{Budget: 5, CostRate: 1, CostMetric: "other"}, []float64{3, 3, 4}, "c"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := scored("2024-06-01", tt.scores...)
			in.Static["other"] = append([]float64{nan, 9, -9}[:min(3, len(tt.scores))], make([]float64, max(0, len(tt.scores)-3))...)
			night, err := ranked(tt.limit).Advance(in)
			require.NoError(t, err)
			require.Equal(t, tt.want, golden(t, ranked(tt.limit), night))
		})
	}
}

// TestPlacesAreDefended: a is in with a score of 10; b challenges.
func TestPlacesAreDefended(t *testing.T) {
	tests := []struct {
		name   string
		margin float64
		scores []float64
		want   string
	}{
		{"equals do not displace", 0, []float64{10, 10}, "a"},
		{"more does", 0, []float64{10, 10.5}, "b"},
		{"less than the margin does not", 0.5, []float64{10, 14.5}, "a"},
		{"just the margin does", 0.5, []float64{10, 15}, "b"},
		{"below zero nobody is ahead of who has more", 0.5, []float64{-10, -11}, "a"},
		{"below zero the margin divides", 0.25, []float64{-10, -8}, "b"},
		{"nor is there a margin at zero", 0.5, []float64{0, 0}, "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := ranked(Limit{Count: 1, Margin: tt.margin})
			p.Tiers[0].Qualify = atLeast("score", -100)
			first, err := p.Advance(scored("2024-06-01", 10, 0))
			require.NoError(t, err)
			require.Equal(t, "a", golden(t, p, first))
			in := scored("2024-06-02", tt.scores...)
			in.Before = &Before{Night: day("2024-06-01"), State: first.State}
			night, err := p.Advance(in)
			require.NoError(t, err)
			require.Equal(t, tt.want, golden(t, p, night))
		})
	}
}

func TestOfEqualMembersTheOlderStay(t *testing.T) {
	p := ranked(Limit{Count: 2})
	first, err := p.Advance(scored("2024-06-01", 5, 0, 0))
	require.NoError(t, err)
	in := scored("2024-06-02", 5, 5, 0)
	in.Before = &Before{Night: day("2024-06-01"), State: first.State}
	second, err := p.Advance(in)
	require.NoError(t, err)
	require.Equal(t, "ab", golden(t, p, second))
	in = scored("2024-06-03", 5, 5, 6)
	in.Before = &Before{Night: day("2024-06-02"), State: second.State}
	third, err := p.Advance(in)
	require.NoError(t, err)
	require.Equal(t, "ac", golden(t, p, third))
	require.Equal(t, []string{
		"2024-06-03 leave gold>: gold is full: rank 3 by score, 2 allowed",
		"2024-06-03 enter >gold: score 6, gold asks for 1",
	}, steps(third.Changes))
	require.Equal(t, "gold is full: rank 3 by score, 2 allowed", third.Reason[1])
}

func TestLimitsOfSeveralTiers(t *testing.T) {
	two := func(silver, gold *Limit) Programme {
		p := ranked(Limit{})
		p.Tiers = []Tier{{Name: "silver", Qualify: atLeast("score", 5), Limit: silver}, {Name: "gold", Qualify: atLeast("score", 20), Limit: gold}}
		return p
	}
	tests := []struct {
		name         string
		silver, gold *Limit
		scores       []float64
		want         []int
	}{
		{"a lower limit counts the members above", &Limit{Count: 2}, nil, []float64{30, 6, 7}, []int{1, -1, 0}},
		{"and binds them", &Limit{Count: 1}, nil, []float64{30, 25, 7}, []int{1, -1, -1}},
		{"who finds no place competes below", &Limit{Count: 2}, &Limit{Count: 1}, []float64{30, 25, 7}, []int{1, 0, -1}},
		{"a lower budget pays for its own tier alone", &Limit{Budget: 1, Cost: 1}, nil, []float64{30, 25, 7, 6}, []int{1, 1, 0, -1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			night, err := two(tt.silver, tt.gold).Advance(scored("2024-06-01", tt.scores...))
			require.NoError(t, err)
			require.Equal(t, tt.want, night.Level)
		})
	}
}

func TestRefusalsAreExplained(t *testing.T) {
	p := ranked(Limit{})
	p.Tiers = []Tier{
		{Name: "silver", Qualify: atLeast("score", 5), Limit: &Limit{Count: 5}},
		{Name: "gold", Qualify: atLeast("score", 20), Limit: &Limit{Share: 0.3, By: "value", Margin: 0.1}},
		{Name: "black", Qualify: atLeast("score", 40), Limit: &Limit{Budget: 12, Cost: 10, By: "value"}},
	}
	in := scored("2024-06-01", 50, 50, 30, 30, 30, 6, 6)
	in.Static["value"] = []float64{90, 80, 70, 60, math.NaN(), 1, 1}
	night, err := p.Advance(in)
	require.NoError(t, err)
	require.Equal(t, []int{2, 1, 0, 0, 0, -1, -1}, night.Level)
	held := " since 2024-06-01: score "
	require.Equal(t, []string{
		"black" + held + "50, black asks for 40; to keep it on 2025-06-01: score of 40 (now 50)",
		"gold" + held + "50, gold asks for 20; the budget of black is used up: rank 2 by value, 1 allowed; to keep it on 2025-06-01: score of 20 (now 50)",
		"silver" + held + "30, silver asks for 5; gold is full: rank 3 by value, members counting 10% more, 2 allowed; to keep it on 2025-06-01: score of 5 (now 30)",
		"silver" + held + "30, silver asks for 5; gold is full: rank 4 by value, members counting 10% more, 2 allowed; to keep it on 2025-06-01: score of 5 (now 30)",
		"silver" + held + "30, silver asks for 5; no place in gold, which is limited: value is not known; to keep it on 2025-06-01: score of 5 (now 30)",
		"silver is full: rank 6-7 by score, 5 allowed",
		"silver is full: rank 6-7 by score, 5 allowed",
	}, night.Reason)
}

// A limit with a budget needs the cost as well as the rank.
func TestUnknownCostsAreExplained(t *testing.T) {
	p := ranked(Limit{Budget: 100, CostRate: 0.1, CostMetric: "value", By: "score"})
	in := scored("2024-06-01", 50, 40)
	in.Static["value"] = []float64{90, math.NaN()}
	night, err := p.Advance(in)
	require.NoError(t, err)
	require.Equal(t, []int{0, NoLevel}, night.Level)
	require.Equal(t, "no place in gold, which is limited: score or value is not known", night.Reason[1])
}

// TestDisplacedMembersFallAndSayWhy: one step, or to what is earned.
func TestDisplacedMembersFallAndSayWhy(t *testing.T) {
	for _, tt := range []struct {
		down Downgrade
		want string
	}{
		{OneStep, "2024-06-02 downgrade gold>silver: gold is full: rank 2 by score, 1 allowed"},
		{ToEarned, "2024-06-02 leave gold>: gold is full: rank 2 by score, 1 allowed"},
	} {
		p := ranked(Limit{})
		p.Downgrade = tt.down
		p.Tiers = []Tier{{Name: "silver", Qualify: atLeast("score", 5)}, {Name: "gold", Qualify: atLeast("score", 20), Limit: &Limit{Count: 1}}}
		first, err := p.Advance(scored("2024-06-01", 30, 1))
		require.NoError(t, err)
		in := scored("2024-06-02", 2, 31) // the term would protect a
		in.Before = &Before{Night: day("2024-06-01"), State: first.State}
		night, err := p.Advance(in)
		require.NoError(t, err)
		require.Equal(t, tt.want, steps(night.Changes)[0])
	}
}

// TestPinnedMembersTakeNoPlace, and come back to compete as members.
func TestPinnedMembersTakeNoPlace(t *testing.T) {
	p := ranked(Limit{Count: 1, Margin: 0.5})
	in := scored("2024-06-01", 10, 9)
	in.Pins = []Pin{{Customer: 0, Tier: 0, Until: day("2024-06-01")}}
	first, err := p.Advance(in)
	require.NoError(t, err)
	require.Equal(t, "ab", golden(t, p, first))
	in = scored("2024-06-02", 10, 9)
	in.Before = &Before{Night: day("2024-06-01"), State: first.State}
	night, err := p.Advance(in)
	require.NoError(t, err)
	require.Equal(t, "a", golden(t, p, night))
}

func TestShareIsNotLostToBinary(t *testing.T) {
	scores := make([]float64, 100)
	for i := range scores {
		scores[i] = 3000 + float64(i)
	}
	in := scored("2024-06-01", scores...)
	for i := range in.ID {
		in.ID[i] = strconv.Itoa(i)
	}
	night, err := ranked(Limit{Share: 0.29}).Advance(in)
	require.NoError(t, err)
	in.AsOf, in.Before = day("2024-06-02"), &Before{Night: day("2024-06-01"), State: night.State}
	require.Equal(t, 71, slices.Index(night.Level, 0)) // 0.29·100 is 28.999999999999996
}

// TestTheCalendarDisplacesNobody: on 2 January everybody's year has just
// begun, and who bought yesterday does not rank above last year's best.
func TestTheCalendarDisplacesNobody(t *testing.T) {
	p := Programme{
		Name: "years", Window: Window{Kind: CalendarYear}, Term: calendar.Period{Months: 12},
		Tiers: []Tier{{Name: "gold", Qualify: atLeast("spend", 100), Limit: &Limit{Count: 1}}},
	}
	shop := &fastShop{customers: []*slowCustomer{buyerOf("a", "2024-03-15 5000"), buyerOf("b", "2025-01-01 200")}}
	night := shop.nights(t, p, nil, "2024-04-01", "2025-01-02")
	require.Equal(t, []int{0, NoLevel}, night.Level)
	require.Equal(t, []int32{day("2025-12-31"), calendar.NoDay}, night.Until)
}

// TestTheHighestRefusalIsNamed: who gets no place in two tiers hears of the
// higher one.
func TestTheHighestRefusalIsNamed(t *testing.T) {
	p := ranked(Limit{})
	p.Tiers = []Tier{
		{Name: "silver", Qualify: atLeast("score", 5), Limit: &Limit{Count: 2}},
		{Name: "gold", Qualify: atLeast("score", 20), Limit: &Limit{Count: 1}},
	}
	night, err := p.Advance(scored("2024-06-01", 50, 40, 30))
	require.NoError(t, err)
	require.Equal(t, []int{1, 0, NoLevel}, night.Level)
	require.Equal(t, "gold is full: rank 3 by score, 1 allowed", night.Reason[2])
}

// TestARefusalIsToldOnce: what has not changed since the tier began is in its reason already.
func TestARefusalIsToldOnce(t *testing.T) {
	p := ranked(Limit{})
	p.Tiers = []Tier{{Name: "silver", Qualify: atLeast("score", 5)}, {Name: "gold", Qualify: atLeast("score", 20), Limit: &Limit{Count: 1}}}
	first, err := p.Advance(scored("2024-06-01", 50, 40, 0))
	require.NoError(t, err)
	since := "silver since 2024-06-01: score 40, silver asks for 5; gold is full: rank 2 by score, 1 allowed; to keep it on 2025-06-01: score of 5 (now 40)"
	require.Equal(t, since, first.Reason[1])
	for _, tt := range []struct {
		third float64
		want  string
	}{
		{0, since},
		{45, since + "; tonight gold is full: rank 3 by score, 1 allowed"},
	} {
		in := scored("2024-06-02", 50, 40, tt.third)
		in.Before = &Before{Night: day("2024-06-01"), State: first.State}
		night, err := p.Advance(in)
		require.NoError(t, err)
		require.Equal(t, tt.want, night.Reason[1])
	}
}

package tier

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/calendar"
	"clientele/internal/wording"
)

// club is a programme of three tiers by spend in 12 months.
func club() Programme {
	return Programme{
		Name: "club", Window: Window{Rolling, calendar.Period{Months: 12}},
		Term: calendar.Period{Months: 12}, Grace: calendar.Period{Months: 1}, Warn: calendar.Period{Days: 30},
		Tiers: []Tier{
			{Name: "silver", Qualify: atLeast("spend", 500), Keep: new(atLeast("spend", 400))},
			{Name: "gold", Qualify: atLeast("spend", 2000), Keep: new(atLeast("spend", 1500))},
			{Name: "platinum", Qualify: atLeast("spend", 5000)},
		},
	}
}

// buyer is a customer from the day of the first purchase; purchases are
// written as `2026-01-31 500`.
func buyerOf(id string, purchases ...string) *slowCustomer {
	c := &slowCustomer{id: id, static: map[string]float64{}}
	for _, p := range purchases {
		on, amount, _ := strings.Cut(p, " ")
		cents := 0.
		for _, digit := range amount {
			cents = 10*cents + float64(digit-'0')
		}
		c.purchases = append(c.purchases, slowPurchase{dateOf(day(on)), int64(100 * cents), 1})
	}
	c.first = c.purchases[0].day
	return c
}

// nights advances a shop to some nights and returns the last.
func (s *fastShop) nights(t *testing.T, p Programme, pins map[string]slowPin, nights ...string) Result {
	t.Helper()
	var last Result
	for _, night := range nights {
		var err error
		last, err = s.advance(dateOf(day(night)), p, pins, false)
		require.NoError(t, err)
	}
	return last
}

// steps are changes in one line each: day, op, tiers and reason.
func steps(changes []Change) []string {
	out := []string{}
	for _, c := range changes {
		out = append(out, calendar.Format(c.Effective)+" "+string(c.Op)+" "+c.From+">"+c.To+": "+c.Reason(wording.Language{}))
	}
	return out
}

func TestTheLifeOfAMember(t *testing.T) {
	shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-01-10 300", "2024-02-28 1700", "2025-06-01 450", "2026-01-31 450")}}
	night := shop.nights(t, club(), nil, "2024-01-31")
	require.Empty(t, night.Changes)
	require.Equal(t, []string{"spend 300 in the 12 months to 2024-01-31, silver asks for 500"}, night.Reason)

	night = shop.nights(t, club(), nil, "2027-08-01")
	require.Equal(t, []string{
		"2024-02-28 enter >gold: spend 2000 in the 12 months to 2024-02-28, gold asks for 2000",
		"2025-02-28 grace gold>gold: spend 0 in the 12 months to 2025-02-28, 1500 keeps gold; there is time until 2025-03-28",
		"2025-03-28 downgrade gold>silver: spend 0 in the 12 months to 2025-03-28, 1500 would have kept gold",
		"2026-03-28 renew silver>silver: spend 900 in the 12 months to 2026-03-28, 400 keeps silver",
		"2027-03-28 grace silver>silver: spend 0 in the 12 months to 2027-03-28, 400 keeps silver; there is time until 2027-04-28",
		"2027-04-28 leave silver>: spend 0 in the 12 months to 2027-04-28, 400 would have kept silver",
	}, steps(night.Changes))
	require.Equal(t, []string{"left on 2027-04-28; spend 0 in the 12 months to 2027-08-01, silver asks for 500"}, night.Reason)
	require.Equal(t, "spend", night.Changes[2].Metric)
	require.InDelta(t, 1500, night.Changes[2].Threshold, 0)
	require.Equal(t, []int32{calendar.NoDay}, night.Until)
	require.Equal(t, []Status{""}, night.Status)
}

func TestMembersAreExplained(t *testing.T) {
	shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-03-31 2310", "2025-03-20 100")}}
	night := shop.nights(t, club(), nil, "2024-04-01")
	// Who is placed on the first night has the tier from then on.
	require.Equal(t, []string{"gold since 2024-04-01: spend 2310 in the 12 months to 2024-04-01, gold asks for 2000; to keep it on 2025-04-01: spend of 1500 (so far 0)"}, night.Reason)
	require.Equal(t, []Status{Active}, night.Status)
	require.Equal(t, []int32{day("2025-04-01")}, night.Until)
	require.Empty(t, night.Warnings)

	night = shop.nights(t, club(), nil, "2025-03-25")
	require.Equal(t, []Warning{{
		ID: "c", Tier: "gold", WouldFallTo: "silver", Due: day("2025-04-01"), Status: Active,
		Metric: "spend", Have: 100, Need: 1500, Shortfall: 1400,
		Reason: "spend 100 in the 12 months to 2025-04-01, 1500 keeps gold, 1400 short",
	}}, night.Warnings)

	night = shop.nights(t, club(), nil, "2025-04-02")
	require.Equal(t, []string{"gold since 2024-04-01: spend 100 in the 12 months to 2025-04-01, 1500 keeps gold; there is time until 2025-05-01; to keep it on 2025-05-01: spend of 1500 (so far 100)"}, night.Reason)
	require.Equal(t, []Status{InGrace}, night.Status)
	require.Equal(t, []int32{day("2025-05-01")}, night.Until)
	require.Len(t, night.Warnings, 1)
	require.Equal(t, InGrace, night.Warnings[0].Status)
}

func TestLateRenewalCountsFromTheOldEnd(t *testing.T) {
	shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-03-15 2000", "2025-04-10 1500")}}
	night := shop.nights(t, club(), nil, "2024-03-15", "2025-06-01")
	require.Equal(t, []string{
		"2025-03-15 grace gold>gold: spend 0 in the 12 months to 2025-03-15, 1500 keeps gold; there is time until 2025-04-15",
		"2025-04-10 renew gold>gold: spend 1500 in the 12 months to 2025-04-10, 1500 keeps gold",
	}, steps(night.Changes))
	require.Equal(t, []int32{day("2026-03-15")}, night.Until)
	require.Equal(t, []int32{day("2024-03-15")}, night.Since)
}

func TestTermsProtectAndUpgradesSkipTiers(t *testing.T) {
	shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-03-15 500", "2024-05-01 4500")}}
	night := shop.nights(t, club(), nil, "2024-03-15", "2025-04-30")
	require.Equal(t, []string{"2024-05-01 upgrade silver>platinum: spend 5000 in the 12 months to 2024-05-01, platinum asks for 5000"}, steps(night.Changes))
	require.Equal(t, []int32{day("2025-05-01")}, night.Until)
}

func TestFallingToWhatIsEarned(t *testing.T) {
	p := club()
	p.Downgrade, p.Grace = ToEarned, calendar.Period{}
	shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-03-15 5000", "2025-03-01 600")}}
	night := shop.nights(t, p, nil, "2024-03-15", "2025-03-15")
	require.Equal(t, []string{"2025-03-15 downgrade platinum>silver: spend 600 in the 12 months to 2025-03-15, 5000 would have kept platinum"}, steps(night.Changes))

	// After a grace into the next calendar year, it is still last year and the
	// grace that tell what is earned.
	p.Grace, p.Window = calendar.Period{Days: 20}, Window{Kind: CalendarYear}
	shop = &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-03-15 5000", "2025-03-01 600")}}
	night = shop.nights(t, p, nil, "2024-03-15", "2026-01-20")
	require.Equal(t, []string{
		"2025-12-31 grace platinum>platinum: spend 600 from 2025-01-01 to 2025-12-31, 5000 keeps platinum; there is time until 2026-01-20",
		"2026-01-20 downgrade platinum>silver: spend 600 from 2025-01-01 to 2026-01-20, 5000 would have kept platinum",
	}, steps(night.Changes))
}

// The next lower tier may be the one that is earned.
func TestFallingToTheNextTierThatIsEarned(t *testing.T) {
	p := club()
	p.Downgrade, p.Grace = ToEarned, calendar.Period{}
	shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-03-15 2000", "2025-03-01 600")}}
	night := shop.nights(t, p, nil, "2024-03-15", "2025-03-10")
	require.Equal(t, []Warning{{
		ID: "c", Tier: "gold", WouldFallTo: "silver", Due: day("2025-03-15"), Status: Active,
		Metric: "spend", Have: 600, Need: 1500, Shortfall: 900,
		Reason: "spend 600 in the 12 months to 2025-03-15, 1500 keeps gold, 900 short",
	}}, night.Warnings)
	night = shop.nights(t, p, nil, "2025-03-15")
	require.Equal(t, []string{"2025-03-15 downgrade gold>silver: spend 600 in the 12 months to 2025-03-15, 1500 would have kept gold"}, steps(night.Changes))
}

func TestPinsHideWhatGoesOn(t *testing.T) {
	shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-03-15 500", "2024-04-20 1600")}}
	shop.nights(t, club(), nil, "2024-03-15")
	pins := map[string]slowPin{"c": {"platinum", dateOf(day("2024-05-31"))}}
	night := shop.nights(t, club(), pins, "2024-04-01")
	require.Equal(t, []string{"2024-03-16 pin silver>platinum: set by hand until 2024-05-31"}, steps(night.Changes))

	night = shop.nights(t, club(), pins, "2024-05-10")
	require.Empty(t, night.Changes)
	require.Equal(t, []int{2}, night.Level)
	require.Equal(t, []Status{Pinned}, night.Status)
	require.Equal(t, []string{"gold"}, night.State.Tier)
	require.Equal(t, []int32{day("2024-05-31")}, night.Until)
	require.Equal(t, []string{"platinum, set by hand on 2024-03-16 until 2024-05-31; by the rules gold since 2024-04-20: spend 2100 in the 12 months to 2024-04-20, gold asks for 2000; to keep it on 2025-04-20: spend of 1500 (so far 0)"}, night.Reason)
	require.Equal(t, []Warning{{
		ID: "c", Tier: "platinum", WouldFallTo: "gold", Due: day("2024-05-31"), Status: Pinned,
		Metric: "spend", Have: 2100, Need: 5000, Shortfall: 2900,
		Reason: "spend 2100 in the 12 months to 2024-05-31, 5000 qualifies for platinum, 2900 short",
	}}, night.Warnings)

	night = shop.nights(t, club(), pins, "2024-06-02")
	require.Equal(t, []string{"2024-06-01 unpin platinum>gold: the tier set by hand ended on 2024-05-31; gold by the rules since 2024-04-20: spend 2100 in the 12 months to 2024-04-20, gold asks for 2000"}, steps(night.Changes))
}

func TestPinsMayBeEdited(t *testing.T) {
	shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-03-15 500")}}
	pin := func(tier, until string) map[string]slowPin {
		return map[string]slowPin{"c": {tier, dateOf(day(until))}}
	}
	night := shop.nights(t, club(), pin("", "2024-12-31"), "2024-03-15")
	require.Equal(t, []string{"2024-03-15 pin >: set by hand until 2024-12-31"}, steps(night.Changes))
	require.Equal(t, []string{"no tier, set by hand on 2024-03-15 until 2024-12-31; by the rules silver since 2024-03-15: spend 500 in the 12 months to 2024-03-15, silver asks for 500; to keep it on 2025-03-15: spend of 400 (so far 0)"}, night.Reason)
	night = shop.nights(t, club(), pin("gold", "2024-12-31"), "2024-03-16")
	require.Equal(t, []string{"2024-03-16 pin >gold: set by hand until 2024-12-31"}, steps(night.Changes))
	night = shop.nights(t, club(), pin("gold", "2025-01-31"), "2024-03-17")
	require.Equal(t, []string{"2024-03-17 pin gold>gold: set by hand until 2025-01-31"}, steps(night.Changes))
	require.Equal(t, []int32{day("2024-03-16")}, night.Since)
	night = shop.nights(t, club(), nil, "2024-03-18")
	require.Equal(t, []string{"2024-03-18 unpin gold>silver: the tier set by hand was taken back; silver by the rules since 2024-03-15: spend 500 in the 12 months to 2024-03-15, silver asks for 500"}, steps(night.Changes))
	require.Empty(t, shop.nights(t, club(), pin("gold", "2024-03-01"), "2024-03-19").Changes) // long over
}

func TestAChangedRuleWaitsForTheReview(t *testing.T) {
	customers := []*slowCustomer{buyerOf("c", "2024-03-15 600")}
	p := club()
	p.Tiers[0].Qualify, p.Tiers[0].Keep = atLeast("spend", 1000), nil

	shop := &fastShop{customers: customers}
	shop.nights(t, club(), nil, "2024-03-15")
	require.Empty(t, shop.nights(t, p, nil, "2025-03-14").Changes)

	shop = &fastShop{customers: customers}
	shop.nights(t, club(), nil, "2024-03-15")
	night, err := shop.advance(dateOf(day("2024-05-01")), p, nil, true)
	require.NoError(t, err)
	require.Equal(t, []string{
		"2024-03-16 grace silver>silver: spend 600 in the 12 months to 2024-03-16, 1000 keeps silver; there is time until 2024-04-16",
		"2024-04-16 leave silver>: spend 600 in the 12 months to 2024-04-16, 1000 would have kept silver",
	}, steps(night.Changes))
}

func TestAReviewAtOnceThatIsPassedChangesNothing(t *testing.T) {
	shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-03-15 600")}}
	before := shop.nights(t, club(), nil, "2024-03-15")
	night, err := shop.advance(dateOf(day("2024-05-01")), club(), nil, true)
	require.NoError(t, err)
	require.Empty(t, night.Changes)
	require.Equal(t, before.State, night.State)
}

func TestARemovedTierSendsItsMembersToReview(t *testing.T) {
	customers := []*slowCustomer{buyerOf("rich", "2024-03-15 2600"), buyerOf("kept", "2024-03-15 2000")}
	renamed := club()
	renamed.Tiers[1] = Tier{Name: "premium", Qualify: atLeast("spend", 2500)}
	shop := &fastShop{customers: customers}
	shop.nights(t, club(), nil, "2024-03-15")
	night := shop.nights(t, renamed, nil, "2024-03-17")
	require.Equal(t, []string{
		"2024-03-16 downgrade gold>silver: gold is no longer part of the programme; spend 2000 in the 12 months to 2024-03-16, silver asks for 500",
		"2024-03-16 upgrade gold>premium: gold is no longer part of the programme; spend 2600 in the 12 months to 2024-03-16, premium asks for 2500",
	}, steps(night.Changes))

	// One step down is the worst that may come of it, unless all is lost.
	shop = &fastShop{customers: customers}
	shop.nights(t, club(), nil, "2024-03-15")
	hard := club()
	hard.Tiers = []Tier{{Name: "silver", Qualify: atLeast("spend", 9000)}}
	night = shop.nights(t, hard, nil, "2024-03-16")
	require.Equal(t, "2024-03-16 downgrade gold>silver: gold is no longer part of the programme", steps(night.Changes)[0])
	shop.before.Order = nil // not known: one that was the highest
	hard.Tiers = nil
	night = shop.nights(t, hard, nil, "2024-03-17")
	require.Equal(t, "2024-03-17 leave silver>: silver is no longer part of the programme", steps(night.Changes)[0])
	require.Equal(t, "the programme has no tiers", night.Reason[0])
}

// With to-earned, members of a removed tier get what they qualify for, down to the lowest
// tier or none.
func TestMembersOfARemovedTierGetWhatTheyEarned(t *testing.T) {
	for spend, want := range map[float64]string{500: "downgrade gold>silver", 2001: "leave gold>"} {
		shop := &fastShop{customers: []*slowCustomer{buyerOf("kept", "2024-03-15 2000")}}
		shop.nights(t, club(), nil, "2024-03-15")
		p := club()
		p.Downgrade, p.Tiers = ToEarned, []Tier{{Name: "silver", Qualify: atLeast("spend", spend)}, {Name: "premium", Qualify: atLeast("spend", 2500)}}
		night := shop.nights(t, p, nil, "2024-03-16")
		require.Len(t, night.Changes, 1)
		require.Contains(t, steps(night.Changes)[0], "2024-03-16 "+want+": gold is no longer part of the programme")
	}
}

func TestWhoIsGoneLeaves(t *testing.T) {
	shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-03-15 600")}}
	shop.nights(t, club(), nil, "2024-03-15")
	in := shop.input(dateOf(day("2024-03-20")), club(), nil, false)
	in.Before.Gone = []GoneMember{{"z", "gold"}, {"a", "silver"}, {"nobody", ""}}
	night, err := club().Advance(in)
	require.NoError(t, err)
	require.Equal(t, []string{"a", "z"}, []string{night.Changes[0].ID, night.Changes[1].ID})
	require.Equal(t, []string{
		"2024-03-16 leave silver>: no longer among the customers",
		"2024-03-16 leave gold>: no longer among the customers",
	}, steps(night.Changes))
}

func TestAllAndAny(t *testing.T) {
	p := club()
	p.Tiers = []Tier{
		{Name: "member"},
		{Name: "friend", Qualify: Criteria{All: []Threshold{{"spend", 100}, {"clv", 5}}, Any: []Threshold{{"orders", 3}, {"purchase_days", 2}}}},
	}
	customers := []*slowCustomer{
		buyerOf("all", "2024-03-01 60", "2024-03-02 40"), buyerOf("one day", "2024-03-01 100"),
		buyerOf("poor", "2024-03-01 10", "2024-03-02 40"), buyerOf("unknown", "2024-03-01 60", "2024-03-02 40"),
	}
	for _, c := range customers {
		c.static["clv"] = 5
	}
	customers[3].static["clv"] = math.NaN()
	shop := &fastShop{customers: customers}
	night := shop.nights(t, p, nil, "2024-03-15")
	require.Equal(t, []int{1, 0, 0, 0}, night.Level)
	require.Equal(t, "2024-03-15 enter >friend: spend 100 in the 12 months to 2024-03-15, friend asks for 100; clv 5, friend asks for 5; purchase days 2 in the 12 months to 2024-03-15, friend asks for 2", steps(night.Changes)[0])
	require.Equal(t, "member since 2024-03-15: member is open to everybody", night.Reason[1])

	p.Tiers = p.Tiers[1:]
	shop = &fastShop{customers: customers}
	night = shop.nights(t, p, nil, "2024-03-15")
	require.Equal(t, "purchase days 1 in the 12 months to 2024-03-15, friend asks for one of several, such as 2", night.Reason[1])
	require.Equal(t, "spend 50 in the 12 months to 2024-03-15, friend asks for 100", night.Reason[2])
	require.Equal(t, "clv unknown, friend asks for 5", night.Reason[3])
}

func TestChangeIDs(t *testing.T) {
	shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-03-15 600")}}
	night := shop.nights(t, club(), nil, "2024-03-15")
	sum := sha256.Sum256([]byte("club\x00c\x002024-03-15\x00enter\x00\x00silver\x00"))
	require.Equal(t, hex.EncodeToString(sum[:]), night.Changes[0].ChangeID("club"))
}

func TestSumsAreExactAndStayInRange(t *testing.T) {
	m := &metric{value: []int64{math.MaxInt64, 5, -7, math.MinInt64, math.MinInt64}, scale: 1}
	require.InDelta(t, float64(math.MaxInt64), m.over(entries{to: 2}), 0)
	require.InDelta(t, float64(math.MaxInt64-7), m.over(entries{to: 3}), 0)
	require.InDelta(t, float64(math.MinInt64), m.over(entries{from: 3, to: 5}), 0)
	// Ten times 0.1 is 1, which float64 would miss.
	tenth := &metric{value: []int64{1e5, 1e5, 1e5, 1e5, 1e5, 1e5, 1e5, 1e5, 1e5, 1e5}, scale: 1e6}
	require.True(t, criterion{tenth, 1}.holds(entries{to: 10}))
	require.InDelta(t, 0.2, Shortfall(0.1, 0.3), 0)
}

func TestLateCustomersAndNobody(t *testing.T) {
	late := buyerOf("late", "2024-03-15 600")
	shop := &fastShop{customers: []*slowCustomer{late}}
	require.Empty(t, shop.nights(t, club(), nil, "2024-03-10").Level)
	night := shop.nights(t, club(), nil, "2024-03-20")
	require.Equal(t, "2024-03-15 enter >silver: spend 600 in the 12 months to 2024-03-15, silver asks for 500", steps(night.Changes)[0])
}

// TestARenamedTierInJanuary: what counts for the new name is last year too, as
// at any review.
func TestARenamedTierInJanuary(t *testing.T) {
	p := club()
	p.Window = Window{Kind: CalendarYear}
	shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-03-15 2600")}}
	shop.nights(t, p, nil, "2024-12-31")
	p.Tiers[1] = Tier{Name: "premium", Qualify: atLeast("spend", 2500)}
	night := shop.nights(t, p, nil, "2025-01-02")
	require.Equal(t, []string{
		"2025-01-01 upgrade gold>premium: gold is no longer part of the programme; spend 2600 from 2024-01-01 to 2025-01-01, premium asks for 2500",
	}, steps(night.Changes))
}

// TestTodayAloneMayPassAReview: a return of last year does not weigh on who
// qualifies by this year.
func TestTodayAloneMayPassAReview(t *testing.T) {
	p := club()
	p.Window, p.Tiers = Window{Kind: CalendarYear}, p.Tiers[:1]
	c := buyerOf("c", "2023-03-15 600", "2024-02-01 300", "2025-01-10 500")
	c.purchases[1].cents *= -1
	shop := &fastShop{customers: []*slowCustomer{c}}
	night := shop.nights(t, p, nil, "2023-03-15", "2025-02-01")
	require.Equal(t, []string{
		"2024-12-31 grace silver>silver: spend -300 from 2024-01-01 to 2024-12-31, 400 keeps silver; there is time until 2025-01-31",
		"2025-01-10 renew silver>silver: spend 500 from 2025-01-01 to 2025-01-10, silver asks for 500",
	}, steps(night.Changes))
}

// TestWarningsLookToTheEndOfTheGrace: what is earned on the review may be lost
// by then.
func TestWarningsLookToTheEndOfTheGrace(t *testing.T) {
	p := club()
	p.Downgrade = ToEarned
	shop := &fastShop{customers: []*slowCustomer{buyerOf("c", "2024-03-15 2000", "2024-03-25 600")}}
	night := shop.nights(t, p, nil, "2024-03-15", "2025-03-10")
	require.Len(t, night.Warnings, 1)
	require.InDelta(t, 600, night.Warnings[0].Have, 0)
	require.Empty(t, night.Warnings[0].WouldFallTo)
	night = shop.nights(t, p, nil, "2025-04-15")
	require.Equal(t, OpLeave, night.Changes[1].Op)
}

// TestWarningsOfSeveralThresholds: what is farthest off comes first; of
// alternatives, what is nearest.
func TestWarningsOfSeveralThresholds(t *testing.T) {
	p := club()
	p.Tiers = []Tier{{Name: "silver", Qualify: atLeast("clv", 0), Keep: &Criteria{All: []Threshold{{"clv", -5}}, Any: []Threshold{{"orders", 9}, {"spend", 800}}}}}
	c := buyerOf("c", "2024-03-20 600", "2024-03-21 600")
	c.static["clv"] = 7
	shop := &fastShop{customers: []*slowCustomer{c}}
	shop.nights(t, p, nil, "2024-03-20")
	p.Tiers[0].Qualify = atLeast("clv", 8)
	p.Warn = calendar.Period{Days: 400}
	night := shop.nights(t, p, nil, "2024-03-21")
	require.Equal(t, "spend 600 in the 12 months to 2025-03-20, 800 keeps silver, 200 short; or orders 1 in the 12 months to 2025-03-20, 9 keeps silver, 8 short", night.Warnings[0].Reason)
	require.Equal(t, "spend", night.Warnings[0].Metric)
	c.static["clv"] = math.NaN()
	night = shop.nights(t, p, nil, "2024-03-22")
	require.Equal(t, "clv unknown, -5 keeps silver", night.Warnings[0].Reason)
	require.True(t, math.IsNaN(night.Warnings[0].Shortfall))
}

// TestSumsOfTonight: exact, over the window by which each customer rises.
func TestSumsOfTonight(t *testing.T) {
	customers := []*slowCustomer{buyerOf("c", "2024-03-15 600", "2025-02-01 30", "2025-03-20 4"), buyerOf("d", "2025-03-01 1")}
	for kind, want := range map[WindowKind][]int64{Rolling: {34e6, 1e6}, CalendarYear: {34e6, 1e6}, MembershipYear: {4e6, 1e6}, Lifetime: {634e6, 1e6}} {
		p := club()
		p.Window.Kind = kind
		in := (&fastShop{customers: customers}).input(dateOf(day("2025-03-25")), p, nil, false)
		in.Sums = []string{"orders", "spend"}
		night, err := p.Advance(in)
		require.NoError(t, err)
		require.Equal(t, want, night.Sums[1], kind)
		require.Len(t, night.Sums, 2)
		in.Sums = []string{"clv"}
		_, err = p.Advance(in)
		require.ErrorContains(t, err, `no sums of "clv", which is not counted by day`)
	}
}

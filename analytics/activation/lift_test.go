package activation

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/segment/campaign"
	"clientele/segment/experiment"
)

// shop plays a campaign: customers have a purchase on day 95 + i mod 20 before the draw on
// day 120, and bring what base says after it, at day 130; treated ones bring more.
type shop struct {
	e    Evidence
	dice *rand.Rand
}

func newShop(seed uint64) *shop {
	return &shop{Evidence{AsOf: 160, History: History{}}, rand.New(rand.NewPCG(seed, 1))}
}

// play draws n customers at a share of control; a tenth buys nothing, the others bring
// 10 to 30, and 10 more by the effect on their stage where they are treated.
func (s *shop) play(name string, n int, share float64, effect map[string]float64) {
	const channel = "email"
	stages := []string{"decline", "stability"}
	for i := range n {
		id := fmt.Sprintf("%s%05d", name, i)
		a := campaign.Assignment{
			Campaign: name, Customer: id, Since: 120, Share: share, Arm: campaign.Treated,
			Strata: []string{stages[i%2], channel}, Forecast: 10 + 20*s.dice.Float64(),
		}
		if experiment.Draw("seed", name, id) < share {
			a.Arm = campaign.Control
		}
		y := a.Forecast + 4*s.dice.NormFloat64()
		if a.Arm == campaign.Treated {
			y += effect[stages[i%2]]
		}
		b := Bought{Days: []calendar.Day{calendar.Day(95 + i%20)}, Margin: []float64{a.Forecast}}
		if s.dice.Float64() < .9 {
			b.Days, b.Margin = append(b.Days, 130), append(b.Margin, y)
		}
		s.e.History[id] = b
		s.e.Assignments = append(s.e.Assignments, a)
		if a.Arm == campaign.Treated {
			s.e.Planned = append(s.e.Planned, campaign.Contact{Customer: id, Campaign: name, Channel: channel, Day: 120})
		}
	}
	s.e.Campaigns = append(s.e.Campaigns, Drawn{Name: name, Ends: 150, Cost: .5, Channels: []string{channel}})
}

func TestLifts(t *testing.T) {
	s := newShop(3)
	s.play("a", 1000, .2, map[string]float64{"decline": 5, "stability": 5})
	rows := s.e.Lifts()
	require.Len(t, rows, 3)
	margin := rows[0]

	// By another way: sums over the customers of each arm.
	var sum, n [2]float64
	for _, a := range s.e.Assignments {
		arm := 0
		if a.Arm == campaign.Control {
			arm = 1
		}
		n[arm]++
		if b := s.e.History[a.Customer]; len(b.Days) == 2 {
			sum[arm] += b.Margin[1]
		}
	}
	require.Equal(t, Margin, margin.Measure)
	require.InDelta(t, sum[0]/n[0], margin.Effect.Treated, 1e-9)
	require.InDelta(t, sum[1]/n[1], margin.Effect.Control, 1e-9)
	require.InDelta(t, sum[0]/n[0]-sum[1]/n[1], margin.Effect.Effect, 1e-9)
	require.InDelta(t, n[0], margin.CustomersTreated, 0)
	require.InDelta(t, n[1], margin.CustomersControl, 0)
	require.InDelta(t, n[0]*margin.Adjusted.Effect, margin.Total, 1e-6)
	require.InDelta(t, n[0]*.5, margin.Cost, 1e-9)
	require.InDelta(t, margin.Total/margin.Cost, margin.ReturnPerCost, 1e-9)
	require.Equal(t, experiment.Positive, margin.Verdict)
	require.True(t, margin.Adjusted.Low < 4.5 && 4.5 < margin.Adjusted.High)
	require.Less(t, margin.Adjusted.SE, margin.Effect.SE)
	require.Equal(t, []Measure{Margin, Purchases, Buyers}, []Measure{rows[0].Measure, rows[1].Measure, rows[2].Measure})
	require.Equal(t, experiment.TooSmall, rows[2].Verdict)
	require.Greater(t, rows[2].Needed, 1000.)
	require.True(t, math.IsNaN(rows[1].ReturnPerCost))

	// In the 30 days before the draw each has brought the forecast.
	var forecasts []float64
	for _, a := range s.e.Assignments {
		forecasts = append(forecasts, a.Forecast)
	}
	_, variance := moments(forecasts)
	require.InDelta(t, 2.80*math.Sqrt(variance/n[0]+variance/n[1]), margin.Detectable, .05)
	var audience []string
	for _, a := range s.e.Assignments {
		audience = append(audience, a.Customer)
	}
	ahead := s.e.History.SizeAhead(audience, 120, 150, int(n[0]), int(n[1]))
	require.InDelta(t, 2.80*math.Sqrt(variance/n[0]+variance/n[1]), ahead.Detectable, 1e-9)
	require.InDelta(t, ahead.Detectable/mean(forecasts), ahead.Share, 1e-9)
	require.True(t, math.IsNaN(s.e.History.SizeAhead(audience, 80, 90, 800, 200).Detectable))
}

// Before the end there is no interval; what is not in order has no effect; customers of both
// arms are of none; another campaign's contacts are overlaps.
func TestLiftVerdicts(t *testing.T) {
	s := newShop(6)
	s.play("a", 400, .2, map[string]float64{"decline": 5, "stability": 5})
	s.e.AsOf = 149
	running := s.e.Lifts()[0]
	require.Equal(t, experiment.Running, running.Verdict)
	require.True(t, math.IsNaN(running.Effect.Low) && math.IsNaN(running.Adjusted.High) && math.IsNaN(running.Needed))
	require.False(t, math.IsNaN(running.Effect.Effect) || math.IsNaN(running.Detectable))
	require.Positive(t, running.Cost)
	require.True(t, math.IsNaN(running.ReturnPerCost), "nothing is proved, and so nothing came back")

	s.e.AsOf = 160
	s.e.Assignments[0].Arm = campaign.Both
	s.e.Planned = append(s.e.Planned,
		campaign.Contact{Customer: s.e.Assignments[1].Customer, Campaign: "b", Day: 121},
		campaign.Contact{Customer: s.e.Assignments[1].Customer, Campaign: "b", Day: 122},
		campaign.Contact{Customer: s.e.Assignments[2].Customer, Campaign: "b", Day: 151})
	row := s.e.Lifts()[0]
	require.Equal(t, 1, row.Crossed)
	require.Equal(t, 399, row.CustomersTreated+row.CustomersControl)
	require.Equal(t, []string{"b"}, row.Overlaps)
	require.Equal(t, 1, row.Overlapping)
	require.Equal(t, row.CustomersControl, row.ContactsSaved())

	for i := range s.e.Assignments {
		s.e.Assignments[i].Share = .5
	}
	require.Equal(t, experiment.Void, s.e.Lifts()[0].Verdict)
	for i := range s.e.Assignments {
		s.e.Assignments[i].Share, s.e.Assignments[i].Arm = 0, campaign.Treated
	}
	row = s.e.Lifts()[0]
	require.Equal(t, experiment.Described, row.Verdict)
	require.True(t, math.IsNaN(row.Effect.Effect) && math.IsNaN(row.Total) && !math.IsNaN(row.Effect.Treated))

	s.e.History = History{} // nobody bought anything
	for i := range s.e.Assignments {
		s.e.Assignments[i].Share = .2
		if i%5 == 0 {
			s.e.Assignments[i].Arm = campaign.Control
		}
	}
	row = s.e.Lifts()[0]
	require.Equal(t, experiment.TooSmall, row.Verdict)
	require.True(t, math.IsNaN(row.ReturnPerCost))
	require.True(t, math.IsNaN(row.Effect.Low) && math.IsNaN(row.Detectable))
}

// A campaign that was measured says which stage it works in; one that was not goes by those
// of its channel, or by two of others, and by nothing where there is only one of these.
func TestUplift(t *testing.T) {
	s := newShop(7)
	s.play("a", 4000, .3, map[string]float64{"decline": 9, "stability": 1})
	n := Tonight{Customers: 3, Strata: [][]string{{"decline", "stability", "formation"}}, Reach: map[string][]bool{"sms": {true, false, true}}}
	of := []campaign.Campaign{
		{Name: "a", Channels: []string{"email"}},
		{Name: "new", Channels: []string{"sms", "email"}},
		{Name: "other", Channels: []string{"phone"}},
	}
	expected := s.e.Uplift(of, n).Uplift
	require.InDelta(t, 8.1, expected["a"][0], 1)
	require.InDelta(t, .9, expected["a"][1], 1)
	require.Greater(t, expected["a"][2], expected["a"][1]) // not measured: about their mean
	require.Less(t, expected["a"][2], expected["a"][0])
	require.Greater(t, expected["new"][0], expected["new"][1]+3) // by sms, which was not measured
	require.NotContains(t, expected, "other")

	s.play("b", 4000, .3, map[string]float64{"decline": 7, "stability": 0})
	expected = s.e.Uplift(of, n).Uplift
	require.InDelta(t, 7.2, expected["new"][0], 1.5)
	require.InDelta(t, .5, expected["new"][1], 1.5)
	require.InDelta(t, expected["new"][0], expected["other"][0], 1)

	// Drawn before strata were told apart as they are now: the mean is all that is known.
	n.Strata = append(n.Strata, n.Strata[0])
	require.InDelta(t, 4.5, s.e.Uplift(of, n).Uplift["a"][0], 1)
}

// Of a campaign that is read no more, what it cost and whom others contacted stays as it was
// when contacts that are too long ago are forgotten.
func TestLiftsOfForgottenContacts(t *testing.T) {
	s := newShop(10)
	s.play("a", 300, .2, nil)
	s.play("b", 300, .2, nil)
	for i, a := range s.e.Assignments[:40] {
		s.e.Planned = append(s.e.Planned, campaign.Contact{Customer: a.Customer, Campaign: "b", Day: calendar.Day(125 + i)})
	}
	before := s.e.Lifts()
	require.Positive(t, before[0].Overlapping)

	drawn := []publication.DrawnCampaign{
		{Name: "a", Starts: calendar.Format(120), Ends: calendar.Format(150), Cost: .5, Channels: []string{"email"}},
		{Name: "b", Starts: calendar.Format(120), Ends: calendar.Format(150), Cost: .5, Channels: []string{"email"}},
	}
	rules := campaign.Rules{}
	long := []publication.DrawnCampaign{{Name: "long", Starts: calendar.Format(120), Ends: calendar.Format(1908)}}
	first, err := oldest(rules, long, 2000)
	require.NoError(t, err)
	require.Equal(t, calendar.Day(120), first, "it is still read, and others may overlap with it")
	first, err = oldest(rules, drawn, 2000)
	require.NoError(t, err)
	require.Equal(t, rules.Oldest(2000), first)
	m := campaign.Memory{Assignments: s.e.Assignments, Planned: s.e.Planned}.Settled().Forget(first)
	require.Empty(t, m.Planned)
	remember(drawn, m, before)
	r := remembered{day: 2000, memory: m, campaigns: drawn}
	s.e.Planned = m.Planned
	s.e.Campaigns, err = r.measurable(&job.Activation{})
	require.NoError(t, err)
	after := s.e.Lifts()
	for i := range before {
		require.Equal(t, before[i].Contacts, after[i].Contacts)
		require.InDelta(t, before[i].Cost, after[i].Cost, 1e-9)
		require.Equal(t, before[i].Overlaps, after[i].Overlaps)
		require.Equal(t, before[i].Overlapping, after[i].Overlapping)
	}
}

// What is expected says on which campaigns it rests, and whether these are proved.
func TestUpliftRestsOn(t *testing.T) {
	s := newShop(9)
	s.play("small", 60, .3, map[string]float64{"decline": 1, "stability": 1})
	s.play("large", 4000, .3, map[string]float64{"decline": 9, "stability": 9})
	n := Tonight{Customers: 1, Strata: [][]string{{"decline"}}}
	rests := s.e.Uplift([]campaign.Campaign{{Name: "large", Channels: []string{"email"}}, {Name: "new", Channels: []string{"email"}}, {Name: "none", Channels: []string{"sms"}}}, n).RestsOn
	lifts := s.e.Lifts()
	large, small := lifts[0], lifts[3]
	require.Equal(t, []Basis{{"large", experiment.Positive, 4000, large.Needed}}, rests["large"])
	require.Equal(t, []Basis{{"large", experiment.Positive, 4000, large.Needed}, {"small", experiment.TooSmall, 60, small.Needed}}, rests["new"])
	require.Greater(t, small.Needed, 60.)
	require.Len(t, rests["none"], 2, "by two of any channel")

	var of CampaignBudget
	of.restsOn(rests["large"])
	require.True(t, of.Measured && of.Proved)
	of.restsOn(rests["new"])
	require.True(t, of.Measured && !of.Proved)
	of.restsOn(nil)
	require.False(t, of.Measured || of.Proved)
}

// Rows are those of the registry; what is not known is empty.
func TestLiftColumns(t *testing.T) {
	s := newShop(8)
	s.play("b", 400, .2, nil)
	s.play("a", 40, 0, nil)
	rows := s.e.Lifts()
	require.Equal(t, "a", rows[0].Campaign)
	columns := LiftColumns(rows)
	require.NoError(t, publication.CheckList(column.Lift.File, columns))
	for _, c := range columns {
		if c.Name == "effect" || c.Name == "needed" {
			require.Equal(t, []bool{false, false, false}, c.Valid[:3], c.Name)
		}
	}
}

// An audience that bought nothing of late is judged by the windows of the year before.
func TestSizeAheadOfALapsedAudience(t *testing.T) {
	h := History{
		"a": {Days: []int32{0, 10, 45}, Margin: []float64{7, 30, 10}},
		"b": {Days: []int32{50}, Margin: []float64{20}},
		"c": {},
	}
	// Windows of 30 days before day 120 that end on 120, 90, 60 and 30: margins 0 0 0, 0 0 0,
	// 10 20 0 and 30 0 0, with variances 0, 0, 100 and 300.
	ahead := h.SizeAhead([]string{"a", "b", "c"}, 120, 150, 1000, 500)
	require.InDelta(t, 2.80*math.Sqrt(100./1000+100./500), ahead.Detectable, 1e-9)
	require.InDelta(t, ahead.Detectable/5, ahead.Share, 1e-9)
}

package lifecycle

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/calendar"
	"clientele/internal/number"
)

// typical is a shop: gaps of about two months, no seasons.
var typical = Panel{MedianGap: 30, K: 1, Regularity: alone(1), Slowdowns: 0.02, Again: 0.3, Once: 0.3, Forecast: mustText(typicalLeavers)}

// Reasons are those of a customer as a text.
func (r Result) Reasons(customer int) string { return string(r.AppendReasons(nil, customer)) }

// livedIn follows one customer in a shop up to a night.
func livedIn(panel Panel, rules Rules, night int32, p Purchases) *Record {
	m, err := shopOf(rules).open(&panel)
	if err != nil {
		panic(err)
	}
	r := &Record{Night: math.MinInt32, Panel: panel, Lives: make([]Life, 1), model: m}
	r.follow(&p, night, 1, false)
	return r
}

// lived follows one customer with the rules given, and describes the night.
func lived(night int32, rules Rules, alive float64, spend []float64, days ...int32) Result {
	p := oneCustomer(days...)
	if spend != nil {
		p.Spend = spend
	}
	return describedOf(rules, p, livedIn(typical, rules, night, p), alive)
}

func describedOf(rules Rules, p Purchases, r *Record, alive float64) Result {
	out, err := shopOf(rules).Describe(p, r, []float64{alive})
	if err != nil {
		panic(err)
	}
	return out
}

func TestBaseStage(t *testing.T) {
	slackening := []int32{0, 5, 11, 19, 29, 43, 63, 91, 131}
	tests := []struct {
		name  string
		night int32
		days  []int32
		want  Stage
		since int32
	}{
		{"one purchase", 10, []int32{0}, Exploration, 0},
		{"two purchases", 40, []int32{0, 30}, Exploration, 0},
		{"three purchases", 70, []int32{0, 30, 60}, Formation, 60},
		{"seven purchases too soon", 65, every(10, 7), Formation, 20},
		{"six over half a year, once only", 185, every(36, 6), Formation, 72},
		{"seven, twice in succession", 220, every(36, 7), Stability, 216},
		{"growing gaps", 132, slackening, Formation, 11},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := lived(tt.night, Rules{}, math.NaN(), nil, tt.days...)
			require.Equal(t, tt.want, got.Stage[0])
			require.Equal(t, tt.since, got.Since[0])
		})
	}
}

func TestUnsteadySpendIsNotStable(t *testing.T) {
	for name, c := range map[string]struct {
		odd  float64
		want Stage
	}{"steady": {20, Stability}, "one large order": {400, Formation}, "nothing on balance": {-300, Formation}} {
		spend := []float64{20, 20, 20, c.odd, 20, 20, 20, 20, 20, 20, 20, 20}
		require.Equal(t, c.want, lived(335, Rules{}, math.NaN(), spend, every(30, 12)...).Stage[0], name)
	}
}

func TestKindsOfDecline(t *testing.T) {
	slackening := []int32{0, 5, 10, 15, 20, 25, 30, 38, 50, 70, 100, 150}
	tests := []struct {
		name  string
		night int32
		days  []int32
		want  Decline
	}{
		{"bought today", 330, every(30, 12), DeclineNone},
		{"within the rhythm", 370, every(30, 12), DeclineNone},
		{"begins to be late", 420, every(30, 12), DeclineWatch},
		{"stops out of a steady rhythm", 600, every(30, 12), DeclineSudden},
		{"slackens, then stops", 270, slackening, DeclineGradual},
		{"silent for more than a year", 900, every(30, 12), DeclineLost},
		{"a yearly buyer after a silent year", 1500, every(370, 4), DeclineNone},
		{"one purchase, fresh", 30, []int32{0}, DeclineNone},
		{"one purchase, years ago", 1200, []int32{0}, DeclineLost},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := lived(tt.night, Rules{}, math.NaN(), nil, tt.days...)
			require.Equal(t, tt.want, got.Decline[0], "momentum %v, %s", got.Momentum[0], got.Reasons(0))
			declining := tt.want == DeclineSudden || tt.want == DeclineGradual || tt.want == DeclineLost
			require.Equal(t, declining, got.Stage[0] == Declining)
			require.Equal(t, declining, got.DeclineFrom[0] != "")
			require.Equal(t, declining, got.Onset[0] != calendar.NoDay)
		})
	}
}

// A decline begins on the first night on which momentum is below the threshold, and its
// onset is the day after the last purchase of the former rhythm.
func TestDeclineIsDated(t *testing.T) {
	got := lived(600, Rules{}, math.NaN(), nil, every(30, 12)...)
	require.Equal(t, int32(331), got.Onset[0])
	require.InDelta(t, 365.0/30, got.RateBefore[0], 1)
	require.Zero(t, got.RateAfter[0])
	since := got.Since[0]
	require.Equal(t, DeclineWatch, lived(since-1, Rules{}, math.NaN(), nil, every(30, 12)...).Decline[0])
	onTheNight := lived(since, Rules{}, math.NaN(), nil, every(30, 12)...)
	require.Equal(t, Declining, onTheNight.Stage[0])
	require.Equal(t, since, onTheNight.Since[0])

	slower := every(5, 25)
	for day := int32(150); day <= 420; day += 30 {
		slower = append(slower, day)
	}
	got = lived(421, Rules{}, math.NaN(), nil, slower...)
	require.Equal(t, Declining, got.Stage[0], "%s", got.Reasons(0))
	require.InDelta(t, 121, got.Onset[0], 12)
	require.InDelta(t, 365.0/5, got.RateBefore[0], 8)
	require.InDelta(t, 365.0/30, got.RateAfter[0], 3)
}

// A return ends the decline, is counted, and begins the rhythm anew; who leaves
// again is found by the rhythm of before.
func TestReturn(t *testing.T) {
	days := append(every(30, 12), 700)
	got := lived(705, Rules{}, math.NaN(), nil, days...)
	require.Equal(t, Formation, got.Stage[0])
	require.Equal(t, int32(700), got.Since[0])
	require.Equal(t, int32(1), got.Reactivations[0])
	require.Equal(t, DeclineNone, got.Decline[0])
	require.Equal(t, "back 5 days ago after 370 days", got.Reasons(0))

	got = lived(1000, Rules{}, math.NaN(), nil, days...)
	require.Equal(t, Declining, got.Stage[0])
	require.Equal(t, Formation, got.DeclineFrom[0])
	require.Equal(t, int32(1), got.Reactivations[0])
}

// TestHistoryChangedAfterTheFact: a purchase that turns up late is as if it had
// been there in time.
func TestHistoryChangedAfterTheFact(t *testing.T) {
	p, late := oneCustomer(every(30, 12)...), oneCustomer(append(every(30, 12), 500)...)
	r := livedIn(typical, Rules{}, 600, p)
	require.Equal(t, Declining, r.Lives[0].Stage)
	r.follow(&late, 601, 1, false)
	require.Equal(t, livedIn(typical, Rules{}, 601, late), r)
}

// A decline of somebody who never fell silent ends when it is no more to be seen,
// and is no return.
func TestSlowdownThatEnds(t *testing.T) {
	days := every(5, 60)
	for day := int32(320); day <= 800; day += 25 {
		days = append(days, day)
	}
	slowed := lived(800, Rules{}, math.NaN(), nil, days...)
	require.Equal(t, Declining, slowed.Stage[0])
	require.Contains(t, slowed.Reasons(0), ", the last 24 only every 22 days")
	for day := int32(805); day <= 1200; day += 5 {
		days = append(days, day)
	}
	over := lived(1202, Rules{}, math.NaN(), nil, days...)
	require.NotEqual(t, Declining, over.Stage[0], "%s", over.Reasons(0))
	require.Equal(t, slowed.Declines, over.Declines)
	require.Equal(t, slowed.Reactivations, over.Reactivations, "the end of a slowdown is no return")
	require.Equal(t, calendar.NoDay, over.ReactivatedSince[0])
}

// Words and rates are of the calendar, whatever the shop's clock.
func TestWordsAreOfTheCalendar(t *testing.T) {
	slow := typical
	slow.Clock = Clock{Levels: slices.Repeat([]float64{0.5}, 104)}
	p := oneCustomer(every(10, 20)...)
	got := describedOf(Rules{}, p, livedIn(slow, Rules{}, 500, p), math.NaN())
	require.Equal(t, Declining, got.Stage[0], "%s", got.Reasons(0))
	require.Contains(t, got.Reasons(0), "usually every 10 days (±0), last order 310 days ago")
	require.InDelta(t, 36.5, got.RateBefore[0], 1e-9)
}

// Who came back is reactivated until two more purchases or two usual gaps.
func TestReactivated(t *testing.T) {
	for night, want := range map[int32]int32{699: calendar.NoDay, 700: 700, 740: 700, 765: calendar.NoDay} {
		days := append(every(30, 12), 700)
		require.Equal(t, want, lived(night, Rules{}, math.NaN(), nil, days[:upTo(days, night)]...).ReactivatedSince[0], "night %d", night)
	}
	days := append(every(30, 12), 700, 710, 720)
	require.Equal(t, calendar.NoDay, lived(721, Rules{}, math.NaN(), nil, days...).ReactivatedSince[0])
}

func TestLifetimeModelIsContext(t *testing.T) {
	for _, tt := range []struct {
		name   string
		night  int32
		pAlive float64
		want   Decline
	}{
		{"dead to the model but within the rhythm", 370, 0.01, DeclineNone},
		{"dead to the model and in decline", 600, 0.01, DeclineLost},
		{"alive to the model and in decline", 600, 0.9, DeclineSudden},
		{"no opinion", 600, math.NaN(), DeclineSudden},
		{"alive to the model, silent for long", 900, 0.9, DeclineLost},
	} {
		require.Equal(t, tt.want, lived(tt.night, Rules{}, tt.pAlive, nil, every(30, 12)...).Decline[0], tt.name)
	}
}

func TestReasonsOfAStage(t *testing.T) {
	for _, tt := range []struct {
		night int32
		days  []int32
		want  string
	}{
		{60, []int32{0}, "one order, 60 days ago; 7 in 10 such buyers return within 365 days; expected to buy at 44% of the former pace"},
		{45, []int32{0, 30}, "bought again after 30 days, last order 15 days ago"},
		{330, every(30, 12), "usually every 30 days (±0), last order today"},
		{391, every(30, 12), "usually every 30 days (±0), last order 61 days ago"},
		{600, every(30, 12), "usually every 30 days (±0), last order 270 days ago; expected to buy at 2% of the former pace"},
		{900, append(every(30, 12), 700, 720, 755, 790), "usually every 30 days (±9), last order 110 days ago; back since 200 days ago"},
	} {
		require.Equal(t, tt.want, lived(tt.night, Rules{}, math.NaN(), nil, tt.days...).Reasons(0))
	}
}

func TestDegeneratePanels(t *testing.T) {
	var oneTimers, sameDay, pairsSameDay, clockwork Purchases
	for i := range int32(500) {
		oneTimers.add(i % 360)
		sameDay.add(0)
		pairsSameDay.add(0, 1)
		clockwork.add(every(30, 13)...)
	}
	for _, tt := range []struct {
		name string
		p    Purchases
		want Stage
	}{
		{"nobody", Purchases{}, ""},
		{"one customer", oneCustomer(0), Exploration},
		{"all bought once", oneTimers, Exploration},
		{"all on the same day", sameDay, Exploration},
		{"all on two days", pairsSameDay, Declining},
		{"all by the clock", clockwork, Stability},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := record(t, tt.p, nil, 360)
			require.NoError(t, r.Panel.Validate())
			got, err := shopOf(Rules{}).Describe(tt.p, r, nil)
			require.NoError(t, err)
			for i := range got.Stage {
				require.Equal(t, tt.want, got.Stage[i])
				if r.Panel.Repeaters >= minRepeaters {
					require.True(t, number.Finite(got.Momentum[i]) && got.Momentum[i] >= 0)
				}
			}
		})
	}
}

func TestStagesRefuse(t *testing.T) {
	rules := map[string]Rules{
		"momentum is 1.5":           {Momentum: 1.5},
		"momentum is NaN":           {Momentum: math.NaN()},
		"watch 0.01 is below":       {Watch: 0.01},
		"false share is -1":         {FalseShare: -1},
		"stability at 2":            {StabilityDays: 2},
		"stability span -1 days":    {StabilitySpanDays: -1},
		"lost p(alive) is -0.1":     {LostPAlive: -0.1},
		"formation at -3":           {FormationDays: -3, StabilityDays: 6},
		"lost after NaN days, want": {LostSilenceDays: math.NaN()},
	}
	for want, r := range rules {
		_, err := shopOf(r).Follow(oneCustomer(1), nil, 10)
		require.ErrorIs(t, err, ErrRules)
		require.ErrorContains(t, err, want)
	}
	for want, p := range map[string]Purchases{
		"3 days, but starts that do not": {Days: []int32{1, 2, 3}, Start: []int64{0, 2}},
		"1 amounts of spend":             {Days: []int32{1, 2}, Start: []int64{0, 2}, Spend: []float64{1}},
		"index 1: no purchase day":       {Days: []int32{1, 2}, Start: []int64{0, 2, 2}},
		"index 0: day 1 after day 2":     {Days: []int32{2, 1}, Start: []int64{0, 2}},
		"spend at index 1 is +Inf":       {Days: []int32{1, 2}, Start: []int64{0, 2}, Spend: []float64{1, math.Inf(1)}},
	} {
		_, err := shopOf(Rules{}).Follow(p, nil, 10)
		require.ErrorIs(t, err, ErrPurchases)
		require.ErrorContains(t, err, want)
	}
	_, err := shopOf(Rules{}).Follow(oneCustomer(1), &Record{Night: 1}, 10)
	require.ErrorContains(t, err, "lives of 0 customers, want those of 1")
}

func TestRulesMoveTheBorders(t *testing.T) {
	monthly := every(30, 12)
	stage := func(night int32, r Rules) Stage { return lived(night, r, math.NaN(), nil, monthly...).Stage[0] }
	decline := func(night int32, r Rules) Decline {
		return lived(night, r, math.NaN(), nil, monthly...).Decline[0]
	}
	require.Equal(t, Stability, stage(340, Rules{}))
	require.Equal(t, Formation, stage(340, Rules{StabilityDays: 13}))
	require.Equal(t, Formation, stage(340, Rules{StabilitySpanDays: 400}))
	require.Equal(t, Exploration, stage(340, Rules{FormationDays: 13}))
	require.Equal(t, DeclineSudden, decline(600, Rules{}))
	require.Equal(t, DeclineNone, decline(345, Rules{}))
	require.Equal(t, DeclineWatch, decline(345, Rules{Watch: 0.99}))
	require.Equal(t, DeclineLost, decline(900, Rules{}))
	require.Equal(t, DeclineSudden, decline(900, Rules{LostSilenceDays: 700}))
}

// TestFitDay: 1970-01-01 was a Thursday, so that 3 is a Sunday.
func TestFitDay(t *testing.T) {
	for night, want := range map[int32]int32{2: -5, 3: 2, 9: 2, 10: 9, -5: -12, -4: -5} {
		require.Equal(t, want, FitDay(night), "night %d", night)
	}
}

// A decline that a later panel does not bear out is withdrawn, on the first night
// of that panel.
func TestWithdrawnDecline(t *testing.T) {
	hasty := typical
	hasty.Forecast = mustText(leavers{R: 50, Alpha: 250, Q: 0.2})
	p := oneCustomer(0, 6)
	r := livedIn(hasty, Rules{}, 30, p)
	require.Equal(t, Declining, r.Lives[0].Stage)
	r.model = modelOf(t, &typical)
	r.follow(&p, 33, 1, true)
	require.Equal(t, Exploration, r.Lives[0].Stage)
	require.Equal(t, int32(31), r.Lives[0].Since)
	require.Equal(t, int32(1), r.Lives[0].Declines)
	require.Zero(t, r.Lives[0].Reactivations)
}

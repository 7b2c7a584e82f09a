package tiers

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/segment/tier"
)

const tonight = "2024-07-01"

const levels = "  levels:\n    - {name: silver, qualify: {spend: 100}}\n    - {name: gold, qualify: {orders: 3}, limit: {share: 0.5}}\n"

// shop is ann, who spent 300 on one day with two orders, and bob, who ordered three times.
func shop(t *testing.T) *customers.Table {
	c := nighttest.Customers(t,
		nighttest.Order{Customer: "ann", Day: "2024-06-01", Amount: 200}, nighttest.Order{Customer: "ann", Day: "2024-06-01", Amount: 100},
		nighttest.Order{Customer: "bob", Day: "2024-06-02", Amount: 10}, nighttest.Order{Customer: "bob", Day: "2024-06-03", Amount: 10},
		nighttest.Order{Customer: "bob", Day: "2024-06-04", Amount: 10},
	)
	june := func(day int) int32 { return calendar.Date{Year: 2024, Month: 6, Day: day}.Number() }
	c.Activity = &customers.Activity{
		Start: []int64{0, 1, 4}, Day: []int32{june(1), june(2), june(3), june(4)},
		Orders: []int64{2, 1, 1, 1}, Net: []int64{300e6, 10e6, 10e6, 10e6},
	}
	return c
}

func frame(t *testing.T, settings string) night.Frame { return nighttest.Frame(t, tonight, settings) }

func run(t *testing.T, f night.Frame, c *customers.Table, needs Needs) *Result {
	t.Helper()
	n := night.NewContext(f, c)
	var err error
	needs.Before, err = Recall(n)
	require.NoError(t, err)
	r, err := Run(n, needs)
	require.NoError(t, err)
	return r
}

func TestOff(t *testing.T) {
	f, r := frame(t, ""), customers.Request{}
	Ask(&f, &r)
	require.Equal(t, customers.Request{}, r)
	off := run(t, f, shop(t), Needs{})
	require.Nil(t, off)
	require.Nil(t, off.Counts())
}

func TestTiersOfTheFirstNight(t *testing.T) {
	f := frame(t, "tiers:\n"+levels)
	r := run(t, f, shop(t), Needs{})
	require.Equal(t, []string{"silver", "gold"}, []string{r.Name(0), r.Name(1)})
	c := r.Counts()
	require.Equal(t, &publication.TierCounts{Changes: map[tier.Op]int{tier.OpEnter: 2}, Warnings: len(r.Warnings)}, c)
	require.Equal(t, []string{"tiers_delta.csv", "tiers_warnings.csv"}, []string{r.Files()[0].Name, r.Files()[1].Name})
	require.Len(t, nighttest.Rows(t, r.Files()[0].Some(0, 2)...), 2)
}

// A purchase day counts once, however many orders it has; a level on each metric that is
// counted goes by its own.
func TestCountedMetrics(t *testing.T) {
	for metric, want := range map[string][]string{"spend": {"in", ""}, "orders": {"", "in"}, "purchase_days": {"", "in"}} {
		least := map[string]string{"spend": "300", "orders": "3", "purchase_days": "2"}[metric]
		r := run(t, frame(t, "tiers: [{name: in, qualify: {"+metric+": "+least+"}}]\n"), shop(t), Needs{})
		require.Equal(t, want, []string{r.Name(0), r.Name(1)}, metric)
	}
	a := &customers.Activity{
		Start: []int64{0, 2}, Day: []int32{5, 6}, Orders: []int64{0, 2}, Net: []int64{-7, 8}, Number: [][]int64{{9, 10}},
	}
	points := tier.CountedMetric{Name: "points", Value: []int64{9, 10}, Scale: 1e6}
	want := []tier.CountedMetric{
		{Name: "spend", Value: []int64{-7, 8}, Scale: 1e6},
		{Name: "orders", Value: []int64{0, 2}, Scale: 1},
		{Name: "purchase_days", Value: []int64{0, 1}, Scale: 1},
	}
	of := func(used func(string) bool) []tier.CountedMetric {
		got := activityOf(a, used, []string{"points"})
		require.Equal(t, a.Start, got.Start)
		require.Equal(t, a.Day, got.Day)
		return got.Counted
	}
	require.Equal(t, append(want, points), of(func(string) bool { return true }))
	for _, m := range want {
		require.Equal(t, []tier.CountedMetric{m, points}, of(func(name string) bool { return name == m.Name }))
	}
}

// A level on each number of earlier stages goes by that number and no other.
func TestMetricsOfEarlierStages(t *testing.T) {
	for _, metric := range column.Metrics {
		if metric == column.RFMScore { // it needs rfm.weights
			continue
		}
		metrics := map[string]func() []float64{}
		for _, c := range column.Metrics {
			metrics[c.Name] = func() []float64 { return []float64{0.9, 0.1} }
		}
		metrics[metric.Name] = func() []float64 { return []float64{0.1, 0.9} }
		r := run(t, frame(t, "tiers: [{name: in, qualify: {"+metric.Name+": 0.5}}]\n"), shop(t), Needs{Metrics: metrics})
		require.Equal(t, []string{"", "in"}, []string{r.Name(0), r.Name(1)}, metric.Name)
	}
}

func TestPins(t *testing.T) {
	f := frame(t, "tiers:\n"+levels)
	pins := &job.Pins{Path: "pins.csv", SHA256: "abc", List: []job.Pin{
		{Customer: "bob", Tier: "", Until: nighttest.Day(t, "2024-08-01")},
		{Customer: "ann", Tier: "gold", Until: nighttest.Day(t, "2024-09-01")},
		{Customer: "eve", Tier: "gold", Until: nighttest.Day(t, "2024-09-01")},
	}}
	r := run(t, f, shop(t), Needs{Pins: pins})
	require.Equal(t, []string{"gold", ""}, []string{r.Name(0), r.Name(1)})
	require.Equal(t, []tier.Status{tier.Pinned, tier.Pinned}, r.Status)
	require.Equal(t, []int32{calendar.DayOf(nighttest.Day(t, "2024-09-01")), calendar.DayOf(nighttest.Day(t, "2024-08-01"))}, r.Until)
	require.Equal(t, &publication.FileBeside{Path: "pins.csv", SHA256: "abc", Rows: 3}, r.Counts().Pins)
	require.Equal(t, []string{"tiers: pins of customers who are not in the list: 1 of 3 in pins.csv"}, f.Warnings.All())
}

// The first day that is asked for is the first that a tier may still count.
func TestFirstDayThatCounts(t *testing.T) {
	programme := func(t *testing.T, settings string) *job.Tiers {
		return nighttest.Job(t, "tiers:\n  term: 12 months\n  grace: 1 month\n"+settings+levels).Tiers
	}
	from := calendar.DayOf(nighttest.Day(t, "2024-03-31"))
	for settings, want := range map[string]string{
		"  window: 6 months\n":                     "2023-10-01",
		"  window: calendar-year\n":                "2021-02-28", // three years and the grace
		"  window: tier-year\n":                    "2021-02-28",
		"  window: membership-year\n":              "2021-02-28",
		"  window: 6 months\n  returns: reverse\n": "2022-09-01", // a term, a month's end, and the window that ends with February
		"  window: 30 days\n  returns: keep\n":     "2024-03-02",
	} {
		require.Equal(t, want, countsFrom(programme(t, settings), from).Format(time.DateOnly), settings)
	}
	require.True(t, countsFrom(programme(t, "  window: lifetime\n"), from).IsZero())
}

func TestAsk(t *testing.T) {
	f, r := frame(t, "tiers:\n  window: 6 months\n  start: tonight\n"+levels), customers.Request{}
	Ask(&f, &r)
	require.Equal(t, &customers.ActivityRequest{From: nighttest.Day(t, "2024-01-02"), Numbers: []string{}, Orders: true}, r.Activity)
	f.Previous = &history.Night{AsOf: "2024-03-31"} // its tiers are followed from the day after
	Ask(&f, &r)
	require.Equal(t, nighttest.Day(t, "2023-10-01"), r.Activity.From)
	f.Job.Tiers.Start = job.StartReplay // and it had none
	Ask(&f, &r)
	require.True(t, r.Activity.From.IsZero())
	// two metrics are told by the orders of a day
	for metric, want := range map[string]bool{"spend": false, "orders": true, "purchase_days": true} {
		f, r := frame(t, "tiers: [{name: in, qualify: {"+metric+": 2}}]\n"), customers.Request{}
		Ask(&f, &r)
		require.Equal(t, want, r.Activity.Orders, metric)
	}
	f.Previous.Tiers = &history.Tiers{}
	Ask(&f, &r)
	require.Equal(t, nighttest.Day(t, "2023-10-01"), r.Activity.From)
}

// A second night goes on from the state of the first: who left the list leaves the
// programme, and nobody enters twice.
func TestTheNightBefore(t *testing.T) {
	first := run(t, frame(t, "tiers:\n"+levels), shop(t), Needs{})
	f := nighttest.Frame(t, "2024-07-02", "tiers:\n"+levels)
	state := nighttest.Remembered(t, []string{"ann", "bob"}, column.Tiers, first.Columns())
	f.Previous = before(t, &f, state)
	n := night.NewContext(f, shop(t))
	was, err := Recall(n)
	require.NoError(t, err)
	require.Equal(t, calendar.DayOf(nighttest.Day(t, tonight)), was.Night)
	first.State.Order = []string{"silver", "gold"}
	require.Equal(t, first.State, was.State)
	require.Empty(t, was.Gone)
	second, err := Run(n, Needs{Before: was})
	require.NoError(t, err)
	require.Empty(t, second.Changes)
	require.Equal(t, tonight, second.Counts().Since)

	c := shop(t)
	c.ID[0] = "abe" // ann is gone, abe is new
	n = night.NewContext(f, c)
	was, err = Recall(n)
	require.NoError(t, err)
	require.Equal(t, []tier.GoneMember{{ID: "ann", Tier: "silver"}}, was.Gone)
	require.Empty(t, was.State.Tier[0])
}

func before(t *testing.T, f *night.Frame, state *publication.State) *history.Night {
	t.Helper()
	rules, err := history.TiersOf(f.Job.Tiers)
	require.NoError(t, err)
	return &history.Night{Path: "out/shop/" + tonight, AsOf: tonight, Members: state, Tiers: rules}
}

// A night without tiers is no night before.
func TestANightWithoutTiers(t *testing.T) {
	f := frame(t, "tiers:\n"+levels)
	state := nighttest.Remembered(t, []string{"ann", "bob"}, column.Tiers, run(t, f, shop(t), Needs{}).Columns())
	for name, edit := range map[string]func(b *history.Night){
		"its programme was off": func(b *history.Night) { b.Tiers = nil },
		"it had no customers":   func(b *history.Night) { b.Members = nil },
	} {
		f.Previous = before(t, &f, state)
		edit(f.Previous)
		was, err := Recall(night.NewContext(f, shop(t)))
		require.NoError(t, err, name)
		require.Nil(t, was, name)
	}
}

func TestKind(t *testing.T) {
	f := frame(t, "tiers:\n  - {name: few, qualify: {spend: 10, any: {orders: 2, m: 3}}, limit: {count: 7}}\n"+
		"  - {name: share, qualify: {orders: 1.5}, limit: {share: 0.05}}\n  - {name: paid, qualify: {clv: 1}, limit: {budget: 900, cost: 3}}\n")
	r := &Result{levels: append([]tier.Tier{{Name: "free"}}, f.Job.Tiers.Levels...)}
	r.Level = []int{2, tier.NoLevel}
	k := r.Kind(&f)
	require.Equal(t, column.ByTier, k.Grouping)
	require.Equal(t, []string{"paid", "share", "few", "free", ""}, k.Names)
	require.Equal(t, []string{"share", ""}, []string{k.Group(0), k.Group(1)})
	require.Equal(t, "open to everybody", k.Rule("free"))
	require.Equal(t, "spend >= 10, orders >= 2 or m >= 3; at most 7 customers", k.Rule("few"))
	require.Equal(t, "orders >= 1.5; at most 5% of customers", k.Rule("share"))
	require.Equal(t, "clv >= 1; within a budget of 900", k.Rule("paid"))
	require.Equal(t, "in no tier", k.Rule(""))
	f.Job.Output.Language = "zh"
	require.Equal(t, "spend >= 10, orders >= 2或m >= 3; 最多7位客户", r.Kind(&f).Rule("few"))
}

// By other rules than those of the night before a review would move ann; the settings of
// that night say what they were.
func TestRehearse(t *testing.T) {
	old := frame(t, "tiers:\n"+levels)
	first := run(t, old, shop(t), Needs{})
	f := nighttest.Frame(t, "2024-07-02", "tiers:\n  apply: at-once\n  levels:\n    - {name: silver, qualify: {spend: 400}}\n    - {name: gold, qualify: {orders: 3}}\n")
	f.Previous = before(t, &old, nighttest.Remembered(t, []string{"ann", "bob"}, column.Tiers, first.Columns()))
	var err error
	f.Previous.Settings, err = publication.SettingsOf(old.Job)
	require.NoError(t, err)
	r, err := Rehearse(night.NewContext(f, shop(t)), Needs{})
	require.NoError(t, err)
	require.Equal(t, tonight, r.Since)
	require.Equal(t, job.AtOnce, r.Apply)
	require.Len(t, r.Moves, 1)
	require.Equal(t, []string{"ann", "silver", "silver", ""}, []string{r.Moves[0].Customer, r.Moves[0].Has, r.Moves[0].Old, r.Moves[0].New})
	require.NotEmpty(t, r.Moves[0].Reason)

	// And so a night whose rules apply at once reviews everybody.
	second := run(t, f, shop(t), Needs{})
	require.Equal(t, tier.InGrace, second.Status[0])
	f.Job.Tiers.Apply = job.AtReview
	require.Equal(t, tier.Active, run(t, f, shop(t), Needs{}).Status[0])
}

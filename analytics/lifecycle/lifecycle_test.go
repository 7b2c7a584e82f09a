package lifecycle

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/history"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	stages "clientele/segment/lifecycle"
)

const tonight = "2024-07-01"

// regulars are customers who buy every two weeks, the last of whom stopped in March.
func regulars(t *testing.T, until string) *customers.Table {
	var orders []nighttest.Order
	end := calendar.DayOf(nighttest.Day(t, until))
	for i := range 30 {
		id := string(rune('a'+i/10)) + string(rune('0'+i%10))
		stop := end
		if i == 29 {
			stop = calendar.DayOf(nighttest.Day(t, "2024-03-01"))
		}
		for day := calendar.DayOf(nighttest.Day(t, "2023-01-02")) + int32(i); day <= stop; day += int32(10 + (i+int(day))%9) {
			orders = append(orders, nighttest.Order{Customer: id, Day: calendar.Format(day), Amount: 10})
		}
	}
	return nighttest.Customers(t, orders...)
}

func run(t *testing.T, n night.Context, needs Needs) *Result {
	t.Helper()
	r, err := Run(n, needs)
	require.NoError(t, err)
	return r
}

func TestOff(t *testing.T) {
	f, r := nighttest.Frame(t, tonight, "stages: off\n"), customers.Request{}
	Ask(&f, &r)
	require.Equal(t, customers.Request{}, r)
	off := run(t, night.NewContext(f, regulars(t, tonight)), Needs{})
	require.Nil(t, off)
	require.Equal(t, []publication.Decline{}, off.Counts())
	f = nighttest.Frame(t, tonight, "")
	Ask(&f, &r)
	require.Equal(t, customers.Request{KeepSpend: true}, r)
}

func TestStages(t *testing.T) {
	r := run(t, night.NewContext(nighttest.Frame(t, tonight, ""), regulars(t, tonight)), Needs{})
	last := len(r.Stage) - 1
	require.Equal(t, stages.Declining, r.Stage[last])
	require.NotEqual(t, stages.Declining, r.Stage[0])
	require.Equal(t, []publication.Decline{{Decline: string(r.Decline[last]), From: string(r.DeclineFrom[last]), Customers: 1}}, r.Counts())
	require.Equal(t, []night.File{{Name: "rhythm.json", JSON: r.Record.Panel}}, r.Files())
}

// The probability to be alive of a lifetime model, and the thresholds of the job, tell who
// is lost.
func TestWhoIsLost(t *testing.T) {
	c := regulars(t, tonight)
	alive := make([]float64, c.Len())
	for i := range alive {
		alive[i] = 0.25
	}
	last := len(alive) - 1
	lost := func(settings string) bool {
		r := run(t, night.NewContext(nighttest.Frame(t, tonight, settings), c), Needs{PAlive: alive})
		return r.Decline[last] == stages.DeclineLost
	}
	require.True(t, lost("stages: {lost: {p_alive: 0.3, silence: 3 years}}\n"))
	require.False(t, lost("stages: {lost: {p_alive: 0.2, silence: 3 years}}\n"))
}

// The weights of the blend on a day are those that the stages are judged by.
func TestWeightsOfTheModels(t *testing.T) {
	asked := map[int32]bool{}
	n := night.NewContext(nighttest.Frame(t, tonight, ""), regulars(t, tonight))
	r := run(t, n, Needs{Weights: func(day int32) map[string]float64 {
		asked[day] = true
		return map[string]float64{"bg-nbd": 1}
	}})
	require.Equal(t, map[int32]bool{stages.FitDay(n.Today()): true}, asked)
	require.Contains(t, string(r.Record.Panel.Forecast), "bg-nbd")
}

// two is a night with two customers whose every field is another one.
func two() *Result {
	r := &Result{Record: &stages.Record{Lives: []stages.Life{
		{Seen: 7, Trace: math.MaxUint32, Stage: stages.Declining, Since: day(1), Base: stages.Stability, Declines: 3, Reactivations: 5, From: day(5)},
		{Seen: 8, Trace: 9, Stage: stages.Formation, Since: day(2), Base: stages.Formation, Declines: 4, Reactivations: 6, From: day(6)},
	}}}
	r.Result = stages.Result{
		Stage: []stages.Stage{stages.Declining, stages.Formation}, Since: []int32{day(1), day(2)},
		Decline: []stages.Decline{stages.DeclineSudden, stages.DeclineWatch}, DeclineFrom: []stages.Stage{stages.Stability, ""},
		Momentum: []float64{0.25, math.NaN()}, FormerRate: []float64{12.5, math.NaN()}, UsualGap: []float64{29, 30},
		Onset: []int32{day(3), calendar.NoDay}, RateBefore: []float64{8.5, math.NaN()}, RateAfter: []float64{0.5, math.NaN()},
		Declines: []int32{3, 4}, Reactivations: []int32{5, 6}, ReactivatedSince: []int32{day(4), calendar.NoDay},
		AppendReasons: func(b []byte, i int) []byte { return append(b, []string{"fell silent", "buys less"}[i]...) },
	}
	return r
}

// day is a day of January 2024.
func day(ofJanuary int) int32 { return calendar.Date{Year: 2024, Month: 1, Day: ofJanuary}.Number() }

func TestColumns(t *testing.T) {
	require.Equal(t, []map[string]string{
		{
			"stage": "decline", "stage_since": "2024-01-01", "momentum": "0.25", "decline": "sudden", "decline_from": "stability",
			"reasons": "fell silent", "decline_onset": "2024-01-03", "rate_before": "8.5", "rate_after": "0.5",
			"declines": "3", "reactivations": "5", "reactivated_since": "2024-01-04",
			"former_rate": "12.5", "stage_trace": "4294967295", "stage_base": "stability", "stage_from": "2024-01-05",
		},
		{
			"stage": "formation", "stage_since": "2024-01-02", "momentum": "", "decline": "watch", "decline_from": "",
			"reasons": "buys less", "decline_onset": "", "rate_before": "", "rate_after": "",
			"declines": "4", "reactivations": "6", "reactivated_since": "",
			"former_rate": "", "stage_trace": "9", "stage_base": "formation", "stage_from": "2024-01-06",
		},
	}, nighttest.Published(t, column.Lifecycle, two().Columns()))
}

func TestCounts(t *testing.T) {
	require.Equal(t, []publication.Decline{{Decline: "watch", From: "formation", Customers: 1}, {Decline: "sudden", From: "stability", Customers: 1}}, two().Counts())
}

// Kinds of decline come in the order of the stages that they lead to, and within a kind in
// the order of the stages that they came from; who is in none is not counted.
func TestOrderOfCounts(t *testing.T) {
	r := &Result{}
	add := func(decline stages.Decline, stage, from stages.Stage) {
		r.Decline, r.Stage, r.DeclineFrom = append(r.Decline, decline), append(r.Stage, stage), append(r.DeclineFrom, from)
	}
	add(stages.DeclineNone, stages.Stability, "")
	for _, from := range []stages.Stage{stages.Stability, stages.Formation, stages.Exploration} {
		add(stages.DeclineLost, stages.Declining, from)
		add(stages.DeclineGradual, stages.Declining, from)
		add(stages.DeclineSudden, stages.Declining, from)
		add(stages.DeclineWatch, from, "")
	}
	add(stages.DeclineLost, stages.Declining, stages.Stability)
	var found []string
	for _, c := range r.Counts() {
		found = append(found, fmt.Sprint(c.Decline, " ", c.From, " ", c.Customers))
	}
	require.Equal(t, []string{
		"watch exploration 1", "watch formation 1", "watch stability 1", "sudden exploration 1", "sudden formation 1", "sudden stability 1",
		"gradual exploration 1", "gradual formation 1", "gradual stability 1", "lost exploration 1", "lost formation 1", "lost stability 2",
	}, found)
	require.Equal(t, []publication.Decline{}, (*Result)(nil).Counts())
}

// What a night remembers of a life is what the next one goes on from.
func TestLivesAreRemembered(t *testing.T) {
	r := two()
	state := nighttest.RememberedWith(t, []string{"a", "b"}, []int64{7, 8}, column.Lifecycle, r.Columns())
	was, _ := state.Match([]string{"b", "c"})
	require.Equal(t, []stages.Life{r.Record.Lives[1], {}}, livesOf(state, was))
	was, _ = state.Match([]string{"a"})
	require.Equal(t, r.Record.Lives[:1], livesOf(state, was))
	require.Nil(t, livesOf(nil, was))
}

// Two nights in a row give what one that catches up gives; a change of what stages mean
// begins anew, and says so.
func TestNightsFollowOneAnother(t *testing.T) {
	first := run(t, night.NewContext(nighttest.Frame(t, "2024-06-20", ""), regulars(t, "2024-06-20")), Needs{})
	c := regulars(t, tonight)
	f := nighttest.Frame(t, tonight, "")
	f.Previous = &history.Night{AsOf: "2024-06-20", Panel: &first.Record.Panel, StageMeaning: history.StageMeaning(f.Job)}
	days := make([]int64, len(c.ID))
	for i, l := range first.Record.Lives {
		days[i] = int64(l.Seen)
	}
	f.Previous.Members = nighttest.RememberedWith(t, c.ID, days, column.Lifecycle, first.Columns())
	n := night.NewContext(f, c)
	before, err := recall(n)
	require.NoError(t, err)
	require.Equal(t, calendar.DayOf(nighttest.Day(t, "2024-06-20")), before.Night)
	require.Equal(t, first.Record.Lives, before.Lives)
	require.Equal(t, first.Record.Panel, before.Panel)
	require.Empty(t, f.Warnings.All())

	f.Previous.StageMeaning = []byte("{}")
	before, err = recall(n)
	require.NoError(t, err)
	require.Nil(t, before)
	require.Equal(t, []string{"stages: what a purchase day is, or a threshold of stages, has changed since 2024-06-20; the past is gone through anew"}, f.Warnings.All())

	f.Previous.Panel = nil // a night without stages
	before, err = recall(n)
	require.NoError(t, err)
	require.Nil(t, before)
}

func TestKind(t *testing.T) {
	r := &Result{}
	r.Stage = []stages.Stage{stages.Formation}
	f := nighttest.Frame(t, tonight, "stages: {formation: {purchase_days: 4}, stability: {purchase_days: 8, tenure: 90 days, spend_cv: 0.7}, decline: {momentum: 0.25, watch: 0.6}}\n")
	k := r.Kind(&f)
	require.Equal(t, column.ByStage, k.Grouping)
	require.Equal(t, []string{"exploration", "formation", "stability", "decline"}, k.Names)
	require.Equal(t, "formation", k.Group(0))
	require.Equal(t, "fewer than 4 purchase days, no decline", k.Rule("exploration"))
	require.Equal(t, "4 purchase days or more, not stable, no decline", k.Rule("formation"))
	require.Equal(t, "8 purchase days or more over 90 days or more, spend_cv <= 0.7, steady gaps, no decline", k.Rule("stability"))
	require.Equal(t, "momentum < 0.25", k.Rule("decline"))
	f.Job.Output.Language = "zh"
	require.Equal(t, "退化期", r.Kind(&f).Label("decline"))
	require.Equal(t, "购买天数少于4，无退化", r.Kind(&f).Rule("exploration"))
}

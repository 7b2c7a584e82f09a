package lifecycle

import (
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

// A life with another value in each field goes through the state and back.
func TestLivesComeBack(t *testing.T) {
	lives := []stages.Life{
		{Seen: 2, Trace: math.MaxUint32, Stage: stages.Declining, Since: 3, Base: stages.Formation, Declines: 4, Reactivations: 5, From: 6},
		{Seen: 7, Trace: 8, Stage: stages.Exploration, Since: 9, Base: stages.Exploration, Declines: 10, Reactivations: 11, From: 12},
	}
	r := &Result{Record: &stages.Record{Lives: lives}}
	for _, l := range lives {
		r.Stage, r.Since = append(r.Stage, l.Stage), append(r.Since, l.Since)
		r.Result.Declines, r.Reactivations = append(r.Result.Declines, l.Declines), append(r.Reactivations, l.Reactivations)
	}
	none := make([]float64, len(lives))
	r.Momentum, r.RateBefore, r.RateAfter, r.FormerRate = none, none, none, none
	r.Decline, r.DeclineFrom, r.Reasons = make([]stages.Decline, 2), make([]stages.Stage, 2), make([]string, 2)
	r.Onset, r.ReactivatedSince = make([]int32, 2), make([]int32, 2)

	state := nighttest.Reread(t, []string{"a", "c"}, r.Columns())
	require.Equal(t, []stages.Life{lives[0], {}, lives[1]}, livesOf(state, []int{0, -1, 1}))
}

// One customer with another value in each column.
func TestColumns(t *testing.T) {
	r := &Result{Record: &stages.Record{Lives: []stages.Life{{Seen: 1, Trace: 2, Base: stages.Stability, From: 3}}}}
	r.Result = stages.Result{
		Stage: []stages.Stage{stages.Declining}, Since: []int32{4}, Decline: []stages.Decline{stages.DeclineSudden}, DeclineFrom: []stages.Stage{stages.Stability},
		Momentum: []float64{0.1}, FormerRate: []float64{0.2}, UsualGap: []float64{0.3}, Onset: []int32{5}, RateBefore: []float64{0.4}, RateAfter: []float64{0.5},
		Declines: []int32{6}, Reactivations: []int32{7}, ReactivatedSince: []int32{8}, Reasons: []string{"why"},
	}
	require.Equal(t, map[string]any{
		"stage": "decline", "stage_since": int32(4), "momentum": 0.1, "decline": "sudden", "decline_from": "stability", "reasons": "why",
		"decline_onset": int32(5), "rate_before": 0.4, "rate_after": 0.5, "declines": int64(6), "reactivations": int64(7),
		"reactivated_since": int32(8), "former_rate": 0.2,
		"purchase_days": int64(1), "stage_trace": int64(2), "stage_base": "stability", "stage_from": int32(3),
	}, nighttest.Row(r.Columns(), 0))
}

// Two nights in a row give what one that catches up gives; a change of what stages mean
// begins anew, and says so.
func TestNightsFollowOneAnother(t *testing.T) {
	first := run(t, night.NewContext(nighttest.Frame(t, "2024-06-20", ""), regulars(t, "2024-06-20")), Needs{})
	c := regulars(t, tonight)
	f := nighttest.Frame(t, tonight, "")
	f.Previous = &history.Night{AsOf: "2024-06-20", Panel: &first.Record.Panel, StageMeaning: history.StageMeaning(f.Job)}
	f.Previous.Members = nighttest.Reread(t, c.ID, first.Columns())
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
	require.Equal(t, []string{"exploration", "formation", "stability", "decline"}, k.Groups)
	require.Equal(t, "formation", k.Of(0))
	require.Equal(t, "fewer than 4 purchase days, no decline", k.Rule("exploration"))
	require.Equal(t, "4 purchase days or more, not stable, no decline", k.Rule("formation"))
	require.Equal(t, "8 purchase days or more over 90 days or more, spend_cv <= 0.7, steady gaps, no decline", k.Rule("stability"))
	require.Equal(t, "momentum < 0.25", k.Rule("decline"))
	f.Job.Output.Language = "zh"
	require.Equal(t, "退化期", r.Kind(&f).Label("decline"))
	require.Equal(t, "购买天数少于 4，无退化", r.Kind(&f).Rule("exploration"))
}

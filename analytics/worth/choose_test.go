package worth

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/history"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/clv"
	"clientele/clv/backtest"
	"clientele/internal/calendar"
	"clientele/internal/wording"
)

func dayOf(t *testing.T, text string) int32 { return calendar.DayOf(nighttest.Day(t, text)) }

// The Sundays of June and July 2024 are 2, 9, 16, 23, 30 and 7, 14, 21, 28.
func TestChoiceDays(t *testing.T) {
	from, to := dayOf(t, "2024-06-02"), dayOf(t, "2024-07-14")
	of := func(days ...string) (all []int32) {
		for _, d := range days {
			all = append(all, dayOf(t, d))
		}
		return all
	}
	require.Equal(t, of("2024-06-09", "2024-06-16", "2024-06-23", "2024-06-30", "2024-07-07", "2024-07-14"), choiceDays(job.RefitAlways, from, to))
	require.Equal(t, of("2024-07-07"), choiceDays(job.RefitMonthly, from, to))
	require.Equal(t, of("2024-06-02"), choiceDays(job.RefitMonthly, from-1, from))
	require.Empty(t, choiceDays(job.RefitNever, from, to))
}

func TestFirstChoice(t *testing.T) {
	night, long := dayOf(t, "2024-07-12"), dayOf(t, "2020-01-01")
	require.Equal(t, dayOf(t, "2024-07-07"), firstChoice(job.RefitMonthly, long, night))
	require.Equal(t, dayOf(t, "2024-07-07"), firstChoice(job.RefitNever, long, night), "a choice that stays is made as by the month")
	require.Equal(t, dayOf(t, "2024-07-07"), firstChoice(job.RefitAlways, long, night))
	require.Equal(t, dayOf(t, "2024-06-30"), firstChoice(job.RefitAlways, long, dayOf(t, "2024-07-06")))
	require.Equal(t, dayOf(t, "2024-06-02"), firstChoice(job.RefitMonthly, long, dayOf(t, "2024-07-06")))
	require.Equal(t, night, firstChoice(job.RefitMonthly, night-49, night), "a tenth of 49 days is less than five")
	require.Equal(t, dayOf(t, "2024-07-07"), firstChoice(job.RefitMonthly, night-50, night))
}

// known is a night before that weighed models on a day.
func known(t *testing.T, f *night.Frame, on string) *history.Night {
	before := nighttest.Before(t, f.Job, "2024-06-30", nil, nil)
	to := publication.Weighing{Weights: map[string]float64{"nbd": 0.25, "bg-nbd": 0.75}, Level: publication.Level{Pace: 0.1, Spend: 0.2, Variance: 0.3, Days: 91}}
	before.Model = &publication.Model{
		File: clv.File{Model: "blend", Unit: string(f.Job.CLV.Unit)}, Chosen: "because", ChosenOn: on, Untested: "untested", Drifted: "drifted",
		Backtest: []backtest.Score{{Model: "nbd", Params: 2}}, Stacking: &publication.Stacking{On: dayOf(t, on), From: to, To: to},
	}
	return before
}

func TestRecall(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(f *night.Frame)
		want bool
	}{
		"as it was":         {func(*night.Frame) {}, true},
		"no night before":   {func(f *night.Frame) { f.Previous = nil }, false},
		"no model":          {func(f *night.Frame) { f.Previous.Model = nil }, false},
		"no weights":        {func(f *night.Frame) { f.Previous.Model.Stacking = nil }, false},
		"another unit":      {func(f *night.Frame) { f.Previous.Model.Unit = "day" }, false},
		"other settings":    {func(f *night.Frame) { f.Previous.Meaning = []byte("{}") }, false},
		"not a candidate":   {func(f *night.Frame) { f.Previous.Model.Stacking.To.Weights = map[string]float64{"bg-bb": 1} }, false},
		"a model was named": {func(f *night.Frame) { f.Job.CLV.Model = "nbd" }, false},
	} {
		f := nighttest.Frame(t, tonight, "")
		f.Previous = known(t, &f, "2024-06-02")
		c.edit(&f)
		found, ok := recall(&f)
		require.Equal(t, c.want, ok, name)
		if ok {
			require.Equal(t, choice{
				stacking: *f.Previous.Model.Stacking, why: wording.Words("because"), on: "2024-06-02", scores: []backtest.Score{{Model: "nbd", Params: 2}},
				untested: wording.Words("untested"), drifted: wording.Words("drifted"),
				proof: proof{why: wording.Of("model.kept_no_proof")},
			}, found)
		}
	}
}

// Why models were chosen is remembered in words. A night in another language does not
// repeat them.
func TestWhyAModelWasChosenInAnotherLanguage(t *testing.T) {
	for settings, want := range map[string][]string{
		"":                         {"because", "untested", "drifted", "no fit"},
		"output: {language: zh}\n": {"沿用2024-06-02选定的权重", "2024-06-02的回测未能区分各模型的优劣", "截至2024-06-02店铺情况已变：预测未能应验", "2024-06-02未参与组合"},
	} {
		before := nighttest.Frame(t, tonight, "")
		f := nighttest.Frame(t, tonight, settings)
		f.Previous = known(t, &before, "2024-06-02")
		f.Previous.Model.Backtest[0].Out = wording.Words("no fit")
		c, ok := recall(&f)
		require.True(t, ok)
		say := f.Say()
		require.Equal(t, want, []string{say.Word(c.why), say.Word(c.untested), say.Word(c.drifted), say.Word(c.scores[0].Out)})
		require.Equal(t, "no fit", f.Previous.Model.Backtest[0].Out.String(), "the night before stays as it is")
	}
}

func TestDaysToChoose(t *testing.T) {
	f := nighttest.Frame(t, "2024-07-12", "")
	require.Equal(t, []int32{dayOf(t, "2024-07-07")}, daysToChoose(&f))
	f.Previous = known(t, &f, "2024-06-02")
	require.Equal(t, []int32{dayOf(t, "2024-07-07")}, daysToChoose(&f))
	f.Previous = known(t, &f, "2024-07-07")
	require.Empty(t, daysToChoose(&f))
	f.Previous = known(t, &f, "2023-01-01") // what two moves have passed over matters no more
	require.Equal(t, []int32{dayOf(t, "2024-05-05"), dayOf(t, "2024-06-02"), dayOf(t, "2024-07-07")}, daysToChoose(&f))
}

func TestAsk(t *testing.T) {
	for settings, want := range map[string]customers.Request{
		"clv: off\n":                    {},
		"":                              {KeepSpend: true, Months: true, CohortMonths: true},
		"clv: {model: mbg-cnbd-k}\n":    {KeepSpend: true, KeepDays: true, Months: true, CohortMonths: true},
		"clv: {model: bg-nbd}\n":        {KeepSpend: true, Months: true, CohortMonths: true},
		"clv: {model: pareto-nbd}\n":    {KeepSpend: true, Months: true, CohortMonths: true},
		"clv: {model: bg-cnbd-k}\n":     {KeepSpend: true, KeepDays: true, Months: true, CohortMonths: true},
		"clv: {choose: never}\n":        {KeepSpend: true, Months: true, CohortMonths: true},
		"rfm: off\nclv: {unit: day}\n ": {KeepSpend: true, Months: true, CohortMonths: true},
	} {
		f, r := nighttest.Frame(t, tonight, settings), customers.Request{}
		Ask(&f, &r)
		require.Equal(t, want, r, settings)
	}
	f, r := nighttest.Frame(t, "2024-07-12", ""), customers.Request{}
	f.Previous = known(t, &f, "2024-07-07")
	Ask(&f, &r)
	require.Equal(t, customers.Request{Months: true, CohortMonths: true}, r, "nothing is chosen tonight")
}

// A model that is named stands as it is; what was missed makes its intervals wider.
func TestNamedModel(t *testing.T) {
	c := named("nbd", publication.Weighing{
		Weights: map[string]float64{"bg-nbd": 1}, Level: publication.Level{Pace: 0.1, Spend: 0.2, Variance: 0.3, Days: 91},
	}, wording.Words("drifted"))
	require.Equal(t, map[string]float64{"nbd": 1}, c.stacking.To.Weights)
	require.Equal(t, publication.Level{Variance: 0.3 + 0.30000000000000004*0.30000000000000004, Days: 91}, c.stacking.To.Level)
	require.Equal(t, "drifted", c.drifted.String())
	require.Empty(t, c.on)
}

// A day belongs to the last weighing before it; what came before the first is its start.
func TestWeighingOfADay(t *testing.T) {
	of := func(model string) publication.Weighing {
		return publication.Weighing{Weights: map[string]float64{model: 1}}
	}
	c := choice{
		stacking: publication.Stacking{On: 200, From: of("b"), To: of("c")},
		earlier:  []publication.Stacking{{On: 100, From: of("a"), To: of("b")}},
	}
	require.Equal(t, map[string]float64{"a": 1}, c.weighingOn(50).Weights)
	require.Equal(t, map[string]float64{"a": 0.5, "b": 0.5}, c.weighingOn(100+publication.MovingDays/2).Weights)
	require.Equal(t, map[string]float64{"b": 1}, c.weighingOn(199).Weights)
	require.Equal(t, map[string]float64{"b": 0.5, "c": 0.5}, c.weighingOn(200+publication.MovingDays/2).Weights)
	require.Equal(t, map[string]float64{"c": 1}, choice{stacking: publication.Stacking{On: 200, From: of("c"), To: of("c")}}.weighingOn(10).Weights)
}

// A backtest looks at a sample of a large shop, and at all of a small one.
func TestSample(t *testing.T) {
	c := simulated(300)
	all := Purchases(c, c.Sample(300))
	require.Len(t, all.Start, 301)
	some := Purchases(c, c.Sample(30))
	require.InDelta(t, 30, len(some.Start)-1, 20)
	n := context(t, "clv: {model: nbd}\n", c, nil)
	few, err := chooser{n, 30}.choose()
	require.NoError(t, err)
	many, err := chooser{n, 300}.choose()
	require.NoError(t, err)
	require.NotEqual(t, few.stacking, many.stacking)
}

func TestTestable(t *testing.T) {
	require.Contains(t, Testable(nighttest.Job(t, "clv: {unit: day}\n")), "bg-bb")
	weeks := Testable(nighttest.Job(t, ""))
	require.NotContains(t, weeks, "bg-bb")
	require.NotContains(t, weeks, "sbg")
	require.Contains(t, weeks, "mbg-cnbd-k/2")
}

package analytics

import (
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/engine"
	"clientele/analytics/groups"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/lifecycle"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/publish"
	"clientele/analytics/scores"
	"clientele/analytics/scores/rfm"
	"clientele/analytics/tiers"
	"clientele/analytics/worth"
	"clientele/clv/backtest"
	"clientele/internal/money"
	"clientele/internal/wording"
	stages "clientele/segment/lifecycle"
	"clientele/segment/tier"
)

// quietEngine has a version and nothing else.
type quietEngine struct{ engine.Engine }

func (quietEngine) Version() string { return "quiet v1" }

// Every number of the account stands in the place of its name: all of them differ.
func TestManifestOfAnAccount(t *testing.T) {
	count := func(n int64) ledger.Count {
		return ledger.Count{Rows: n, Money: money.FromFloat(float64(n) / 4)}
	}
	total := ledger.Tally{
		Read: count(100), Used: count(90), Returns: count(7),
		Rejected: map[ledger.Reason]ledger.Count{ledger.Anonymous: count(4), ledger.Filtered: count(6)},
	}
	j := nighttest.Job(t, "")
	s := &session{
		job: j, plan: &ledger.Plan{}, engine: quietEngine{}, asOf: nighttest.Day(t, "2024-07-01"),
		account: ledger.Account{Total: total, BySource: []ledger.Tally{total}, Joins: [][]ledger.JoinCount{nil}, FirstDay: nighttest.Day(t, "2023-01-02"), NewestDay: nighttest.Day(t, "2024-06-30")},
	}
	f := &found{
		base: base{customers: 33}, odd: customers.Oddities{ReturnsOnly: 5, ReturnsOnlyNet: money.FromFloat(-8)},
		warnings: &night.Warnings{}, groups: &groups.Result{}, previous: &publication.PreviousNight{AsOf: "2024-06-29", RunID: "abc"},
		audits: []publication.AuditedNight{{AsOf: "2024-04-01"}},
	}
	f.warnings.Add("mind")
	m, err := f.manifest(s, "v9")
	require.NoError(t, err)
	require.Equal(t, []string{"shop", "2024-07-01", "2023-01-02", "2024-06-30"}, []string{m.Name, m.AsOf, m.FirstDay, m.NewestDay})
	require.Equal(t, publication.Returns{Returned: publication.Returned{Rows: 7, Money: money.FromFloat(1.75)}}, m.Returns)
	require.Equal(t, publication.Returned{Rows: 4, Money: money.FromFloat(1)}, m.Anonymous)
	require.Equal(t, publication.ReturnsOnly{Customers: 5, Money: money.FromFloat(-8)}, m.ReturnsOnly)
	require.EqualValues(t, 33, m.Customers)
	require.Equal(t, publication.Fates[int64]{Read: 100, Used: 90, Rejected: map[string]int64{string(ledger.Anonymous): 4, string(ledger.Filtered): 6}}, m.Rows)
	require.Equal(t, []string{"25.00", "22.50", "1.00", "1.50"}, []string{m.Money.Read, m.Money.Used, *m.Money.Rejected[string(ledger.Anonymous)], *m.Money.Rejected[string(ledger.Filtered)]})
	require.Equal(t, []publication.SourceFates{{Path: j.Sources[0].Path, Rows: m.Rows, Money: m.Money}}, m.Sources)
	require.Equal(t, []string{"mind"}, m.Warnings)
	require.Equal(t, f.audits, m.Audit)
	require.Equal(t, f.previous, m.Previous)
	require.Equal(t, "v9", m.Versions["clientele"])
	require.Equal(t, "quiet v1", m.Versions["engine"])
	require.NotEmpty(t, m.RunID)
}

// Each stage gets the columns of the earlier ones that it asks for, and no others.
func TestNeedsOfStages(t *testing.T) {
	valued := &worth.Result{
		PAlive: []float64{0.1}, PNext: []float64{0.2}, Expected: []float64{0.3}, Spend: []float64{0.4},
		Past: []float64{5}, Future: []float64{6}, CLV: []float64{7},
	}
	scored := &scores.Result{
		Orders: []int64{8}, Net: []money.Amount{money.FromFloat(9)}, Segment: []string{"top"},
		Scores: rfm.Scores{R: []int8{1}, F: []int8{2}, M: []int8{3}},
	}
	require.Equal(t, []float64{0.1}, lifecycleNeeds(valued).PAlive)
	require.Nil(t, lifecycleNeeds(nil).PAlive)
	require.Equal(t, []string{"top"}, segmentsOf(scored))
	require.Nil(t, segmentsOf(nil))

	needs := tierNeeds(nil, nil, scored, valued)
	unknown := needs.Metrics["p_alive"]() // there is no model
	require.True(t, math.IsNaN(unknown[0]))
	delete(needs.Metrics, "p_alive")
	delete(needs.Metrics, "expected_purchases")
	require.Equal(t, map[string][]float64{
		"clv": {7}, "past_value": {5}, "future_value": {6}, "r": {1}, "f": {2}, "m": {3}, "frequency": {8}, "monetary": {9},
	}, nighttest.Numbers(needs.Metrics))
	require.Empty(t, tierNeeds(nil, nil, nil, nil).Metrics)

	f := nighttest.Frame(t, "2024-07-01", "")
	all := groupNeeds(&f, scored, &tiers.Result{}, &lifecycle.Result{}, valued)
	require.Equal(t, []string{"rfm", "tier", "stage"}, []string{all.Kinds[0].Name, all.Kinds[1].Name, all.Kinds[2].Name})
	require.Equal(t, [][]float64{{5}, {6}, {7}}, [][]float64{all.Past, all.Future, all.CLV})
	require.False(t, all.Modelled)
	require.Equal(t, groups.Needs{}, groupNeeds(&f, nil, nil, nil, nil))

	lived := &lifecycle.Result{Result: stages.Result{
		Stage: []stages.Stage{stages.Declining}, Decline: []stages.Decline{stages.DeclineSudden}, Momentum: []float64{0.1},
		UsualGap: []float64{30}, FormerRate: []float64{12}, AppendReasons: func(b []byte, _ int) []byte { return append(b, "silent"...) },
	}}
	require.Nil(t, weigh(night.Context{}, nil, valued))
	require.Nil(t, weigh(night.Context{}, lived, nil))
	without := weigh(night.NewContext(f, &customers.Table{ID: []string{"a"}}), lived, valued)
	require.Nil(t, without.Total(), "no model says what is at stake")
}

// Numbers that tiers count are summed, and are no labels.
func TestLabelsAreNoNumbers(t *testing.T) {
	jobWith := func(settings string) *job.Job {
		const text = "name: shop\nsources: [{path: x.csv, columns: {customer: id, time: at, amount: price, region: r, attributes: {points: p, shop: s}}}]\n"
		j, err := job.Parse("job.yaml", []byte(text+settings), nil, func() time.Time { return nighttest.Day(t, "2024-07-01") })
		require.NoError(t, err)
		return j
	}
	j := jobWith("tiers: [{name: gold, qualify: {points: 5}}]\n")
	require.Equal(t, []string{"points"}, j.MappedMetrics())
	s := &session{job: j, plan: &ledger.Plan{Attributes: []string{"points", "region", "shop"}}}
	require.Equal(t, []string{"region", "shop"}, s.labels())
	s.job = jobWith("")
	require.Equal(t, []string{"points", "region", "shop"}, s.labels())
	require.Equal(t, []string{"points", "region", "shop"}, s.plan.Attributes, "the plan keeps them all")
}

// Exactly the allowed change is allowed.
func TestGuardsAtTheirEdges(t *testing.T) {
	account := ledger.Account{Total: ledger.Tally{Read: ledger.Count{Rows: 500}}}
	n := tenCustomers(t, "guard: {rows: 0.5}\n", 10)
	require.NoError(t, guardRows(n.Frame, account))
	account.Total.Read.Rows = 499
	require.Error(t, guardRows(n.Frame, account))
	for _, c := range []struct {
		now, was int64
		allowed  float64
		change   float64
		much     bool
	}{{5, 10, 0.5, 0.5, false}, {15, 10, 0.5, 0.5, false}, {4, 10, 0.5, 0.6, true}, {16, 10, 0.5, 0.6, true}, {10, 0, 0.5, 0, false}, {0, 10, 0, 0, false}} {
		change, much := changed(c.now, c.was, c.allowed)
		require.InDelta(t, c.change, change, 1e-12, "%+v", c)
		require.Equal(t, c.much, much, "%+v", c)
	}
}

// A history begins anew where there is no night to follow; a link that leads nowhere is of
// no account where there is one.
func TestFollow(t *testing.T) {
	dir := t.TempDir()
	series := filepath.Join(dir, "shop")
	require.NoError(t, os.CopyFS(dir, os.DirFS(filepath.Join("..", "testdata", "earlier"))))
	at := func(asOf string, fresh bool) night.Frame {
		f := nighttest.Frame(t, asOf, "output: {dir: "+dir+"}\n")
		require.NoError(t, follow(&f, fresh))
		return f
	}
	f := at("2026-07-01", false)
	require.Equal(t, "2026-06-30", f.Previous.AsOf)
	require.Empty(t, f.Warnings.All())
	f = at("2026-07-01", true)
	require.Nil(t, f.Previous)
	require.Len(t, f.Warnings.All(), 1)
	require.Contains(t, f.Warnings.All()[0], "as --fresh asked; nothing of 2026-06-30 and before")
	require.Empty(t, at("2026-06-30", true).Warnings.All(), "nothing is before it")

	_ = os.Remove(filepath.Join(series, publish.LatestLink))
	require.NoError(t, os.Symlink("2026-06-29", filepath.Join(series, publish.LatestLink)))
	f = at("2026-07-01", false)
	require.NotNil(t, f.Previous)
	require.Empty(t, f.Warnings.All())
	f = at("2026-06-30", false)
	require.Nil(t, f.Previous)
	require.Len(t, f.Warnings.All(), 1)
	require.Contains(t, f.Warnings.All()[0], "as latest leads to 2026-06-29, which is not there")
}

// Every number of a split stands in the place of its name: all of them differ.
func TestReportOfASplit(t *testing.T) {
	m := func(from float64) backtest.Metrics {
		return backtest.Metrics{
			Customers: 1, Expected: from, Actual: from + 1, Bias: from + 2, MAE: from + 3, RMSE: from + 4, Skill: from + 5, Spearman: from + 6,
			Gini: from + 7, LogScore: from + 8, Coverage: backtest.Coverage{Raw: from + 9, TieSplit: from + 10},
		}
	}
	s := splitReport(wording.In("en"), backtest.Split{
		Origin: 19700, End: 19791, Customers: 2, BornAfter: 3, Repeaters: 4, Repeats: 5, Actual: 6,
		Blend:  backtest.Forecast{Name: "blend", Metrics: m(100)},
		Models: []backtest.Forecast{{Name: "nbd", Metrics: m(200), Cumulative: []float64{7, 8}}, {Name: "bg-nbd", Problem: wording.Words("no fit")}},
		Naive:  []backtest.Forecast{{Name: "own-rate", Metrics: m(300)}},
		Days:   []int32{19700, 19710}, Cumulative: []float64{9, 10},
	})
	require.Equal(t, []string{"2023-12-09", "2024-03-09"}, []string{s.Origin, s.End})
	require.Equal(t, []float64{2, 3, 4, 6}, []float64{s.Customers, s.BornAfter, s.RepeatBuyers, s.Actual})
	require.Len(t, s.Forecasts, 4)
	require.Equal(t, []string{"blend", "nbd", "bg-nbd", "own-rate"}, []string{s.Forecasts[0].Model, s.Forecasts[1].Model, s.Forecasts[2].Model, s.Forecasts[3].Model})
	require.Equal(t, ForecastReport{
		Model: "blend", Expected: 100, Actual: 101, Bias: 102, MAE: 103, RMSE: 104, Skill: 105, Spearman: 106, Gini: 107, LogScore: 108,
		Coverage: 109, CoverageTieSplit: 110,
	}, s.Forecasts[0])
	require.InDelta(t, 300, float64(s.Forecasts[3].Expected), 0)
	require.True(t, math.IsNaN(float64(s.Forecasts[2].Expected)))
	require.Equal(t, "no fit", s.Forecasts[2].Problem)
	require.Equal(t, []TrackingPoint{
		{Day: "2023-12-09", Actual: 9, Expected: map[string]float64{"nbd": 7}}, {Day: "2023-12-19", Actual: 10, Expected: map[string]float64{"nbd": 8}},
	}, s.Tracking)
}

// guarded is a night of two customers, who were in silver and gold the night before.
func guarded(t *testing.T, settings string) night.Context {
	t.Helper()
	f := nighttest.Frame(t, "2024-07-01", settings+"tiers: [{name: silver, qualify: {spend: 1}}, {name: gold, qualify: {spend: 9}}]\n")
	ids := []string{"a", "b"}
	f.Previous = nighttest.Before(t, f.Job, "2024-06-30", ids, map[*column.Column]any{column.Tier: []string{"silver", "gold"}})
	f.Previous.Customers = 2
	return night.NewContext(f, &customers.Table{ID: ids, Orders: make([]int64, 2), Net: make([]money.Amount, 2)})
}

// A fall of a member is a step down or out, and no other change.
func TestGuardCountsFalls(t *testing.T) {
	for op, fall := range map[tier.Op]bool{
		tier.OpDowngrade: true, tier.OpLeave: true, tier.OpUpgrade: false, tier.OpEnter: false, tier.OpRenew: false, tier.OpGrace: false, tier.OpPin: false, tier.OpUnpin: false,
	} {
		n := guarded(t, "guard: {customers: 1, tiers: 1, downgrades: 0.4}\n")
		tiered := &tiers.Result{Result: tier.Result{Level: []int{tier.NoLevel, tier.NoLevel}, Changes: []tier.Change{{Op: op}}}}
		err := guardLists(n, tiered)
		require.Equal(t, fall, err != nil, op)
		if fall {
			require.ErrorContains(t, err, "guard.downgrades: 1 of the 2 members on 2024-06-30 would fall, 50.0% where 40.0% is allowed")
		}
	}
}

// The models of the blend are those that have a weight; where no model is to be used there
// are none, and the reason stands in place of how they were weighed.
func TestReportOfABacktest(t *testing.T) {
	f := nighttest.Frame(t, "2024-07-01", "clv: {unit: day}\n")
	f.Warnings.Add("mind")
	n := night.NewContext(f, &customers.Table{ID: []string{"a", "b"}})
	forecast := backtest.Forecast{Name: "bg-nbd", Metrics: backtest.Metrics{Customers: 900, Expected: 100, Actual: 100}}
	r := &backtest.Report{
		Models: []string{"nbd", "bg-nbd"}, FirstDay: 19000, Today: 19300, Holdout: 91, MedianGap: 20, Customers: 900, CustomersBack: 300,
		Splits:  []backtest.Split{{Origin: 19209, End: 19300, Customers: 900, Repeaters: 300, Actual: 100, Models: []backtest.Forecast{forecast}, Blend: forecast}},
		Weights: []backtest.Weight{{Model: "nbd"}, {Model: "bg-nbd", Weight: 1}},
		Money:   []backtest.MoneyForecast{{Origin: 19209, Expected: 5, Actual: 6}},
		Pooled:  []backtest.Pooled{{Name: "blend", Metrics: forecast.Metrics}},
	}
	b := newBacktestReport(n, r)
	require.Equal(t, []backtest.Weight{{Model: "bg-nbd", Weight: 1}}, b.Weights)
	require.NotEmpty(t, b.Why)
	require.Empty(t, b.Refused)
	require.Equal(t, []string{"shop", "2024-07-01", "day", "2022-01-08"}, []string{b.Name, b.AsOf, b.Unit, b.FirstDay})
	require.EqualValues(t, 2, b.Customers)
	require.EqualValues(t, 91, b.HoldoutDays)
	require.Equal(t, []MoneyReport{{Origin: "2022-08-05", Expected: 5, Actual: 6}}, b.Money)
	require.Equal(t, "blend", b.Pooled[0].Model)
	require.Len(t, b.Splits, 1)
	require.Equal(t, []string{"mind"}, b.Warnings)
	r.CustomersBack = 3
	b = newBacktestReport(n, r)
	require.Empty(t, b.Weights)
	require.Empty(t, b.Why)
	require.Contains(t, b.Refused, "3 customers came back")
}

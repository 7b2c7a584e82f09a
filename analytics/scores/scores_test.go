package scores

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/analytics/scores/rfm"
	"clientele/internal/money"
	"clientele/segment"
	"clientele/segment/quality"
)

const tonight = "2024-07-01"

// shop is three customers whom all three scores put in the same order.
func shop(t *testing.T) *customers.Table {
	return nighttest.Customers(t,
		nighttest.Order{Customer: "low", Day: "2024-01-01", Amount: 10},
		nighttest.Order{Customer: "mid", Day: "2024-05-01", Amount: 50}, nighttest.Order{Customer: "mid", Day: "2024-05-02", Amount: 50},
		nighttest.Order{Customer: "top", Day: "2024-06-01", Amount: 400}, nighttest.Order{Customer: "top", Day: "2024-06-10", Amount: 400}, nighttest.Order{Customer: "top", Day: "2024-06-30", Amount: 400},
	)
}

// chosen are cut points that the job states, so that the scores follow from them alone.
const chosen = `rfm:
  method: thresholds
  closed: left
  thresholds: {r: [30, 90], f: [2, 3], m: [100, 500]}
  weights: {r: 1, f: 2, m: 7}
  segments:
    - {name: top, label: Best, r: [3, 3]}
    - {name: rest, f: [1, 3]}
`

func run(t *testing.T, settings string, c *customers.Table, edit func(f *night.Frame)) (*Result, []string) {
	t.Helper()
	f := nighttest.Frame(t, tonight, settings)
	if edit != nil {
		edit(&f)
	}
	s, err := Run(night.NewContext(f, c))
	require.NoError(t, err)
	return s, f.Warnings.All()
}

func TestEverySettingReachesRFM(t *testing.T) {
	read := func(settings string) rfm.Options { return rfmOptions(nighttest.Job(t, settings).RFM) }
	require.Equal(t, rfm.Options{Method: rfm.MethodQuantile, Bins: 5}, read(""))
	require.Equal(t, rfm.Options{Method: rfm.MethodNested, Bins: 3, MinCell: 7, Split: rfm.SplitMean}, read("rfm: {method: nested, bins: 3, min_cell: 7, segments: cn8}\n"))
	require.Equal(t, rfm.Options{
		Method: rfm.MethodThresholds, Bins: 3, Closed: rfm.ClosedLeft,
		Thresholds: rfm.Thresholds{Recency: []float64{30, 90}, Frequency: []float64{2, 3}, Monetary: []float64{100, 500}},
	}, read(chosen))
	require.Equal(t, rfm.Options{Method: rfm.MethodQuantile, Bins: 5, Split: rfm.SplitMedian}, read("rfm: {segments: cn8, split: median}\n"))
	require.Equal(t, rfm.Options{
		Method: rfm.MethodQuantile, Bins: 5, Split: rfm.SplitFixed, Fixed: rfm.Split{RecencyDays: 11, Frequency: 2, Monetary: 300},
	}, read("rfm: {segments: cn8, split: {recency_days: 11, frequency: 2, monetary: 300}}\n"))
}

func TestAsk(t *testing.T) {
	var r customers.Request
	f := nighttest.Frame(t, tonight, "rfm: {window: 12 months, unit: day, monetary: median}\n")
	Ask(&f, &r)
	require.Equal(t, customers.Request{RFMFrom: nighttest.Day(t, "2023-07-02"), RFMByDay: true, RFMSpend: customers.SpendMedian}, r)
	r = customers.Request{}
	f = nighttest.Frame(t, tonight, "rfm: off\n")
	Ask(&f, &r)
	require.Equal(t, customers.Request{}, r)
}

func TestScoresOfACustomer(t *testing.T) {
	s, warnings := run(t, chosen, shop(t), nil)
	require.Empty(t, warnings)
	require.Equal(t, rfm.Scores{R: []int8{1, 2, 3}, F: []int8{1, 2, 3}, M: []int8{1, 2, 3}}, s.Scores)
	require.Equal(t, []string{"rest", "rest", "top"}, s.Segment)
	require.Equal(t, amounts(10, 100, 1200), s.Net)
	require.Equal(t, []int64{1, 2, 3}, s.Orders)

	// Each score at its own value: weights that are swapped give another number.
	c := shop(t)
	c.RFMOrders, c.RFMNet = []int64{3, 1, 2}, amounts(100, 1200, 10)
	s, _ = run(t, chosen, c, nil)
	require.Equal(t, rfm.Scores{R: []int8{1, 2, 3}, F: []int8{3, 1, 2}, M: []int8{2, 3, 1}}, s.Scores)
	require.Equal(t, s.Combine(rfm.Weights{R: 1, F: 2, M: 7}, 3), s.Combined)
	require.Equal(t, map[string][]float64{
		"frequency": {3, 1, 2}, "monetary": {100, 1200, 10}, "r": {1, 2, 3}, "f": {3, 1, 2}, "m": {2, 3, 1}, "rfm_score": s.Combined,
	}, nighttest.Numbers(s.Metrics()))
	nighttest.RequireMetrics(t, column.Scores, s.Metrics())
}

func TestOff(t *testing.T) {
	s, _ := run(t, "rfm: off\n", shop(t), nil)
	require.Nil(t, s)
	require.Empty(t, s.Metrics())
}

// cn8 goes by the numbers themselves: what equals a cut is near or high.
func TestSplitOfItsOwn(t *testing.T) {
	s, _ := run(t, "rfm: {segments: cn8, split: {recency_days: 60, frequency: 3, monetary: 10}}\n", shop(t), nil)
	require.Equal(t, []string{"important_win_back", "important_development", "important_value"}, s.Segment)
	k := s.Kind(frame(t, ""))
	require.Equal(t, "recency_days <= 60, frequency >= 3, monetary >= 10", k.Rule(s.Segment[2]))
	require.Equal(t, "recency_days > 60, frequency < 3, monetary >= 10", k.Rule(s.Segment[0]))
}

func TestKind(t *testing.T) {
	s, _ := run(t, chosen, shop(t), nil)
	k := s.Kind(frame(t, ""))
	require.Equal(t, column.BySegment, k.Grouping)
	require.Equal(t, []string{"top", "rest"}, k.Names)
	require.Equal(t, "top", k.Group(2))
	require.Equal(t, "Best", k.Label("top"))
	require.Equal(t, "r 3", k.Rule("top"))
	require.Equal(t, "f 1-3", k.Rule("rest"))
	s.Scheme.Rules[1].F = segment.Range{}
	require.Equal(t, "any score", k.Rule("rest"))
	require.Equal(t, "任意分数", s.Kind(frame(t, "output: {language: zh}\n")).Rule("rest"))
	require.Equal(t, "no rule of own matches", k.Rule("nobody"))
}

// keptCuts are those of a night that scored everybody 1.
func keptCuts(asOf string) *rfm.CutPoints {
	return &rfm.CutPoints{
		AsOf: asOf, Customers: 3, Method: rfm.MethodQuantile, EdgeType: rfm.EdgeType1, Closed: rfm.ClosedRight, Bins: 5,
		Recency: []float64{-4, -3, -2, -1}, Frequency: []float64{100, 200, 300, 400}, Monetary: []float64{1e4, 2e4, 3e4, 4e4},
		Counts: &rfm.Counts{R: []int64{3, 0, 0, 0, 0}, F: []int64{3, 0, 0, 0, 0}, M: []int64{3, 0, 0, 0, 0}},
	}
}

func TestCutPointsOfTheNightBefore(t *testing.T) {
	for _, c := range []struct {
		name, settings string
		edit           func(f *night.Frame)
		kept           bool
		warning        string
	}{
		{name: "the same month", settings: "", kept: true},
		{name: "another month", settings: "", edit: func(f *night.Frame) { f.Previous.CutPoints.AsOf = "2024-06-30" }},
		{name: "never", settings: "rfm: {refit: never}\n", edit: func(f *night.Frame) { f.Previous.CutPoints.AsOf = "2023-06-30" }, kept: true},
		{name: "always", settings: "rfm: {refit: always}\n"},
		{name: "no scores then", settings: "", edit: func(f *night.Frame) { f.Previous.CutPoints = nil }},
		{
			name: "other settings", settings: "", edit: func(f *night.Frame) { f.Previous.Meaning = []byte("{}") },
			warning: "rfm: settings that scores depend on have changed since 2024-06-30; the cut points are fitted anew",
		},
		{name: "a split that is not there", settings: "rfm: {segments: cn8}\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, warnings := run(t, c.settings, shop(t), func(f *night.Frame) {
				f.Previous = nighttest.Before(t, f.Job, "2024-06-30", nil, nil)
				f.Previous.CutPoints = keptCuts("2024-07-01")
				if c.edit != nil {
					c.edit(f)
				}
			})
			require.Equal(t, c.kept, s.Cuts.Recency[0] == -4)
			if c.warning != "" {
				require.Contains(t, warnings, c.warning)
			}
		})
	}
}

func TestDriftSinceTheFit(t *testing.T) {
	s, warnings := run(t, "", shop(t), func(f *night.Frame) {
		f.Previous = nighttest.Before(t, f.Job, "2024-06-30", nil, nil)
		f.Previous.CutPoints = keptCuts("2024-07-01")
		f.Previous.CutPoints.Counts.F = []int64{0, 0, 0, 0, 1000} // who all ordered more than 100 times
	})
	require.Equal(t, "2024-07-01", s.Drift().FittedOn)
	require.Equal(t, quality.MeasureDrift([]int64{3, 0, 0, 0, 0}, []int64{3, 0, 0, 0, 0}), s.Drift().R)
	require.Equal(t, quality.DriftAlarm, s.Drift().F.Verdict)
	require.Len(t, warnings, 1)
	require.Contains(t, warnings[0], "rfm: scores of f are spread otherwise than on 2024-07-01, when the cut points were fitted")
}

// Only who neither bought nor returned anything since is counted, each score by itself.
func TestMoved(t *testing.T) {
	c := shop(t)
	ids := []string{"gone", "low", "mid", "top"}
	s, _ := run(t, chosen, c, func(f *night.Frame) {
		f.Previous = nighttest.Before(t, f.Job, "2024-06-30", ids, map[*column.Column]any{
			column.Orders: []int64{1, 1, 2, 3}, column.Net: amounts(1, 10, 100, 999), // the last has since returned something
			column.R: []int64{9, 1, 1, 1}, column.F: []int64{9, 1, 1, 1}, column.M: []int64{9, 1, 2, 1}, column.Segment: []string{"top", "top", "rest", "rest"},
		})
	})
	require.Equal(t, &publication.Moved{Since: "2024-06-30", Unchanged: 2, R: 1, F: 1, M: 0, Segment: 1}, s.Drift().Moved)
}

func TestNothingToCompareWith(t *testing.T) {
	s, _ := run(t, chosen, shop(t), nil)
	require.Nil(t, s.Drift().Moved)
	s, _ = run(t, chosen, shop(t), func(f *night.Frame) { // a night without scores
		f.Previous = nighttest.Before(t, f.Job, "2024-06-30", []string{"low"}, map[*column.Column]any{column.Orders: []int64{1}, column.Net: amounts(10)})
	})
	require.Nil(t, s.Drift().Moved)
}

func frame(t *testing.T, settings string) *night.Frame {
	f := nighttest.Frame(t, tonight, settings)
	return &f
}

func amounts(values ...float64) []money.Amount {
	of := make([]money.Amount, len(values))
	for i, v := range values {
		of[i] = money.FromFloat(v)
	}
	return of
}

// Each column is that of its own name: no two are alike.
func TestColumns(t *testing.T) {
	c := shop(t)
	c.RFMOrders, c.RFMNet = []int64{3, 1, 2}, amounts(100, 1200, 10)
	s, _ := run(t, chosen, c, nil)
	found := nighttest.Published(t, column.Scores, s.Columns())
	for i, want := range []map[string]string{
		{"frequency": "3", "r": "1", "f": "3", "m": "2", "monetary": "100.00", "rfm": "1-3-2"},
		{"frequency": "1", "r": "2", "f": "1", "m": "3", "monetary": "1200.00", "rfm": "2-1-3"},
		{"frequency": "2", "r": "3", "f": "2", "m": "1", "monetary": "10.00", "rfm": "3-2-1"},
	} {
		require.Subset(t, found[i], want)
	}
}

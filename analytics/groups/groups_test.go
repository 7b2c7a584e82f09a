package groups

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/history"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/money"
	"clientele/segment/quality"
)

const tonight = "2024-06-30"

func amounts(values ...float64) []money.Amount {
	of := make([]money.Amount, len(values))
	for i, v := range values {
		of[i] = money.FromFloat(v)
	}
	return of
}

// shop is four customers whose net spend, value and orders put them in other orders.
func shop() *customers.Table {
	day := calendar.Date{Year: 2024, Month: 6, Day: 1}.Number()
	return &customers.Table{
		ID: []string{"a", "b", "c", "d"}, FirstDay: []int32{day, day, day, day}, LastDay: []int32{day, day + 1, day + 2, day + 3},
		Orders: []int64{1, 2, 3, 4}, Net: amounts(10, 40, 30, -20), RFMOrders: []int64{1, 2, 3, 4}, RFMNet: amounts(10, 40, 30, -20),
		Attributes: []customers.Attribute{{Name: "region", Values: []string{"n", "n", "n", "n"}}, {Name: "channel", Values: []string{"web", "", "web", ""}}},
	}
}

func context(t *testing.T, settings string, edit func(f *night.Frame)) night.Context {
	t.Helper()
	f := nighttest.Frame(t, tonight, settings)
	if edit != nil {
		edit(&f)
	}
	return night.NewContext(f, shop())
}

// bySegment groups customers by names that are given.
func bySegment(names ...string) night.Kind {
	return night.Kind{
		Grouping: column.BySegment, Names: []string{"good", "bad", "none"}, Group: func(i int) string { return names[i] },
		Label: func(name string) string { return "<" + name + ">" }, Rule: func(name string) string { return "rule of " + name },
	}
}

func values() Needs {
	return Needs{Past: []float64{1, 2, 3, 4}, Future: []float64{8, 6, 7, 5}, CLV: []float64{9, 8, 10, 9}, Modelled: true}
}

func run(t *testing.T, n night.Context, needs Needs) *Result {
	t.Helper()
	r, err := Run(n, needs)
	require.NoError(t, err)
	return r
}

// Each word of pyramid.value is a column of its own.
func TestWhatThePyramidIsMadeOf(t *testing.T) {
	for word, want := range map[string][]float64{
		"clv": {9, 8, 10, 9}, "past_value": {1, 2, 3, 4}, "future_value": {8, 6, 7, 5}, "net": {10, 40, 30, -20},
	} {
		require.Equal(t, want, valueOf(context(t, "pyramid: {value: "+word+"}\n", nil), values()), word)
	}
}

func TestPyramid(t *testing.T) {
	n := context(t, "pyramid: {value: net, shares: [0.25, 0.75], hold: 0.4}\noutput: {language: zh}\n", nil)
	r := run(t, n, values())
	c := r.Concentration
	built, err := quality.BuildPyramid([]float64{10, 40, 30, -20}, []float64{0.25, 0.75}, 0.4)
	require.NoError(t, err)
	require.Equal(t, &publication.Concentration{Value: "net", Concentration: built.Concentration}, c)
	require.Equal(t, []int{4, 3, 1}, []int{c.Customers, c.Positive, c.Holders})
	require.Len(t, r.Groups, 3)
	require.Equal(t, []int64{1, 2, 1}, []int64{r.Groups[0].Customers, r.Groups[1].Customers, r.Groups[2].Customers})
	require.Equal(t, "loss", r.Groups[2].Name)
	require.Equal(t, "亏损客户", r.Groups[2].Label)
	require.Nil(t, r.Groups[0].Quality, "levels are not judged")
	require.Nil(t, r.Anchor())
	require.Nil(t, r.Columns())
}

// A level of customers who cost money is there only where there are any; all other levels
// are, though nobody is in them.
func TestLevelsOfThePyramid(t *testing.T) {
	for word, want := range map[string][]string{"net": {"level_1 1", "level_2 2", "loss 1"}, "past_value": {"level_1 1", "level_2 3"}} {
		var found []string
		for _, g := range run(t, context(t, "pyramid: {value: "+word+", shares: [0.25, 0.75]}\n", nil), values()).Groups {
			found = append(found, fmt.Sprint(g.Name, " ", g.Customers))
		}
		require.Equal(t, want, found, word)
	}
	needs := values()
	needs.Past = []float64{-1, -2, -3, -4}
	for i, g := range run(t, context(t, "pyramid: {value: past_value, shares: [0.25, 0.75]}\n", nil), needs).Groups {
		require.Equal(t, []int64{0, 0, 4}[i], g.Customers)
	}
}

func TestPyramidOfWhatIsNotKnown(t *testing.T) {
	n := context(t, "pyramid: {value: future_value}\n", nil)
	needs := values()
	needs.Modelled = false
	require.Nil(t, run(t, n, needs).Concentration)
	require.Len(t, n.Warnings.All(), 1)
	require.Contains(t, n.Warnings.All()[0], "there is no future_value without a lifetime model")
	n = context(t, "pyramid: off\n", nil)
	require.Nil(t, run(t, n, needs).Concentration)
	require.Empty(t, n.Warnings.All())
}

// A row of segments.csv, but for its quality.
func TestSumOfAGroup(t *testing.T) {
	needs := values()
	needs.Kinds = []night.Kind{bySegment("good", "bad", "good", "zzz")}
	r := run(t, context(t, "pyramid: off\n", nil), needs)
	rows := nighttest.Rows(t, r.Files()[0].Columns...)
	for name, cell := range map[string]string{
		"kind": "rfm", "group": "good", "label": "<good>", "customers": "2", "share": "0.5", "orders": "4", "revenue": "40.00",
		"past_value": "4.00", "future_value": "15.00", "equity_share": "0.5769230769230769", "rule": "rule of good",
	} {
		require.Equal(t, cell, rows[0][name], name)
	}
	require.Equal(t, []string{"good", "bad", "none", "zzz"}, []string{rows[0]["group"], rows[1]["group"], rows[2]["group"], rows[3]["group"]})
	require.Equal(t, "0", rows[2]["customers"])
	needs.Kinds = []night.Kind{bySegment("zzz", "bad", "yyy", "zzz")} // what has no place comes last, by name
	rows = nighttest.Rows(t, run(t, context(t, "pyramid: off\n", nil), needs).Files()[0].Columns...)
	require.Equal(t, []string{"yyy 1", "zzz 2"}, []string{rows[3]["group"] + " " + rows[3]["customers"], rows[4]["group"] + " " + rows[4]["customers"]})
	r = run(t, context(t, "pyramid: off\n", nil), Needs{Kinds: needs.Kinds})
	require.NotContains(t, nighttest.Rows(t, r.Files()[0].Columns...)[0], "past_value")
	require.Zero(t, r.Groups[0].EquityShare)
}

// A share of equity does not go by how large equity is, or by its sign.
func TestShareOfSmallAndNegativeEquity(t *testing.T) {
	for _, scale := range []float64{0.01, -1} {
		needs := values()
		needs.Kinds = []night.Kind{bySegment("good", "bad", "good", "zzz")}
		for i := range needs.Future {
			needs.Future[i] *= scale
		}
		r := run(t, context(t, "pyramid: off\n", nil), needs)
		require.InDelta(t, 15./26, r.Groups[0].EquityShare, 1e-12, "%v", scale)
	}
}

// What is known of a group without an earlier night, worked by hand.
func TestJudge(t *testing.T) {
	needs := values()
	needs.Kinds = []night.Kind{bySegment("good", "bad", "good", "bad")}
	r := run(t, context(t, "pyramid: off\nquality: {customers: 2, reachable: 0.9}\n", nil), needs)
	good := r.Groups[0].Quality
	require.InDelta(t, 1, float64(good.ReachableShare), 0) // a and c have a channel
	require.InDelta(t, 0, float64(r.Groups[1].Quality.ReachableShare), 0)
	require.Equal(t, quality.Pass, good.Reachable)
	require.InDelta(t, 19./2, float64(good.MeanValue), 1e-12)
	require.InDelta(t, 4./40, float64(good.Margin), 1e-12)
	require.Equal(t, "rule of good", good.Rule)
	require.False(t, good.Moved.Known())
	require.False(t, good.AdjustedRand.Known())
	require.False(t, good.EtaSquared.Known())
	require.Nil(t, good.Days)
	require.Equal(t, quality.Pass, good.Substantial)
	few := run(t, context(t, "pyramid: off\nquality: {customers: 3}\n", nil), needs)
	require.NotEqual(t, quality.Pass, few.Groups[0].Quality.Substantial, "it has two customers")

	r = run(t, context(t, "pyramid: off\n", nil), Needs{Kinds: needs.Kinds})
	require.InDelta(t, 20, float64(r.Groups[0].Quality.MeanValue), 1e-12, "without values: what was spent")
	require.False(t, r.Groups[0].Quality.Margin.Known())
}

// Silhouettes of more customers than that are those of a sample.
func TestSampleOfSilhouettes(t *testing.T) {
	n := context(t, "", nil)
	j := newJudge(n, nil, false)
	require.Equal(t, silhouetteCustomers, j.sample)
	m := membership{size: 2}
	var ids []string
	var points []quality.Point
	for i := range 600 {
		ids = append(ids, strconv.Itoa(i))
		m.group = append(m.group, i%2)
		points = append(points, quality.Point{float64(i % 7), float64(i % 11), float64(i % 2)})
	}
	all := m.silhouettes(ids, points, 600)
	require.NotEqual(t, all, m.silhouettes(ids, points, 100))
	require.Equal(t, all, m.silhouettes(ids, points, j.sample))
}

// before is a night that knew a, b and d, of whom b has ordered since.
func before(t *testing.T, f *night.Frame) *history.Night {
	return nighttest.Before(t, f.Job, "2024-06-29", []string{"a", "b", "d"}, map[*column.Column]any{
		column.Orders: []int64{1, 1, 4}, column.Net: amounts(10, 20, -20), column.Segment: []string{"bad", "good", "bad"},
	})
}

// Of the idle customers of "bad", a is in another group now; b, who ordered, does not
// count, and c is new.
func TestMovedWithoutDoingAnything(t *testing.T) {
	n := context(t, "pyramid: off\n", func(f *night.Frame) { f.Previous = before(t, f) })
	needs := Needs{Kinds: []night.Kind{bySegment("good", "bad", "good", "bad")}}
	r := run(t, n, needs)
	require.InDelta(t, 0.5, float64(r.Groups[1].Quality.Moved), 0)
	require.False(t, r.Groups[0].Quality.Moved.Known(), "b is not idle")
	m := newJudge(n, nil, false).membership(needs.Kinds[0], map[string]int{"good": 0, "bad": 1, "none": 2})
	require.Equal(t, []int{1, 0, quality.NoGroup, 1}, m.was)
	require.True(t, r.Groups[0].Quality.AdjustedRand.Known())
}

func TestNamesOfTheNightBeforeAreNumberedBehind(t *testing.T) {
	codes, size := coded([]string{"old", "bad", "old", "good", "older"}, map[string]int{"good": 0, "bad": 1})
	require.Equal(t, []int{2, 1, 2, 0, 3}, codes)
	require.Equal(t, 4, size)
}

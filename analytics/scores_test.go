package analytics_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/scores/rfm"
	"clientele/internal/wording"
	"clientele/segment"
	"clientele/segment/quality"
)

func cutPointsOf(t *testing.T, r *analytics.Result) rfm.CutPoints {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(r.Path, "cutpoints.json"))
	require.NoError(t, err)
	var cuts rfm.CutPoints
	require.NoError(t, json.Unmarshal(data, &cuts))
	require.NoError(t, cuts.Validate())
	return cuts
}

func byCustomer(t *testing.T, r *analytics.Result, column string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, row := range customersOf(t, r) {
		require.Contains(t, row, column)
		found[row["customer_id"]] = row[column]
	}
	return found
}

// bought is a customer's rows: so many orders of an amount, a day apart, the
// last so many days before 2026-06-30.
func bought(id string, orders, daysAgo, amount int) string {
	var b strings.Builder
	for i := range orders {
		day := 30 - daysAgo - i
		month := 6
		if day < 1 {
			day, month = day+31, 5
		}
		fmt.Fprintf(&b, "%s,2026-%02d-%02d,%d\n", id, month, day, amount)
	}
	return b.String()
}

// All eight Chinese segments from raw numbers: near is at most 10 days, high
// is 3 orders and 200 of money, and what equals a cut is near or high.
func TestEightChineseSegments(t *testing.T) {
	r := publishCSV(t,
		bought("near high high", 3, 10, 70)+bought("near low high", 2, 2, 100)+
			bought("far high high", 4, 11, 50)+bought("far low high", 1, 20, 200)+
			bought("near high low", 3, 1, 10)+bought("near low low", 1, 10, 199)+
			bought("far high low", 3, 11, 66)+bought("far low low", 2, 15, 99),
		"rfm.segments=cn8", "rfm.split={recency_days: 10, frequency: 3, monetary: 200}", "clv=off", "output.language=zh")
	require.Equal(t, map[string]string{
		"near high high": "important_value", "near low high": "important_development",
		"far high high": "important_retention", "far low high": "important_win_back",
		"near high low": "general_value", "near low low": "general_development",
		"far high low": "general_retention", "far low low": "general_win_back",
	}, byCustomer(t, r, "segment"))
	var labels []string
	for _, g := range r.Segments {
		if g.Kind == "rfm" {
			require.Equal(t, int64(1), g.Customers, g.Name)
			labels = append(labels, g.Label)
		}
	}
	require.Equal(t, []string{
		"重要价值客户", "重要发展客户", "重要保持客户", "重要挽留客户", "一般价值客户", "一般发展客户", "一般保持客户", "一般挽留客户",
	}, labels)
	require.Equal(t, &rfm.Split{Rule: "fixed", RecencyDays: 10, Frequency: 3, Monetary: 200}, cutPointsOf(t, r).Split)
}

// A job's own table, by scores of its own thresholds, with a combined score.
func TestOwnThresholdsAndSegments(t *testing.T) {
	r := publishCSV(t, bought("best", 3, 5, 100)+bought("gone", 1, 40, 10)+bought("mid", 2, 20, 50),
		"rfm={method: thresholds, thresholds: {r: [7, 30], f: [1, 2], m: [50, 100]}, weights: {r: 2, m: 0}, "+
			"segments: [{name: top, label: The top, r: 3, f: 2-3}, {name: rest, r: [1, 2], m: 2}]}", "clv=off")
	require.Equal(t, map[string]string{"best": "3-3-3", "mid": "2-2-2", "gone": "1-1-1"}, byCustomer(t, r, "rfm"))
	require.Equal(t, map[string]string{"best": "top", "mid": "rest", "gone": segment.Others}, byCustomer(t, r, "segment"))
	require.Equal(t, map[string]string{"best": "100", "mid": "50", "gone": "0"}, byCustomer(t, r, "rfm_score"))
	cuts := cutPointsOf(t, r)
	require.Equal(t, "thresholds", cuts.Method)
	require.Equal(t, []float64{7, 30}, cuts.Recency)
	require.Equal(t, &rfm.Counts{R: []int64{1, 1, 1}, F: []int64{1, 1, 1}, M: []int64{1, 1, 1}}, cuts.Counts)
}

// What was scored is what the columns show.
func TestUnitAndMeasureOfSpend(t *testing.T) {
	const rows = "a,2026-06-01T09:00:00,10\na,2026-06-01T12:00:00,20\na,2026-06-09,40\na,2026-06-10,-7\nb,2026-06-02,5\n"
	for settings, want := range map[string][2]string{
		"order sum": {"3", "63"}, "order mean": {"3", "21"}, "order median": {"3", "20"}, "order max": {"3", "40"},
		"day sum": {"2", "63"}, "day mean": {"2", "31.5"}, "day median": {"2", "35"}, "day max": {"2", "40"},
	} {
		unit, monetary, _ := strings.Cut(settings, " ")
		r := publishCSV(t, rows, "sources.0.columns.order=time", "rfm.unit="+unit, "rfm.monetary="+monetary, "clv=off", "stages=off")
		require.Equal(t, want[0], byCustomer(t, r, "frequency")["a"], settings)
		got := exact(t, byCustomer(t, r, "monetary")["a"])
		require.Zero(t, exact(t, want[1]).Cmp(got), "%s: %s", settings, got)
	}
}

// Nobody's score, combined score or segment moves because another customer
// came and spent a fortune; time alone moves r.
func TestScoresStandStill(t *testing.T) {
	rows := bought("a", 3, 6, 70) + bought("b", 2, 9, 30) + bought("c", 1, 20, 10) + bought("d", 1, 25, 44) + bought("e", 5, 12, 9)
	for _, settings := range [][]string{
		{"rfm.weights={m: 2}"}, {"rfm.method=nested", "rfm.min_cell=2", "rfm.weights={m: 2}"}, {"rfm.segments=cn8", "rfm.method=r-rfm"},
	} {
		settings = append(settings, "clv=off", "stages=off", "rfm.refit=never")
		first := publishCSV(t, rows, append(settings, "as_of=2026-06-29")...)
		require.Nil(t, first.Drift.Moved)
		require.Equal(t, quality.Drift{Chance: first.Drift.F.Chance, Verdict: quality.DriftOK}, first.Drift.F)
		dir := filepath.Dir(filepath.Dir(filepath.Dir(first.Path)))
		more := "customer,time,amount\n" + rows + strings.Repeat("whale,2026-06-29,100000\n", 3) + "a,2026-06-30,1\n"
		require.NoError(t, os.WriteFile(filepath.Join(dir, "tx.csv"), []byte(more), 0o600))
		next := publishJob(t, filepath.Join(dir, "job.yaml"), settings...)
		require.Equal(t, cutPointsOf(t, first), cutPointsOf(t, next))
		columns := []string{"f", "m"}
		if settings[0] != "rfm.segments=cn8" {
			columns = append(columns, "rfm_score")
		}
		for _, column := range columns {
			before, after := byCustomer(t, first, column), byCustomer(t, next, column)
			rBefore, rAfter := byCustomer(t, first, "r"), byCustomer(t, next, "r")
			for _, id := range []string{"b", "c", "d", "e"} {
				if rBefore[id] == rAfter[id] {
					require.Equal(t, before[id], after[id], "%s of %s with %v", column, id, settings)
				}
			}
		}
		moved := next.Drift.Moved
		require.Equal(t, "2026-06-29", moved.Since)
		require.Equal(t, int64(4), moved.Unchanged, "a bought and whale is new")
		require.Zero(t, moved.M)
		require.Equal(t, "2026-06-29", next.Drift.FittedOn)
	}
}

// A shop whose orders are all ten times as large as at the fit is told so.
func TestDriftAlarms(t *testing.T) {
	var rows, later strings.Builder
	for i := range 200 {
		fmt.Fprintf(&rows, "c%03d,2026-06-%02d,%d\n", i, 1+i%28, 10+i)
		fmt.Fprintf(&later, "c%03d,2026-06-30,%d\n", i, 10*(10+i))
	}
	settings := []string{"clv=off", "stages=off", "rfm.refit=never"}
	first := publishCSV(t, rows.String(), append(settings, "as_of=2026-06-29")...)
	require.NotContains(t, strings.Join(first.Warnings, "\n"), "PSI")
	dir := filepath.Dir(filepath.Dir(filepath.Dir(first.Path)))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "tx.csv"), []byte("customer,time,amount\n"+rows.String()+later.String()), 0o600))
	next := publishJob(t, filepath.Join(dir, "job.yaml"), settings...)
	require.Equal(t, quality.DriftAlarm, next.Drift.M.Verdict)
	require.Contains(t, strings.Join(next.Warnings, "\n"), "rfm: scores of m are spread otherwise than on 2026-06-29, when the cut points were fitted: PSI ")
	require.Zero(t, next.Drift.Moved.Unchanged)
}

func TestPyramidOfAShop(t *testing.T) {
	rows := bought("a", 1, 3, 800) + bought("b", 1, 3, 100) + bought("c", 1, 3, 100) + bought("d", 1, 3, 5) + "d,2026-06-28,-9\n" +
		bought("e", 1, 3, 7) + "e,2026-06-28,-7\n" // gave everything back: no loss
	r := publishCSV(t, rows, "clv=off", "stages=off", "rfm=off", "pyramid.shares=[0.2, 0.3, 0.5]")
	got := map[string]int64{}
	for _, g := range r.Segments {
		require.Equal(t, "pyramid", g.Kind)
		got[g.Name] = g.Customers
	}
	// b and c tie across the half, and go down together.
	require.Equal(t, map[string]int64{"level_1": 1, "level_2": 0, "level_3": 3, "loss": 1}, got)
	c := r.Concentration
	require.Equal(t, "net", c.Value)
	require.Equal(t, 1, c.Holders)
	require.InDelta(t, 0.8, c.Held, 1e-15)
	require.InDelta(t, 0.2, c.HoldersShare, 1e-15)

	r = publishCSV(t, rows, "pyramid.value=future_value")
	require.Nil(t, r.Concentration)
	require.Contains(t, strings.Join(r.Warnings, "\n"), "pyramid: there is no future_value without a lifetime model, and so no pyramid; give pyramid.value: clv or net")
}

// The R package's orders through the whole job: its scores and segments, digit
// for digit.
func TestOrdersOfRThroughTheJob(t *testing.T) {
	export, golden := shared(t, "rfm-r-orders.csv"), shared(t, "rfm-r-orders.golden-0.3.0.csv")
	file := filepath.Join(t.TempDir(), "job.yaml")
	text := fmt.Sprintf("name: r\nas_of: 2006-12-31\nsources:\n  - path: %s\n    columns: {customer: customer_id, order: \"concat(order_date, '/', revenue)\", time: order_date, amount: revenue}\n", export)
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	r := publishJob(t, file, "clv=off", "stages=off", "rfm={method: r-rfm, segments: rfm10}", "output.formats=[csv]")
	require.Equal(t, "r-rfm", cutPointsOf(t, r).Method)
	got := map[string]map[string]string{}
	for _, row := range customersOf(t, r) {
		got[row["customer_id"]] = row
	}
	f, err := os.Open(golden)
	require.NoError(t, err)
	defer f.Close()
	want, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.Len(t, got, len(want)-1)
	for _, w := range want[1:] {
		row := got[w[0]]
		require.Equal(t, w[4], row["recency_days"], w[0])
		require.Equal(t, w[3], row["frequency"], w[0])
		require.Equal(t, w[2], strings.ReplaceAll(row["rfm"], "-", ""), w[0])
		require.Equal(t, w[1], segment.RFM10().Label(wording.In("en"), row["segment"]), w[0])
	}
}

package pictures_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/pictures"
	"clientele/analytics/publication"
	"clientele/internal/chart"
)

// object is an object of a JSON file, read without the program's own types.
type object map[string]any

func (o object) number(key string) float64 {
	v, is := o[key].(float64)
	if !is {
		return math.NaN()
	}
	return v
}

func (o object) list(key string) (all []object) {
	for _, v := range o[key].([]any) {
		all = append(all, v.(map[string]any))
	}
	return all
}

func evidence(t *testing.T, p *publication.Publication) object {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(p.Path, "evidence.json"))
	require.NoError(t, err)
	var o object
	require.NoError(t, json.Unmarshal(text, &o))
	return o
}

// same holds columns of a table against keys of objects, row by row.
func same(t *testing.T, rows []row, want []object, keys map[string]string) {
	t.Helper()
	require.Len(t, rows, len(want))
	for i, r := range rows {
		for column, key := range keys {
			if v := want[i].number(key); math.IsNaN(v) {
				require.Empty(t, r[column], "row %d: %s", i, column)
			} else {
				require.InDelta(t, v, r.number(t, column), 1e-12, "row %d: %s", i, column)
			}
		}
	}
}

func TestForecastsAreThoseOfTheEvidence(t *testing.T) {
	night, _ := shop(t)
	tested := object(evidence(t, night)["tested"].(map[string]any))
	amounts := map[string]string{"purchases": "purchases", "expected_purchases": "expected_purchases", "customers": "customers"}
	same(t, tableOf(t, picture(t, pictures.Tracking)), tested.list("tracking"), map[string]string{"days": "days", "purchases": "purchases", "expected_purchases": "expected_purchases"})
	same(t, tableOf(t, picture(t, pictures.ConditionalExpectation)), tested.list("by_repeats"), amounts)
	same(t, tableOf(t, picture(t, pictures.Deciles)), tested.list("deciles"), map[string]string{"purchases": "purchases", "money": "money", "expected_money": "expected_money"})
	bins := object(tested["next_purchase"].(map[string]any)).list("bins")
	same(t, tableOf(t, picture(t, pictures.Reliability)), bins, map[string]string{"low": "low", "said": "said", "bought": "bought", "customers": "customers"})
	points := picture(t, pictures.Reliability).Figure.Form.(chart.XY).Points[0]
	for i, b := range bins {
		require.Equal(t, chart.Point{X: b.number("said"), Y: b.number("bought")}, points.Points[i])
		require.LessOrEqual(t, points.Low[i], b.number("bought"))
		require.GreaterOrEqual(t, points.High[i], b.number("bought"))
	}
	covered := tableOf(t, picture(t, pictures.Coverage))
	require.InDelta(t, object(tested["coverage"].(map[string]any)).number("tie_split"), covered[0].number(t, "share_within"), 1e-12)
}

// The cumulative picture ends with the sums of the other.
func TestCumulativeTrackingAddsUp(t *testing.T) {
	rows := tableOf(t, picture(t, pictures.CumulativeTracking))
	var happened, expected float64
	for _, r := range tableOf(t, picture(t, pictures.Tracking)) {
		happened, expected = happened+r.number(t, "purchases"), expected+r.number(t, "expected_purchases")
	}
	last := rows[len(rows)-1]
	require.InDelta(t, happened, last.number(t, "purchases"), 1e-6)
	require.InDelta(t, expected, last.number(t, "expected_purchases"), 1e-6)
	lines := picture(t, pictures.CumulativeTracking).Figure.Form.(chart.XY).Lines
	require.InDelta(t, expected, lines[0].Points[len(rows)-1].Y, 1e-6)
	require.InDelta(t, happened, lines[1].Points[len(rows)-1].Y, 1e-6)
}

func TestShapesAreThoseOfTheEvidence(t *testing.T) {
	night, _ := shop(t)
	e := evidence(t, night)
	same(t, tableOf(t, picture(t, pictures.RepeatFrequency)), e.list("repeats"), map[string]string{"customers": "customers", "expected_customers": "expected"})
	for name, key := range map[string]string{pictures.Gaps: "gaps", pictures.SpendDensity: "spend"} {
		bins := object(e[key].(map[string]any)).list("bins")
		same(t, tableOf(t, picture(t, name)), bins, map[string]string{"from": "from", "to": "to", "count": "count", "expected": "expected"})
		bars := picture(t, name).Figure.Form.(chart.XY).Bars[0]
		for i, b := range bins {
			require.InDelta(t, b.number("count"), bars.Points[i].Y, 0)
		}
	}
}

func TestCohortsAreThoseOfActivity(t *testing.T) {
	night, _ := shop(t)
	first, bought, spend := map[string]float64{}, map[string]float64{}, 0.
	for _, r := range file(t, night, "activity.csv") {
		if r["cohort"] == r["month"] {
			first[r["cohort"]] = r.number(t, "customers")
		}
		bought[r["cohort"]] += r.number(t, "customers")
		spend += r.number(t, "spend")
	}
	got := map[string]float64{}
	for _, r := range tableOf(t, picture(t, pictures.CohortCustomers)) {
		require.InDelta(t, first[r["cohort"]], r.number(t, "customers"), 0)
		got[r["cohort"]] += r.number(t, "bought")
		require.InDelta(t, r.number(t, "bought")/r.number(t, "customers"), r.number(t, "share"), 1e-12)
	}
	for cohort, n := range bought {
		if first[cohort] > 0 {
			require.InDelta(t, n, got[cohort], 0, cohort)
		}
	}
	// The oldest cohorts are seen longest: their line ends with all that they have spent in the months that it has.
	rows := tableOf(t, picture(t, pictures.CohortMoney))
	for _, r := range rows {
		require.InDelta(t, r.number(t, "spend")/r.number(t, "customers"), r.number(t, "spend_per_customer"), 1e-6)
	}
	customers := map[string]float64{}
	for _, r := range rows {
		customers[r["cohort"]] = r.number(t, "customers")
	}
	sum, want := 0., 0.
	for _, n := range customers {
		sum += n
	}
	for _, n := range first {
		want += n
	}
	require.InDelta(t, want, sum, 0, "every customer is in one line")
}

// The lines of one customer end where the publication says they are.
func TestOneCustomerOverTime(t *testing.T) {
	night, before := shop(t)
	rows := file(t, night, "customers.csv")
	for _, want := range []row{rows[0], rows[len(rows)/2], rows[len(rows)-1]} {
		p, err := pictures.Of(night, before, pictures.Customer, pictures.Options{Customer: want["customer_id"]})
		require.NoError(t, err)
		table := tableOf(t, p)
		last, marks := table[len(table)-1], 0
		for _, r := range table {
			if r["spend"] != "" {
				marks++
			}
		}
		require.Equal(t, "2026-06-30", last["day"])
		require.InDelta(t, want.number(t, "p_alive"), last.number(t, "p_alive"), halfPlace)
		require.InDelta(t, want.number(t, "purchase_days"), last.number(t, "purchase_days"), 0)
		require.InDelta(t, want.number(t, "purchase_days"), marks, 0)
		require.Equal(t, want["first_day"], table[0]["day"])
	}
	_, err := pictures.Of(night, before, pictures.Customer, pictures.Options{Customer: "nobody"})
	require.ErrorContains(t, err, "the publication has no such customer")
}

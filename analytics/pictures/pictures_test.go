package pictures_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/pictures"
	"clientele/internal/chart"
	"clientele/internal/chart/charttest"
)

// lacking tells whether a publication lacks what a picture needs; no other error is fine.
func lacking(t *testing.T, err error) bool {
	t.Helper()
	missing, is := errors.AsType[*pictures.Missing](err)
	if err != nil {
		require.True(t, is, "%v", err)
		require.NotContains(t, missing.Needs, "pictures.", "a text is missing")
	}
	return err != nil
}

func svg(t *testing.T, p pictures.Picture, size chart.Size) []byte {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, chart.WriteInline(&out, p.Figure, size, "p"))
	return out.Bytes()
}

// The bundled shop has every picture, in both languages: with a title, a caption, a table,
// no text over another, and the same bytes each time.
func TestEveryPictureOfTheBundledShop(t *testing.T) {
	night, before := shop(t)
	customer := file(t, night, "customers.csv")[0]["customer_id"]
	for _, language := range []string{"en", "zh"} {
		album, err := pictures.Open(night, before, pictures.Options{Language: language, Customer: customer})
		require.NoError(t, err)
		again, err := pictures.Open(night, before, pictures.Options{Language: language, Customer: customer})
		require.NoError(t, err)
		for _, name := range pictures.Names() {
			p, err := album.Picture(name)
			require.NoError(t, err, name)
			second, err := again.Picture(name)
			require.NoError(t, err, name)
			require.NotContains(t, p.Figure.Title+p.Caption, "pictures.", "%s: a text is missing", name)
			require.NotEmpty(t, p.Table.Rows, name)
			for _, c := range p.Table.Columns {
				require.NotContains(t, c.Title, "pictures.", "%s: the column %s has no title", name, c.Name)
			}
			for _, size := range []chart.Size{chart.Phone, chart.Desk} {
				drawn := svg(t, p, size)
				charttest.CheckLayout(t, name, drawn)
				require.Equal(t, string(drawn), string(svg(t, second, size)), name)
			}
		}
	}
}

// What a publication cannot have it says, and what it takes: no picture is empty.
func TestPicturesSayWhatTheyLack(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, publish(t, dir, "clv=off", "stages=off", "tiers=off", "rfm=off", "pyramid=off"))
	night, before := opened(t, dir+"/shop/2026-06-30")
	require.Nil(t, before)
	has := []string{}
	for _, name := range pictures.Names() {
		_, err := pictures.Of(night, before, name, pictures.Options{})
		if !lacking(t, err) {
			has = append(has, name)
		}
	}
	require.Equal(t, []string{pictures.CohortCustomers, pictures.CohortMoney, pictures.RepeatFrequency, pictures.Gaps, pictures.SpendDensity, pictures.Timings}, has)
	_, err := pictures.Of(night, before, pictures.FrequencyRecency, pictures.Options{})
	require.EqualError(t, err, "frequency-recency: it needs clv, which is off in the job")
	_, err = pictures.Of(night, before, pictures.StageFlow, pictures.Options{Language: "zh"})
	require.EqualError(t, err, "stage-flow: 需要上期的发布，而它不存在")
	_, err = pictures.Of(night, before, "pie", pictures.Options{})
	require.ErrorContains(t, err, `there is no picture "pie"; the pictures are equity-bridge, value-curve`)
}

// A publication of an earlier version of the program has what its files hold.
func TestPicturesOfAnEarlierPublication(t *testing.T) {
	night, before := opened(t, "../../testdata/earlier/shop/2026-06-30")
	for _, name := range pictures.Names() {
		p, err := pictures.Of(night, before, name, pictures.Options{})
		if !lacking(t, err) {
			charttest.CheckLayout(t, name, svg(t, p, chart.Phone))
		}
	}
}

// count counts the rows of a file by what a function makes of them.
func count[K comparable](rows []row, key func(row) K) map[K]int {
	all := map[K]int{}
	for _, r := range rows {
		all[key(r)]++
	}
	return all
}

func TestFlowsCountCustomers(t *testing.T) {
	night, before := shop(t)
	was := map[string]row{}
	for _, r := range file(t, before, "customers.csv") {
		was[r["customer_id"]] = r
	}
	now := file(t, night, "customers.csv")
	for name, column := range map[string]string{pictures.StageFlow: "stage", pictures.TierFlow: "tier", pictures.Migration: "segment"} {
		want := count(now, func(r row) [2]string {
			if old, known := was[r["customer_id"]]; known {
				return [2]string{old[column], r[column]}
			}
			return [2]string{"not_yet", r[column]}
		})
		got := map[[2]string]int{}
		for _, r := range tableOf(t, picture(t, name)) {
			got[[2]string{r["from"], r["to"]}] = int(r.number(t, "customers"))
		}
		require.Equal(t, want, got, name)
	}
	flow := picture(t, pictures.StageFlow).Figure.Form.(chart.Flow)
	drawn := 0.
	for _, s := range flow.Streams {
		drawn += s.Size
	}
	require.InDelta(t, len(now), drawn, 0)
}

func TestTierMovesAddUp(t *testing.T) {
	night, before := shop(t)
	then := count(file(t, before, "customers.csv"), func(r row) string { return r["tier"] })
	now := count(file(t, night, "customers.csv"), func(r row) string { return r["tier"] })
	for _, r := range tableOf(t, picture(t, pictures.TierMoves)) {
		came, left := r.number(t, "rose_in")+r.number(t, "fell_in"), r.number(t, "rose_out")+r.number(t, "fell_out")
		require.InDelta(t, now[r["tier"]], r.number(t, "members"), 0, r["tier"])
		if r["tier"] != "" { // newcomers of no tier did not rise
			require.InDelta(t, now[r["tier"]]-then[r["tier"]], came-left, 0, r["tier"])
		}
	}
}

func TestGridIsThatOfCustomers(t *testing.T) {
	night, _ := shop(t)
	sums, counts := map[string]float64{}, map[string]int{}
	for _, r := range file(t, night, "customers.csv") {
		at := r["r"] + "-" + r["f"]
		sums[at] += r.number(t, "monetary")
		counts[at]++
	}
	rows := tableOf(t, picture(t, pictures.RFGrid))
	require.Len(t, rows, len(counts))
	for _, r := range rows {
		at := r["r"] + "-" + r["f"]
		require.InDelta(t, counts[at], r.number(t, "customers"), 0, at)
		require.InDelta(t, sums[at], r.number(t, "monetary"), halfCent*float64(counts[at]), at)
		require.InDelta(t, sums[at]/float64(counts[at]), r.number(t, "mean_monetary"), halfCent, at)
	}
	grid := picture(t, pictures.RFGrid).Figure.Form.(chart.Grid)
	require.Equal(t, []string{"5", "4", "3", "2", "1"}, grid.Rows, "who buys often is at the top")
	require.InDelta(t, sums["5-5"]/float64(counts["5-5"]), grid.Cells[0][4].Value, halfCent)
}

func TestCurveOfValueHoldsTheSharesOfTheManifest(t *testing.T) {
	night, _ := shop(t)
	var values []float64
	for _, r := range file(t, night, "customers.csv") {
		values = append(values, max(0, r.number(t, "clv")))
	}
	slices.Sort(values)
	slices.Reverse(values)
	sums := []float64{}
	sum := 0.
	for _, v := range values {
		sum += v
		sums = append(sums, sum)
	}
	for _, r := range tableOf(t, picture(t, pictures.ValueCurve)) {
		k := int(r.number(t, "customers"))
		require.InDelta(t, sums[k-1]/sum, r.number(t, "share_of_value"), halfCent*float64(len(values))/sum)
	}
	form := picture(t, pictures.ValueCurve).Figure.Form.(chart.XY)
	require.Equal(t, []chart.Point{{X: 0.01, Y: night.Concentration.Top1}, {X: 0.05, Y: night.Concentration.Top5}, {X: 0.2, Y: night.Concentration.Top20}}, form.Points[0].Points)
}

func TestGroupsAreThoseOfSegments(t *testing.T) {
	night, _ := shop(t)
	want := map[string]row{}
	for _, r := range file(t, night, "segments.csv") {
		want[r["kind"]+"/"+r["group"]] = r
	}
	for _, r := range tableOf(t, picture(t, pictures.Segments)) {
		of := want["rfm/"+r["segment"]]
		for column, off := range map[string]float64{"customers": 0, "share": halfPlace, "orders": 0, "revenue": halfCent, "future_value": halfCent, "equity_share": halfPlace} {
			require.InDelta(t, of.number(t, column), r.number(t, column), off, "%s of %s", column, r["segment"])
		}
	}
	for _, r := range tableOf(t, picture(t, pictures.Pyramid)) {
		require.InDelta(t, want["pyramid/"+r["level"]].number(t, "future_value"), r.number(t, "future_value"), halfCent)
	}
}

func TestDeclinesAreThoseOfCustomers(t *testing.T) {
	night, _ := shop(t)
	want := count(file(t, night, "customers.csv"), func(r row) string {
		from := r["decline_from"]
		if from == "" {
			from = r["stage"]
		}
		return r["decline"] + "/" + from
	})
	sum := 0
	for _, r := range tableOf(t, picture(t, pictures.Declines)) {
		require.InDelta(t, want[r["decline"]+"/"+r["decline_from"]], r.number(t, "customers"), 0, "%v", r)
		sum += int(r.number(t, "customers"))
	}
	for kind, n := range want {
		if kind[:4] == "none" {
			sum += n
		}
	}
	require.Equal(t, len(file(t, night, "customers.csv")), sum, "nobody is left out")
}

func TestMediansAreThoseOfCustomers(t *testing.T) {
	night, _ := shop(t)
	days := map[string][]float64{}
	for _, r := range file(t, night, "customers.csv") {
		days[r["segment"]] = append(days[r["segment"]], r.number(t, "recency_days"))
	}
	for _, r := range tableOf(t, picture(t, pictures.SegmentMedians)) {
		all := days[r["segment"]]
		if len(all) == 0 {
			require.Empty(t, r["median_recency_days"])
			continue
		}
		below, above := 0, 0
		for _, d := range all {
			if d < r.number(t, "median_recency_days") {
				below++
			}
			if d > r.number(t, "median_recency_days") {
				above++
			}
		}
		require.LessOrEqual(t, max(below, above), len(all)/2, r["segment"])
	}
}

func TestAtRiskIsThatOfTheList(t *testing.T) {
	night, _ := shop(t)
	want := map[string]float64{}
	for _, r := range file(t, night, "at_risk.csv") {
		want[r["tier"]+"/"+r["stage"]] += r.number(t, "value_at_risk")
	}
	rows := tableOf(t, picture(t, pictures.AtRisk))
	require.Len(t, rows, len(want))
	sum := 0.
	for _, r := range rows {
		require.InDelta(t, want[r["tier"]+"/"+r["stage"]], r.number(t, "value_at_risk"), 1e-6)
		sum += r.number(t, "value_at_risk")
	}
	require.InDelta(t, night.AtRisk.Value.Float(), sum, halfCent*float64(night.AtRisk.Customers))
}

func TestInterestsAreThoseOfTheList(t *testing.T) {
	night, _ := shop(t)
	list, got := file(t, night, "interests_by_segment.csv"), tableOf(t, picture(t, pictures.LostInterests))
	require.Equal(t, fmt.Sprint(list), fmt.Sprint(got))
	rows := picture(t, pictures.LostInterests).Figure.Form.(chart.Rows)
	require.InDelta(t, list[0].number(t, "share"), rows.Rows[0].Bars[0].To, 1e-12)
}

// The matrices say of a customer what customers.csv says of one with the same history.
func TestMatricesAreTheModels(t *testing.T) {
	night, _ := shop(t)
	alive, expected := tableOf(t, picture(t, pictures.PAliveMatrix)), tableOf(t, picture(t, pictures.FrequencyRecency))
	require.Len(t, alive, len(expected))
	one := map[string]float64{}
	for _, r := range alive {
		if r["x"] == "0" {
			require.Equal(t, "0", r["t_x"])
			one["p_alive"], one["t"] = r.number(t, "p_alive"), r.number(t, "t")
		}
	}
	// Of customers who came once, those who came first have the chance of the matrix: it falls with time.
	oldest, chance := 0., math.NaN()
	for _, r := range file(t, night, "customers.csv") {
		if v := r.number(t, "t"); r["x"] == "0" && v > oldest {
			oldest, chance = v, r.number(t, "p_alive")
		}
	}
	require.LessOrEqual(t, oldest, one["t"])
	require.InDelta(t, chance, one["p_alive"], 0.02)
	require.LessOrEqual(t, one["p_alive"], chance+1e-9)
}

package analytics_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/publication"
	"clientele/internal/number"
	"clientele/segment/quality"
)

// shop writes a job whose customers buy at their own pace: customer i every
// 3 + i days for i amounts, in one of two channels or in none.
func shop(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var rows strings.Builder
	rows.WriteString("customer,time,amount,channel\n")
	for i := range 60 {
		for day := i % 7; day < 210; day += 3 + i*7%41 {
			fmt.Fprintf(&rows, "C%02d,%s,%d.50,%s\n", i, day2026(day), 5+i*13%90, []string{"web", "shop", ""}[i%3])
		}
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "tx.csv"), []byte(rows.String()), 0o600))
	file := filepath.Join(dir, "job.yaml")
	const text = `name: small
as_of: 2026-07-20
sources:
  - path: tx.csv
    columns: {customer: customer, time: time, amount: amount, channel: channel}
clv: {model: nbd}
tiers:
  - {name: silver, qualify: {spend: 300}}
  - {name: gold, qualify: {spend: 1000}}
`
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

// day2026 is a day of 2026 counted from 1 January.
func day2026(n int) string {
	months := []int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	for m, length := range months {
		if n < length {
			return fmt.Sprintf("2026-%02d-%02d", m+1, n+1)
		}
		n -= length
	}
	panic("not in 2026")
}

func qualityOf(t *testing.T, r *analytics.Result, kind, group string) publication.Quality {
	t.Helper()
	for _, g := range r.Segments {
		if g.Kind == kind && g.Name == group {
			require.NotNil(t, g.Quality)
			return *g.Quality
		}
	}
	require.Fail(t, "no such group", "%s %s", kind, group)
	return publication.Quality{}
}

func groupColumn(t *testing.T, r *analytics.Result, name string) map[string]string {
	t.Helper()
	values := map[string]string{}
	for _, row := range customersOf(t, r) {
		values[row["customer_id"]] = row[name]
	}
	return values
}

// What segments.csv says of stability is what a plain count of the two nights'
// customers says.
func TestStabilityAgainstAPlainCount(t *testing.T) {
	file := shop(t)
	first := publishJob(t, file, "as_of=2026-06-10")
	require.Empty(t, qualityOf(t, first, "tier", "gold").Stable, "nothing to compare with")
	require.False(t, qualityOf(t, first, "tier", "gold").AdjustedRand.Known())
	second := publishJob(t, file, "as_of=2026-07-01")

	for _, k := range []struct{ kind, column string }{{"rfm", "segment"}, {"tier", "tier"}, {"stage", "stage"}} {
		was, is := groupColumn(t, first, k.column), groupColumn(t, second, k.column)
		orders, ordersNow := groupColumn(t, first, "orders"), groupColumn(t, second, "orders")
		for _, g := range second.Segments {
			if g.Kind != k.kind {
				continue
			}
			var stayed, either, idle, left float64
			for id, then := range was {
				if then == g.Name && is[id] == g.Name {
					stayed++
				}
				if then == g.Name || is[id] == g.Name {
					either++
				}
				if then == g.Name && orders[id] == ordersNow[id] {
					idle++
					if is[id] != g.Name {
						left++
					}
				}
			}
			requireRatio(t, stayed, either, g.Quality.Jaccard)
			requireRatio(t, left, idle, g.Quality.Moved)
			require.True(t, g.Quality.AdjustedRand.Known())
			require.InDelta(t, randIndex(was, is), float64(g.Quality.AdjustedRand), 1e-12)
		}
	}
	require.Contains(t, []quality.Verdict{quality.Pass, quality.Warn, quality.Fail}, qualityOf(t, second, "stage", "formation").Stable)
}

func requireRatio(t *testing.T, part, whole float64, got number.Float) {
	t.Helper()
	if whole == 0 {
		require.False(t, got.Known())
		return
	}
	require.InDelta(t, part/whole, float64(got), 1e-12)
}

// randIndex is the adjusted Rand index by looking at every pair of customers.
func randIndex(was, is map[string]string) float64 {
	var both, a, b, all float64
	for one := range was {
		for other := range was {
			if one >= other {
				continue
			}
			all++
			together, still := was[one] == was[other], is[one] == is[other]
			if together {
				a++
			}
			if still {
				b++
			}
			if together && still {
				both++
			}
		}
	}
	return (both - a*b/all) / ((a+b)/2 - a*b/all)
}

// Next-period spend is counted from the anchor night, which a later month
// replaces once four weeks are full; a finished comparison stands until then.
func TestNextPeriodSpend(t *testing.T) {
	file := shop(t)
	first := publishJob(t, file, "as_of=2026-05-20")
	require.Equal(t, "2026-05-20", first.Anchor.Day)
	require.Nil(t, first.Anchor.Spend)
	require.Nil(t, qualityOf(t, first, "tier", "gold").Days)

	early := publishJob(t, file, "as_of=2026-06-05")
	require.Equal(t, "2026-05-20", early.Anchor.Day, "a month later, but not yet four weeks")
	require.Equal(t, 16, early.Anchor.Spend.Days)
	require.EqualValues(t, 16, *qualityOf(t, early, "tier", "gold").Days)

	full := publishJob(t, file, "as_of=2026-06-18")
	require.Equal(t, "2026-06-18", full.Anchor.Day, "tonight is the next anchor")
	require.Equal(t, publication.NextSpend{From: "2026-05-20", To: "2026-06-18", Days: 29, Kinds: full.Anchor.Spend.Kinds}, *full.Anchor.Spend)
	groups, before, after := groupColumn(t, first, "tier"), groupColumn(t, first, "monetary"), groupColumn(t, full, "monetary")
	var values []float64
	var group []int
	for id, tier := range groups {
		values = append(values, cellNumber(t, after[id])-cellNumber(t, before[id]))
		group = append(group, map[string]int{"": 0, "silver": 1, "gold": 2}[tier])
	}
	want := quality.Separate(values, group, 3)
	require.InDelta(t, want.EtaSquared, float64(qualityOf(t, full, "tier", "gold").EtaSquared), 1e-12)
	require.InDelta(t, want.EpsilonSquared, full.Anchor.Spend.Kinds["tier"].EpsilonSquared, 1e-12)
	require.Equal(t, len(groups), full.Anchor.Spend.Kinds["tier"].Customers)

	next := publishJob(t, file, "as_of=2026-07-01")
	require.Equal(t, "2026-06-18", next.Anchor.Day)
	require.Equal(t, full.Anchor.Spend, next.Anchor.Spend, "13 days do not replace 29")

	changed := publishJob(t, file, "as_of=2026-07-02", "tiers.0.qualify.spend=200")
	require.Equal(t, "2026-07-02", changed.Anchor.Day, "other tiers are other groups")
	require.Nil(t, changed.Anchor.Spend)
}

func cellNumber(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	require.NoError(t, err)
	return v
}

func TestReachabilityAndRules(t *testing.T) {
	r := publishJob(t, shop(t))
	rows := customersOf(t, r)
	for _, g := range r.Segments {
		if g.Kind == "pyramid" {
			require.Nil(t, g.Quality, "is not judged")
			continue
		}
		var with, all float64
		for _, row := range rows {
			if row[map[string]string{"rfm": "segment", "tier": "tier", "stage": "stage"}[g.Kind]] == g.Name {
				all++
				if row["channel"] != "" {
					with++
				}
			}
		}
		requireRatio(t, with, all, g.Quality.ReachableShare)
		require.NotEmpty(t, g.Quality.Rule)
		require.Equal(t, quality.Pass, g.Quality.Measurable)
	}
	require.Equal(t, "spend >= 1000", qualityOf(t, r, "tier", "gold").Rule)
	require.Equal(t, "in no tier", qualityOf(t, r, "tier", "").Rule)
	require.Equal(t, "spend >= 300, orders >= 3 or clv >= 900; at most 50% of customers",
		qualityOf(t, publishJob(t, shop(t), "tiers.0.qualify={spend: 300, any: {orders: 3, clv: 900}}", "tiers.0.limit={share: 0.5}"), "tier", "silver").Rule)
	require.Equal(t, "r 4-5, f 2-3", qualityOf(t, r, "rfm", "potential_loyalists").Rule)
	require.Equal(t, "fewer than 3 purchase days, no decline", qualityOf(t, r, "stage", "exploration").Rule)
	zh := publishJob(t, shop(t), "output.language=zh")
	require.Equal(t, "购买天数少于3，无退化", qualityOf(t, zh, "stage", "exploration").Rule)

	unmapped := publishCSV(t, "a,2026-06-01,10\nb,2026-05-01,20\nc,2026-04-01,5\n")
	require.False(t, unmapped.Segments[0].Quality.ReachableShare.Known())
	require.Empty(t, unmapped.Segments[0].Quality.Reachable)
}

// The columns of segments.csv follow the others, and an unknown number is an
// empty cell.
func TestQualityColumns(t *testing.T) {
	r := publishJob(t, shop(t))
	data, err := os.ReadFile(filepath.Join(r.Path, "segments.csv"))
	require.NoError(t, err)
	header, rest, _ := strings.Cut(string(data), "\n")
	require.Equal(t, "kind,group,label,customers,share,orders,revenue,past_value,future_value,equity_share,"+
		"distinct_silhouette,distinct_eta2,distinct_days,distinct,stable_ari,stable_jaccard,stable_moved,stable,"+
		"rule,measurable,reachable_share,reachable,substantial_value,substantial_margin,substantial", header)
	_, gold, found := strings.Cut(rest, "\ntier,gold")
	require.True(t, found)
	gold, _, _ = strings.Cut(gold, "\n")
	require.Contains(t, gold, ",,,,,spend >= 1000,pass,", "the first night has nothing to compare with")
}

func TestDamagedAnchor(t *testing.T) {
	file := shop(t)
	r := publishJob(t, file, "as_of=2026-06-10")
	path := filepath.Join(r.Path, "run.json")
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	var manifest map[string]any
	require.NoError(t, json.Unmarshal(data, &manifest))
	manifest["anchor"].(map[string]any)["day"] = "June"
	delete(manifest, "manifest_sha256") // as of a version that had none
	data, err = json.Marshal(manifest)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, data, 0o600))
	_, err = runJob(t, file, "as_of=2026-07-20")
	require.ErrorContains(t, err, "the night before: "+path+`: anchor.day is "June", expected a day that is not after the night; publish that night again`)
}

// The limits that depend on the shop are the job's.
func TestQualityLimitsOfTheJob(t *testing.T) {
	few := publishJob(t, shop(t), "quality.customers=60")
	require.NotEqual(t, quality.Pass, qualityOf(t, few, "tier", "gold").Substantial)
	many := publishJob(t, shop(t), "quality.customers=1", "quality.reachable=0.1")
	require.Equal(t, quality.Pass, qualityOf(t, many, "tier", "gold").Substantial)
	require.Equal(t, quality.Pass, qualityOf(t, many, "tier", "gold").Reachable)
	strict := publishJob(t, shop(t), "quality.reachable=1")
	require.NotEqual(t, quality.Pass, qualityOf(t, strict, "tier", "gold").Reachable)
}

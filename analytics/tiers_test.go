package analytics_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// programmeShop is a job in a folder of its own: four customers who buy, slow
// down and stop, in a programme of short terms.
func programmeShop(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var rows strings.Builder
	rows.WriteString("customer,time,amount,points\n")
	for day := range 120 {
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, day).Format(time.DateOnly)
		if day%5 == 0 {
			fmt.Fprintf(&rows, "steady,%s,60,6\n", at)
		}
		if day%4 == 1 && day < 40 {
			fmt.Fprintf(&rows, "gone,%s,80.10,8\n", at)
		}
		if day%4 == 3 && day < 70 {
			fmt.Fprintf(&rows, "fading,%s,25,1\n", at)
		}
		if day%9 == 2 && day > 50 {
			fmt.Fprintf(&rows, "late,%s,95,n/a\n", at)
		}
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "tx.csv"), []byte(rows.String()), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "pins.csv"), []byte("customer_id,tier,until\ngone,gold,2026-04-10\nnobody,gold,2026-04-10\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "job.yaml"), []byte(`name: shop
sources:
  - path: tx.csv
    columns: {customer: customer, time: time, amount: amount, attributes: {points: points}}
rfm: off
clv: off
stages: off
output: {report: false, purchases: false, formats: [csv]}
tiers:
  window: 30 days
  term: 1 month
  grace: 10 days
  warn: 2 weeks
  levels:
    - {name: silver, qualify: {spend: 200}, keep: {spend: 150}}
    - {name: gold, qualify: {spend: 350, any: {points: 30, orders: 9}}, keep: {spend: 300}, limit: {count: 2}}
`), 0o600))
	return filepath.Join(dir, "job.yaml")
}

// programmes are the customers' tiers, without the words.
func programmes(t *testing.T, publication string) map[string]string {
	t.Helper()
	tiers := map[string]string{}
	for _, row := range tableOf(t, publication, "customers.csv") {
		tiers[row["customer_id"]] = strings.Join([]string{row["tier"], row["tier_since"], row["tier_until"], row["tier_status"], row["tier_reason"]}, "|")
	}
	return tiers
}

// Nights that were missed are caught up: a run every day and a run after weeks
// end in the same tiers, and the changes of the days are those of the one run.
func TestDailyRunsEqualOneCatchUp(t *testing.T) {
	file := programmeShop(t)
	daily, once := t.TempDir(), t.TempDir()
	first := time.Date(2026, 2, 20, 0, 0, 0, 0, time.UTC)
	run := func(out string, day time.Time) *analytics.Result {
		settings := []string{"as_of=" + day.Format(time.DateOnly), "output.dir=" + out}
		if day.After(first) {
			settings = append(settings, "tiers.pins=pins.csv")
		}
		return publishJob(t, file, settings...)
	}
	run(once, first)
	tiers := map[string]string{}
	var changes []map[string]string
	var last *analytics.Result
	for day := range 60 {
		last = run(daily, first.AddDate(0, 0, day))
		delta := tableOf(t, last.Path, "tiers_delta.csv")
		for _, c := range delta {
			require.Equal(t, tiers[c["customer_id"]], c["from"], c)
			tiers[c["customer_id"]] = c["to"]
		}
		for _, row := range tableOf(t, last.Path, "customers.csv") {
			require.Equal(t, tiers[row["customer_id"]], row["tier"], "previous tiers and delta give today's")
		}
		if day > 0 {
			changes = append(changes, delta...)
		}
	}
	caught := run(once, first.AddDate(0, 0, 59))
	require.Equal(t, programmes(t, last.Path), programmes(t, caught.Path))
	require.Equal(t, changes, tableOf(t, caught.Path, "tiers_delta.csv"))

	ops := map[string]bool{}
	for _, c := range changes {
		ops[c["op"]] = true
	}
	for _, op := range []string{"enter", "renew", "grace", "leave", "pin", "unpin"} {
		require.True(t, ops[op], "nobody had a %s in %v", op, changes)
	}
	require.Contains(t, strings.Join(caught.Warnings, "\n"), "tiers: pins of customers who are not in the list: 1 of 2 in pins.csv")
	require.Contains(t, strings.Join(caught.Warnings, "\n"), "tiers: rows where points is not a number, which count as none: 6")

	again := run(once, first.AddDate(0, 0, 59))
	require.Equal(t, caught.RunID, again.RunID)
	require.Equal(t, caught.Files, again.Files, "the same night again gives the same bytes")
}

// A customer whose rows are gone from the exports leaves their tier.
func TestMembersWhoAreGoneLeave(t *testing.T) {
	file := programmeShop(t)
	publishJob(t, file, "as_of=2026-02-01")
	tx := filepath.Join(filepath.Dir(file), "tx.csv")
	text, err := os.ReadFile(tx)
	require.NoError(t, err)
	kept := strings.Join(strings.Split(strings.ReplaceAll(string(text), "\ngone,", "\n#"), "\n#"), "\n")
	var rest []string
	for line := range strings.Lines(kept) {
		if !strings.Contains(line, ",80.10,") {
			rest = append(rest, line)
		}
	}
	require.NoError(t, os.WriteFile(tx, []byte(strings.Join(rest, "")), 0o600))
	r := publishJob(t, file, "as_of=2026-02-02")
	delta := tableOf(t, r.Path, "tiers_delta.csv")
	require.Len(t, delta, 1)
	require.Equal(t, "gone", delta[0]["customer_id"])
	require.Equal(t, "leave", delta[0]["op"])
	require.NotEmpty(t, delta[0]["from"])
	require.Empty(t, delta[0]["to"])
}

// The safety valve stops a night that leaves its limits: nothing is published.
func TestGuard(t *testing.T) {
	const night = "shop as of 2026-03-15: "
	const advice = "; look at the exports and the rules; if all is as it should be, run this night with --set guard=off"
	for _, c := range []struct{ name, guard, want string }{
		{"age", "guard={age: 2 days}", "guard.age: the newest transaction is of 2026-03-07, older than 2 days before 2026-03-15"},
		{"rows", "guard={rows: 0.1}", "guard.rows: 9 rows were read and 59 on 2026-03-10, a fall of 84.7% where 10.0% is allowed"},
		{"customers", "guard={customers: 0.3}", "guard.customers: the list has 2 customers and had 4 on 2026-03-10, a change of 50.0% where 30.0% is allowed"},
		{"downgrades", "guard={downgrades: 0.2}", "guard.downgrades: 2 of the 2 members on 2026-03-10 would fall, 100.0% where 20.0% is allowed"},
		{"tiers", "guard={tiers: 0.5}", "guard.tiers: gold has 0 members and had 1 on 2026-03-10, a change of 100.0% where 50.0% is allowed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := programmeShop(t)
			before := publishJob(t, file, "as_of=2026-03-10", "tiers.term=1 day", "tiers.grace=none")
			tx := filepath.Join(filepath.Dir(file), "tx.csv")
			require.NoError(t, os.WriteFile(tx, []byte(thinned(t, tx)), 0o600))
			j, err := job.Load(file, []string{"as_of=2026-03-15", c.guard, "tiers.term=1 day", "tiers.grace=none"}, time.Now)
			require.NoError(t, err)
			_, err = analytics.Run(t.Context(), j, analytics.Options{SpillDir: t.TempDir()})
			var data *ledger.DataError
			require.ErrorAs(t, err, &data)
			require.EqualError(t, err, night+c.want+advice)
			latest, err := os.Readlink(filepath.Join(filepath.Dir(before.Path), "latest"))
			require.NoError(t, err)
			require.Equal(t, "2026-03-10", latest)
			publishJob(t, file, "as_of=2026-03-15", "guard=off")
		})
	}
}

// thinned is an export that lost most of its rows: those of gone, the newest,
// and every other purchase.
func thinned(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	var out strings.Builder
	kept := 0
	for line := range strings.Lines(string(text)) {
		header := strings.HasPrefix(line, "customer,")
		if !header && (strings.HasPrefix(line, "gone,") || strings.HasPrefix(line, "fading,") || strings.Split(line, ",")[1] > "2026-03-12") {
			continue
		}
		if kept++; header || strings.HasPrefix(line, "late,") || kept%2 == 1 {
			out.WriteString(line)
		}
	}
	return out.String()
}

// What a publication has of its own cannot be an attribute's name, or the night
// would fail when it is written; and a metric goes before an attribute.
func TestNamesOfAttributesAreTheirOwn(t *testing.T) {
	file := programmeShop(t)
	r := publishJob(t, file, "as_of=2026-03-01", "rfm={weights: {r: 1}}", "clv={model: mbg-nbd}", "stages={}",
		"sources.0.columns.category=customer", "sources.0.columns.attributes={points: points, spend: points}")
	rows := customersOf(t, r)
	tiers := map[string]string{}
	for _, row := range rows {
		tiers[row["customer_id"]] = row["tier"]
	}
	require.Equal(t, "gold", tiers["steady"], "by spend, not by the attribute of that name")
	for name := range rows[0] {
		if name == "spend" || name == "points" {
			continue
		}
		_, err := job.Load(file, []string{"sources.0.columns.attributes={" + name + ": points}", "tiers=off"}, time.Now)
		require.ErrorContains(t, err, "is a column of every publication; choose another name", name)
	}
}

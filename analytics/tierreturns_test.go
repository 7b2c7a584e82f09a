package analytics_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// returningShop is a job of customers who buy by threes of days and give some of it
// back, under rules that take tiers back.
func returningShop(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	var rows strings.Builder
	rows.WriteString("customer,time,amount\n")
	for c, spend := range []int{60, 90, 150, 260} {
		for k := range 30 {
			at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 3*k+c)
			if (k+c)%9 < 5 {
				fmt.Fprintf(&rows, "c%d,%s,%d\n", c, at.Format(time.DateOnly), spend+10*(k%4))
			}
			if (k*k+c)%7 == 4 {
				fmt.Fprintf(&rows, "c%d,%s,%d\n", c, at.AddDate(0, 0, 1).Format(time.DateOnly), -3*spend)
			}
		}
	}
	rows.WriteString("up,2026-01-03,250\nup,2026-01-09,300\nup,2026-01-19,-300\n")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "tx.csv"), []byte(rows.String()), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "job.yaml"), []byte(`name: shop
sources:
  - path: tx.csv
    columns: {customer: customer, time: time, amount: amount}
rfm: off
clv: off
stages: off
output: {report: false, purchases: false, formats: [csv]}
tiers:
  window: 20 days
  term: 1 month
  grace: 5 days
  warn: 1 week
  returns: reverse
  levels:
    - {name: silver, qualify: {spend: 200}, keep: {spend: 150}}
    - {name: "gold; or better", qualify: {spend: 450}, keep: {spend: 300}}
`), 0o600))
	return filepath.Join(dir, "job.yaml")
}

// Tiers that are taken back are so whichever nights are run: every night, one night
// after weeks, or the first of all.
func TestReturnsTakeTiersBackWhicheverNightsRun(t *testing.T) {
	file := returningShop(t)
	daily, once := t.TempDir(), t.TempDir()
	first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	night := func(out string, day int, more ...string) string {
		return publishJob(t, file, append(more, "as_of="+first.AddDate(0, 0, day).Format(time.DateOnly), "output.dir="+out)...).Path
	}
	var last string
	tiers, deltas := map[string]string{}, []map[string]string{}
	ops := map[string]int{}
	for day := range 81 {
		last = night(daily, day)
		for _, c := range tableOf(t, last, "tiers_delta.csv") {
			require.Equal(t, tiers[c["customer_id"]], c["from"], c)
			tiers[c["customer_id"]] = c["to"]
			deltas = append(deltas, c)
			if strings.Contains(c["reason"], "is taken back: ") {
				ops[c["op"]]++
				require.Equal(t, "spend", c["metric"])
				require.NotEmpty(t, c["threshold"])
			}
		}
		if day == 10 {
			night(once, day)
		}
		if day%40 == 0 {
			require.Equal(t, programmes(t, last), programmes(t, night(t.TempDir(), day)))
		}
	}
	caught := night(once, 80)
	require.Equal(t, programmes(t, last), programmes(t, caught))
	after := deltas[len(deltas)-len(tableOf(t, caught, "tiers_delta.csv")):]
	require.Equal(t, after, tableOf(t, caught, "tiers_delta.csv"))
	for _, op := range []string{"leave", "downgrade"} {
		require.Positive(t, ops[op], "%s: %v", op, ops)
	}

	// By default nothing is.
	for _, c := range tableOf(t, night(once, 81, "tiers.returns=keep"), "tiers_delta.csv") {
		require.NotContains(t, c["reason"], "taken back")
	}
}

// The member of 3 January is a member of that day again.
func TestTheTierBeforeIsPublishedWithItsDays(t *testing.T) {
	file := returningShop(t)
	for _, night := range []string{"2026-01-10", "2026-01-18", "2026-01-19"} {
		r := publishJob(t, file, "as_of="+night)
		if night != "2026-01-19" {
			require.Contains(t, programmes(t, r.Path)["up"], "gold; or better|2026-01-09|2026-02-09|active|")
			continue
		}
		require.Equal(t, "silver|2026-01-03|2026-02-03|active|silver since 2026-01-03: gold; or better of 2026-01-09 is taken back: "+
			"spend 250 from 2025-12-21 to 2026-01-19, gold; or better asks for 450; to keep it on 2026-02-03: spend of 150 (so far -300)",
			programmes(t, r.Path)["up"])
	}
}

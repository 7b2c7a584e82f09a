package analytics_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
)

// loyal is a shop with tiers whose terms are longer than what counts for them.
const loyal = `name: loyal
sources:
  - path: tx.csv
    columns: {customer: customer, time: time, amount: amount, keys: {email: email}}
clv: off
rfm: off
output: {formats: [csv]}
identity: {normalise: [%s], keys: [email]%s}
tiers:
  window: 3 months
  pins: pins.csv
  levels:
    - {name: silver, qualify: {spend: 100}}
    - {name: gold, qualify: {spend: 500}}
`

// writeNight writes the files of a shop's night.
func writeNight(t *testing.T, dir, job string, rows []string, pins string) {
	t.Helper()
	for name, text := range map[string]string{
		"job.yaml": job, "tx.csv": "customer,time,amount,email\n" + strings.Join(rows, "\n") + "\n",
		"pins.csv": "customer_id,tier,until\n" + pins,
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
}

// tiersOf are the tiers of a night, by customer.
func tiersOf(t *testing.T, r *analytics.Result) map[string]string {
	t.Helper()
	tiers := map[string]string{}
	for _, row := range customersOf(t, r) {
		if row["tier"] != "" {
			tiers[row["customer_id"]] = row["tier"]
		}
	}
	return tiers
}

// requireReplay applies the changes of a night to the tiers of the one before it.
func requireReplay(t *testing.T, before, after *analytics.Result) {
	t.Helper()
	tiers, day := tiersOf(t, before), map[string]bool{}
	for _, c := range tableOf(t, after.Path, "tiers_delta.csv") {
		require.Equal(t, tiers[c["customer_id"]], c["from"], "%v", c)
		require.False(t, day[c["customer_id"]+c["effective"]], "two changes on one day: %v", c)
		day[c["customer_id"]+c["effective"]] = true
		delete(tiers, c["customer_id"])
		if c["to"] != "" {
			tiers[c["customer_id"]] = c["to"]
		}
	}
	require.Equal(t, tiersOf(t, after), tiers)
}

// A person goes on from the best tier of all their ids, as it stood, and the changes say
// so. A stage is that of all that the person bought.
func TestMergedCustomersAreRemembered(t *testing.T) {
	dir := t.TempDir()
	rows := []string{
		"low,2025-09-01,10,", "low,2026-01-10,150,", // silver
		"high,2025-10-01,600,",                        // gold until October
		"plain,2025-08-01,10,", "tin,2026-01-05,120,", // none, and silver
		"top,2025-08-01,700,", "late,2026-02-01,20,", // gold, and none
		"UP,2025-10-02,800,",                        // gold
		"pinned,2025-08-01,5,", "pin,2026-02-02,5,", // gold by hand
	}
	const pins = "pin,gold,2026-12-31\n"
	writeNight(t, dir, fmt.Sprintf(loyal, "trim", ""), rows, pins)
	file := filepath.Join(dir, "job.yaml")
	first := publishJob(t, file, "as_of=2026-03-01")
	require.Equal(t, map[string]string{"low": "silver", "high": "gold", "tin": "silver", "top": "gold", "UP": "gold", "pin": "gold"}, tiersOf(t, first))

	for _, pair := range [][2]string{{"low", "high"}, {"plain", "tin"}, {"top", "late"}, {"pinned", "pin"}} {
		for _, id := range pair {
			rows = append(rows, id+",2026-03-02,1,"+pair[0]+"@x.example")
		}
	}
	rows = append(rows, "up,2026-03-02,1,")
	writeNight(t, dir, fmt.Sprintf(loyal, "lower", ""), rows, pins)
	second := publishJob(t, file, "as_of=2026-03-02")
	require.Equal(t, map[string]string{"low": "gold", "plain": "silver", "top": "gold", "up": "gold", "pinned": "gold"}, tiersOf(t, second))
	requireReplay(t, first, second)
	require.EqualValues(t, 10, second.Identity.IDs)
	require.EqualValues(t, 5, second.Identity.Renamed)

	of := map[string]map[string]string{}
	for _, row := range customersOf(t, second) {
		of[row["customer_id"]] = row
	}
	require.Equal(t, "2025-10-01", of["low"]["tier_since"], "the tier of the other id, as it stood")
	require.Equal(t, "2026-10-01", of["low"]["tier_until"])
	require.Equal(t, "2025-10-02", of["up"]["tier_since"])
	require.Equal(t, "pinned", of["pinned"]["tier_status"])
	require.Equal(t, "4", of["low"]["purchase_days"])
	require.Equal(t, "formation", of["low"]["stage"], "of three days and more, where each id had two")

	third := publishJob(t, file, "as_of=2026-03-03")
	requireReplay(t, second, third)
	require.Empty(t, tableOf(t, third.Path, "tiers_delta.csv"))
	require.EqualValues(t, 0, third.Identity.Renamed)
}

// The same for shops of all sorts, with maps that change from night to night, limits and
// pins: changes give the tiers of the night, whoever turns out to be whom.
func TestChangesReplayOverMerges(t *testing.T) {
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 1))
		dir, file := t.TempDir(), ""
		id := func() string { return string(rune('a' + random.IntN(12))) }
		day := func() string {
			return fmt.Sprintf("2025-%02d-%02d", 1+random.IntN(12), 1+random.IntN(28))
		}
		var rows []string
		for range 60 {
			rows = append(rows, fmt.Sprintf("%s,%s,%d,", id(), day(), 20+random.IntN(300)))
		}
		job := fmt.Sprintf(loyal, "trim", ", map: ids.csv")
		if seed%2 == 1 {
			job = strings.Replace(job, "{name: gold,", "{name: gold, limit: {count: 3},", 1)
		}
		pins := ""
		if seed%3 == 1 {
			pins = id() + ",gold,2026-02-04\n"
		}
		var before *analytics.Result
		for night := range 4 {
			writeNight(t, dir, job, rows, pins)
			var ids strings.Builder
			ids.WriteString("alias,customer\n")
			for alias := range 'l' - 'a' {
				if random.IntN(3) == 0 { // a chain never leads back
					fmt.Fprintf(&ids, "%c,%c\n", 'a'+alias, 'a'+alias+1+random.Int32N('l'-'a'-alias))
				}
			}
			require.NoError(t, os.WriteFile(filepath.Join(dir, "ids.csv"), []byte(ids.String()), 0o600))
			file = filepath.Join(dir, "job.yaml")
			r := publishJob(t, file, fmt.Sprintf("as_of=2026-02-%02d", 1+2*night), "stages=off")
			if before != nil {
				requireReplay(t, before, r)
			}
			before = r
			rows = append(rows, fmt.Sprintf("%s,2026-02-%02d,%d,", id(), 2+2*night, 20+random.IntN(500)))
		}
	}
}

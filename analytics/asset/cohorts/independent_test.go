package cohorts_test

import (
	"database/sql"
	_ "embed"
	"encoding/csv"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2" // the second reader of the exports
	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
)

// recompute makes cohorts.csv of the exports and of customers.parquet, by another route.
//
//go:embed testdata/cohorts.sql
var recompute string

// shop is the exports of a shop whose customers buy by several channels in several regions,
// some on one day, give back, and are won in some months by money and in others not.
func shop(seed uint64) (sales, spend string) {
	r := rand.New(rand.NewPCG(seed, 7))
	one := func(of ...string) string { return of[r.IntN(len(of))] }
	var s strings.Builder
	s.WriteString("id,no,day,amount,cost,channel,region\n")
	first, no := time.Date(2024, 11, 3, 0, 0, 0, 0, time.UTC), 0
	for customer := range 120 {
		day, home := first.AddDate(0, 0, r.IntN(420)), one("north", "south", "", "east")
		for range 1 + r.IntN(7) {
			for range 1 + r.IntN(2) {
				no++
				channel := one("web", "shop", "", "Web")
				for range 1 + r.IntN(3) {
					amount := float64(r.IntN(9000)) / 100
					fmt.Fprintf(&s, "c%03d,%d,%s,%.2f,%.3f,%s,%s\n", customer, no, day.Format(time.DateOnly), amount, amount*r.Float64(), channel, one(home, home, "south"))
				}
			}
			if r.IntN(5) == 0 {
				no++
				fmt.Fprintf(&s, "c%03d,%d,%s,-%.2f,-1,web,%s\n", customer, no, day.AddDate(0, 0, r.IntN(40)-5).Format(time.DateOnly), float64(r.IntN(4000))/100, home)
			}
			day = day.AddDate(0, 0, r.IntN(70))
		}
	}
	var b strings.Builder
	b.WriteString("month,channel,amount\n")
	for month := range 18 {
		at := time.Date(2024, time.Month(9+month), 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
		for _, channel := range []string{"web", "shop", "tv", ""} {
			if r.IntN(3) > 0 {
				fmt.Fprintf(&b, "%s,%s,%d.%03d\n%s,%s,%d\n", at, channel, r.IntN(900), r.IntN(1000), at, channel, r.IntN(300))
			}
		}
	}
	return s.String(), b.String()
}

// publish does a night of a shop and gives the folder of its exports and of the publication.
func publish(t *testing.T, sales, spend, settings string, threads int) (dir, path string) {
	t.Helper()
	dir = t.TempDir()
	text := "name: shop\nas_of: 2026-01-17\nsources:\n  - path: sales.csv\n    columns: {customer: id, order: no, time: day, amount: amount, channel: channel, region: region" + settings
	for name, content := range map[string]string{"sales.csv": sales, "spend.csv": spend, "job.yaml": text} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
	}
	j, err := job.Load(filepath.Join(dir, "job.yaml"), []string{"output.report=false"}, time.Now)
	require.NoError(t, err)
	r, err := analytics.Run(t.Context(), j, analytics.Options{SpillDir: t.TempDir(), Threads: threads})
	require.NoError(t, err)
	return dir, r.Path
}

// tableOf is the table of a publication: rows as texts by column.
func tableOf(t *testing.T, path string) (rows []map[string]string) {
	t.Helper()
	f, err := os.Open(filepath.Join(path, "cohorts.csv"))
	require.NoError(t, err)
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	for _, record := range records[1:] {
		row := map[string]string{}
		for k, name := range records[0] {
			row[name] = record[k]
		}
		rows = append(rows, row)
	}
	return rows
}

// recomputed are the rows that DuckDB makes of the exports alone, with the sums of what
// customers.parquet says ahead.
func recomputed(t *testing.T, dir, path string, settings map[string]string) (rows []map[string]string) {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	require.NoError(t, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	for name, value := range settings {
		_, err := db.ExecContext(t.Context(), "SET VARIABLE "+name+" = "+value)
		require.NoError(t, err)
	}
	for name, file := range map[string]string{"sales_file": filepath.Join(dir, "sales.csv"), "spend_file": filepath.Join(dir, "spend.csv"), "customers_file": filepath.Join(path, "customers.parquet")} {
		_, err := db.ExecContext(t.Context(), "SET VARIABLE "+name+" = '"+file+"'")
		require.NoError(t, err)
	}
	found, err := db.QueryContext(t.Context(), recompute)
	require.NoError(t, err)
	defer found.Close()
	names, err := found.Columns()
	require.NoError(t, err)
	cells, into := make([]string, len(names)), make([]any, len(names))
	for i := range cells {
		into[i] = &cells[i]
	}
	for found.Next() {
		require.NoError(t, found.Scan(into...))
		row := map[string]string{}
		for i, name := range names {
			row[name] = cells[i]
		}
		rows = append(rows, row)
	}
	require.NoError(t, found.Err())
	return rows
}

// Every row of the table is what DuckDB makes of the exports by another route, to the cent:
// with costs by channel and with what was spent, with costs of goods and without.
func TestTheTableByAnotherRoute(t *testing.T) {
	for name, c := range map[string]struct {
		settings string
		sql      map[string]string
	}{
		"spend": {
			"}\nclv: {model: nbd, margin: 0.4, costs: {acquisition: {spend: spend.csv}, per_order: 1.5, per_year_alive: 7}}\n",
			map[string]string{"by_spend": "true", "margin": "0.4", "per_order": "1.5", "per_year": "7"},
		},
		"channels, and goods have costs": {
			", cost: cost}\nclv: {model: nbd, costs: {acquisition: {channels: {web: 60, shop: 90.125}, default: 20}}}\n",
			map[string]string{"by_spend": "false", "margin": "NULL", "per_order": "0", "per_year": "0"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			seen := map[string]int{}
			for seed := range uint64(4) {
				sales, spend := shop(seed)
				dir, path := publish(t, sales, spend, c.settings, 1+int(seed%2))
				got, want := tableOf(t, path), recomputed(t, dir, path, c.sql)
				require.Len(t, got, len(want))
				for i, row := range want {
					given := maps.Clone(got[i])
					given["payback_seen"], given["paid"] = "", ""
					if given["payback"] == "seen" {
						given["payback_seen"], given["paid"] = "seen", given["payback_month"]
					}
					for name, value := range row {
						require.Equal(t, value, given[name], "seed %d, row %d, %s: %v", seed, i, name, row)
					}
					if month := row["kind"] == "month" || row["kind"] == "cohort"; month {
						requirePayback(t, got[i])
						seen[got[i]["payback"]]++
					}
				}
			}
			require.True(t, seen["seen"] > 20 && seen["forecast"] > 5 && (seen["never"] > 5 || c.sql["by_spend"] == "false"), "%v", seen)
		})
	}
}

// requirePayback requires what holds of each payback that is not seen: its interval is in
// order.
func requirePayback(t *testing.T, row map[string]string) {
	t.Helper()
	low, month, high := row["payback_low"], row["payback_month"], row["payback_high"]
	switch row["payback"] {
	case "seen":
		require.NotEmpty(t, month, "%v", row)
		require.Empty(t, low+high, "%v", row)
	case "forecast":
		require.NotEmpty(t, low, "%v", row)
		require.LessOrEqual(t, low, month, "%v", row)
		require.True(t, high == "" || month <= high, "%v", row)
		require.GreaterOrEqual(t, low, "2026-01", "%v", row)
	case "never":
		require.Empty(t, month+high, "%v", row)
	default:
		require.Equal(t, "0.00", row["acquisition"], "%v", row)
	}
}

// The same exports give the same bytes with any number of threads.
func TestThreadsDoNotMatter(t *testing.T) {
	const settings = "}\nclv: {model: pareto-nbd, margin: 0.4, costs: {acquisition: {spend: spend.csv}, per_order: 1}}\n"
	sales, spend := shop(3)
	_, one := publish(t, sales, spend, settings, 1)
	want, err := os.ReadFile(filepath.Join(one, "cohorts.csv"))
	require.NoError(t, err)
	_, two := publish(t, sales, spend, settings, 2)
	got, err := os.ReadFile(filepath.Join(two, "cohorts.csv"))
	require.NoError(t, err)
	require.Equal(t, string(want), string(got))
}

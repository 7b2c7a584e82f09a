package retention_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/asset/assettest"
)

// Retention by another route: windows over the active periods of each customer, in DuckDB
// alone. The parameters are the months of a unit, how a period is named, and the last day.
const retentionSQL = `WITH months AS (
	SELECT customer, (12 * year(day) + month(day) - 1) // %[1]d AS p, day, amount FROM moves
),
spells AS (SELECT customer, p, sum(amount) AS rev FROM months GROUP BY ALL),
active AS (
	SELECT customer, (12 * year(day) + month(day) - 1) // %[1]d AS p, count(DISTINCT day) AS days, min(min(day)) OVER (PARTITION BY customer) AS born
	FROM lines GROUP BY customer, p
),
chain AS (
	SELECT a.*, s.rev, lag(a.p) OVER w AS before, lag(s.rev) OVER w AS rev_before, lead(a.p) OVER w AS after, a.p * %[1]d // 12 AS y
	FROM active AS a JOIN spells AS s USING (customer, p) WINDOW w AS (PARTITION BY customer ORDER BY a.p)
),
here AS (
	SELECT p, count(*) AS active, count(*) FILTER (WHERE before IS NULL) AS new, count(*) FILTER (WHERE before = p - 1) AS retained,
		count(*) FILTER (WHERE before < p - 1) AS resurrected, count(*) FILTER (WHERE days > 1 OR before IS NOT NULL) AS repeat,
		sum(rev) AS rev, sum(rev) FILTER (WHERE before IS NULL) AS new_rev, sum(rev) FILTER (WHERE before < p - 1) AS res_rev,
		sum(greatest(rev - rev_before, 0)) FILTER (WHERE before = p - 1) AS expansion,
		sum(greatest(rev_before - rev, 0)) FILTER (WHERE before = p - 1) AS contraction,
		count(*) FILTER (WHERE year(born) < y) AS former, sum(rev) FILTER (WHERE year(born) < y) AS former_rev
	FROM chain GROUP BY p
),
gone AS (
	SELECT p + 1 AS p, count(*) AS start_n, sum(rev) AS start_rev, count(*) FILTER (WHERE after IS NULL OR after > p + 1) AS churned,
		sum(rev) FILTER (WHERE after IS NULL OR after > p + 1) AS churned_rev
	FROM chain GROUP BY p
),
idle AS (SELECT p, -sum(rev) AS idle FROM spells ANTI JOIN active USING (customer, p) GROUP BY p),
net AS (SELECT p, sum(rev) AS net FROM spells GROUP BY p),
span AS (SELECT min((12 * year(day) + month(day) - 1) // %[1]d) AS first, (12 * year(DATE '%[3]s') + month(DATE '%[3]s') - 1) // %[1]d AS last FROM rows),
periods AS (SELECT unnest(generate_series(first, last)) AS p FROM span),
filled AS (
	SELECT p, coalesce(start_n, 0) AS start_n, coalesce(retained, 0) AS retained, coalesce(churned, 0) AS churned, coalesce(resurrected, 0) AS resurrected,
		coalesce(new, 0) AS new, coalesce(active, 0) AS active, coalesce(repeat, 0) AS repeat, coalesce(start_rev, 0) AS start_rev, coalesce(churned_rev, 0) AS churned_rev,
		coalesce(contraction, 0) AS contraction, coalesce(expansion, 0) AS expansion, coalesce(res_rev, 0) AS res_rev, coalesce(new_rev, 0) AS new_rev,
		coalesce(rev, 0) AS rev, coalesce(idle, 0) AS idle, coalesce(net, 0) AS net, coalesce(former, 0) AS former, coalesce(former_rev, 0) AS former_rev
	FROM periods LEFT JOIN here USING (p) LEFT JOIN gone USING (p) LEFT JOIN idle USING (p) LEFT JOIN net USING (p)
)
SELECT %[2]s, start_n, retained, churned, resurrected, new, active, start_rev, churned_rev, contraction, expansion, res_rev, new_rev, rev, idle, net, former, former_rev,
	coalesce(round(CASE WHEN active > 0 THEN repeat / active END, 9), -1), coalesce(round(CASE WHEN start_n > 0 THEN retained / start_n END, 9), -1),
	coalesce(round(CASE WHEN start_rev > 0 THEN CAST(start_rev - churned_rev - contraction + expansion AS DOUBLE) / start_rev END, 9), -1),
	coalesce(round(CASE WHEN start_rev > 0 THEN CAST(start_rev - churned_rev - contraction AS DOUBLE) / start_rev END, 9), -1),
	coalesce(round(CASE WHEN rev > 0 THEN CAST(former_rev AS DOUBLE) / rev END, 9), -1)
FROM filled ORDER BY p`

// publishedSQL is the same of retention.csv.
const publishedSQL = `SELECT period, start_customers, retained, churned, resurrected, new, active, %s,
	coalesce(round(CAST(repeat_rate AS DOUBLE), 9), -1), coalesce(round(CAST(customer_retention AS DOUBLE), 9), -1), coalesce(round(CAST(net_retention AS DOUBLE), 9), -1),
	coalesce(round(CAST(gross_retention AS DOUBLE), 9), -1), coalesce(round(CAST(former_share AS DOUBLE), 9), -1)
FROM read_csv('%s', all_varchar = true) WHERE unit = '%s'`

// requireTables holds retention.csv against what DuckDB finds in the rows.
func requireTables(t *testing.T, b assettest.Books, folder, asOf string) {
	t.Helper()
	var casts strings.Builder
	for _, c := range []string{"start_revenue", "churned_revenue", "contraction", "expansion", "resurrected_revenue", "new_revenue", "active_revenue", "idle_returned", "revenue"} {
		casts.WriteString("CAST(" + c + " AS DECIMAL(38, 6)), ")
	}
	amounts := casts.String() + "former_customers, CAST(former_revenue AS DECIMAL(38, 6))"
	for _, u := range []struct {
		unit   string
		months int
		name   string
	}{
		{"month", 1, "printf('%04d-%02d', p // 12, p % 12 + 1)"}, {"quarter", 3, "printf('%04d-Q%d', p // 4, p % 4 + 1)"}, {"year", 12, "printf('%04d', p)"},
	} {
		want := b.Rows(fmt.Sprintf(retentionSQL, u.months, u.name, asOf))
		require.Equal(t, fmt.Sprint(want), fmt.Sprint(b.Rows(fmt.Sprintf(publishedSQL, amounts, filepath.Join(folder, "retention.csv"), u.unit))), u.unit)
	}
}

// DuckDB alone finds the same customers, cents and shares.
func TestRetentionByDuckDB(t *testing.T) {
	for seed := range uint64(12) {
		s := assettest.Random(t, seed)
		r := assettest.Night(t, s.Job(t, "clv: off\n"), 1)
		b := s.Books(t)
		b.Stand()
		requireTables(t, b, r.Path, "2026-05-20")
		requireChains(t, b, r.Path)
	}
}

// requireChains holds rows against each other, against the sources of revenue, and the months
// of a quarter and a year against it.
func requireChains(t *testing.T, b assettest.Books, folder string) {
	t.Helper()
	b.Exec(`CREATE TABLE kept AS SELECT * FROM read_csv('` + filepath.Join(folder, "retention.csv") + `', types = {'start_revenue': 'DECIMAL(38, 6)', 'churned_revenue': 'DECIMAL(38, 6)',
		'contraction': 'DECIMAL(38, 6)', 'expansion': 'DECIMAL(38, 6)', 'resurrected_revenue': 'DECIMAL(38, 6)', 'new_revenue': 'DECIMAL(38, 6)', 'active_revenue': 'DECIMAL(38, 6)',
		'idle_returned': 'DECIMAL(38, 6)', 'revenue': 'DECIMAL(38, 6)', 'period': 'VARCHAR'})`)
	require.Empty(t, b.Rows(`SELECT period FROM kept WHERE active_revenue <> start_revenue - churned_revenue - contraction + expansion + resurrected_revenue + new_revenue
		OR revenue <> active_revenue - idle_returned OR start_customers <> retained + churned OR active <> retained + resurrected + new`))
	require.Empty(t, b.Rows(`SELECT period FROM (SELECT *, lag(active_revenue, 1, 0) OVER (PARTITION BY unit ORDER BY period) AS before FROM kept) WHERE before <> start_revenue`))
	require.Empty(t, b.Rows(`SELECT k.period FROM kept AS k FULL JOIN read_csv('`+filepath.Join(folder, "revenue_sources.csv")+`', types = {'net': 'DECIMAL(38, 6)', 'month': 'VARCHAR'}) AS s ON k.period = s.month
		WHERE k.unit = 'month' AND coalesce(s.net, 0) <> k.revenue OR k.period IS NULL`))
	require.Equal(t, [][]string{{"1"}}, b.Rows(`SELECT count(DISTINCT sum) FROM (SELECT sum(revenue) AS sum FROM kept GROUP BY unit)`))
}

// On UCI Online Retail, whose first returns are of purchases before it begins.
func TestRetentionOfOnlineRetail(t *testing.T) {
	r := assettest.Night(t, assettest.OnlineRetailJob(t), 2)
	b := assettest.OnlineRetailBooks(t)
	b.Stand()
	requireTables(t, b, r.Path, "2011-12-10")
	requireChains(t, b, r.Path)
}

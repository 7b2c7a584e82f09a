package equity_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/asset/equity"
	"clientele/internal/money"
)

// secondReading has of each group, by another route, what the two exports of customers alone
// tell: a line of SQL each, and nothing of this program.
const secondReading = `
WITH night AS (
    SELECT coalesce(n.customer_id, b.customer_id) AS id, b.customer_id IS NOT NULL AS was, n.customer_id IS NOT NULL AS "is",
        coalesce(b.future_value, 0)::DECIMAL(38, 6) AS v0, coalesce(n.future_value, 0)::DECIMAL(38, 6) AS v1,
        n.first_day > $3::DATE AS fresh,
        coalesce(round(b.future_value * (pow(1.1, date_diff('day', $3::DATE, $4::DATE) / 365.25) - 1), 6), 0)::DECIMAL(38, 6) AS interest,
        b.stage AS stage0, n.stage AS stage1, b.tier AS tier0, n.tier AS tier1, b.segment AS segment0, n.segment AS segment1
    FROM read_parquet($1) AS b FULL JOIN read_parquet($2) AS n USING (customer_id)),
grouped AS (
    SELECT *, 'total' AS kind, '' AS g0, '' AS g1 FROM night
    UNION ALL BY NAME SELECT *, 'stage' AS kind, stage0 AS g0, stage1 AS g1 FROM night
    UNION ALL BY NAME SELECT *, 'tier' AS kind, tier0 AS g0, tier1 AS g1 FROM night
    UNION ALL BY NAME SELECT *, 'segment' AS kind, segment0 AS g0, segment1 AS g1 FROM night),
lines AS (
    SELECT kind, g0 AS "group", 'opening' AS line, v0 AS amount FROM grouped WHERE was
    UNION ALL SELECT kind, g1, 'moved_in', v0 FROM grouped WHERE was AND "is" AND g0 <> g1
    UNION ALL SELECT kind, g0, 'moved_out', -v0 FROM grouped WHERE was AND "is" AND g0 <> g1
    UNION ALL SELECT kind, g1, 'new_customers', v1 FROM grouped WHERE NOT was AND fresh
    UNION ALL SELECT kind, g0, 'gone', -v0 FROM grouped WHERE was AND NOT "is"
    UNION ALL SELECT kind, g1, 'discount', interest FROM grouped WHERE was AND "is"
    UNION ALL SELECT kind, g1, 'closing', v1 FROM grouped WHERE "is")
SELECT kind || '/' || "group" || '/' || line, sum(amount)::VARCHAR FROM lines GROUP BY ALL`

// DuckDB alone gets the same opening, new customers, gone, discount, moves between groups and
// closing, to the last place.
func TestDuckDBGetsTheSame(t *testing.T) {
	out := t.TempDir()
	more := []string{"clv.model=pareto-nbd", "sources.0.where=category <> 'Gifts' OR amount >= 10"}
	before := publish(t, bundled, out, "2025-11-30", more...)
	// One in a hundred is erased, all of whom stand in no list of what came back.
	more[1] = "sources.0.where=(category <> 'Gifts' OR amount >= 10) AND customer_id NOT LIKE '%77'"
	night := publish(t, bundled, out, "2026-02-28", more...)
	l := read(t, night)
	requireCloses(t, l)
	want := amounts(t, secondReading, filepath.Join(before.Path, "customers.parquet"), filepath.Join(night.Path, "customers.parquet"), before.AsOf, night.AsOf)
	seen := map[string]bool{}
	for _, g := range l {
		for line, amount := range map[string]money.Amount{
			"opening": g.Lines[equity.Opening], "moved_in": g.Lines[equity.MovedIn], "moved_out": g.Lines[equity.MovedOut],
			"new_customers": g.Lines[equity.NewCustomers], "discount": g.Lines[equity.Discount], "closing": g.Lines[equity.Closing],
			// The condition of a source says what a row means: who goes with it goes by settings.
			"gone": sum(g.Lines[equity.Erased], g.Lines[equity.Settings]),
		} {
			require.Equal(t, want[g.Kind+"/"+g.Name+"/"+line], amount, "%s %s: %s", g.Kind, g.Name, line)
			seen[line] = seen[line] || amount != money.Amount{}
		}
	}
	require.Len(t, seen, 7)
	for line, any := range seen {
		require.True(t, any, line)
	}
}

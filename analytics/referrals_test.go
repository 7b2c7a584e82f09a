package analytics_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// referralsAgain computes referral_value from the export and the published clv. What is
// said of a customer on the first day counts; who comes back to themselves on the way up is
// in a circle, and was brought by nobody.
const referralsAgain = `
WITH RECURSIVE worth AS (
    SELECT customer_id AS id, clv, referral_value, referral_credit, referred_customers FROM read_parquet(?)
),
said AS (
    SELECT id, brought_by, min(day) AS day
    FROM read_csv(?, all_varchar = true)
    WHERE brought_by IN (SELECT id FROM worth) AND brought_by <> id AND id IN (SELECT id FROM worth)
    GROUP BY id, brought_by
),
link AS (SELECT id, arg_min(brought_by, (day, brought_by)) AS above FROM said GROUP BY id),
way AS (
    SELECT id, above, 1 AS step FROM link
    UNION ALL
    SELECT way.id, link.above, step + 1 FROM way JOIN link ON link.id = way.above WHERE step < 100
),
circle AS (SELECT DISTINCT id FROM way WHERE id = above),
free AS (SELECT * FROM link WHERE id NOT IN (SELECT id FROM circle)),
up AS (
    SELECT id, above, 1 AS step FROM free
    UNION ALL
    SELECT up.id, free.above, step + 1 FROM up JOIN free ON free.id = up.above WHERE step < 3
),
moved AS (SELECT up.id, above, CAST(pow(0.4, step) * clv AS DECIMAL(38, 6)) AS amount FROM up JOIN worth USING (id)),
credit AS (SELECT above AS id, sum(amount) AS credit, count(*) AS below FROM moved GROUP BY above),
debit AS (SELECT id, sum(amount) AS debit FROM moved GROUP BY id)
SELECT
    id,
    round(coalesce(credit, 0) - coalesce(debit, 0), 2)::VARCHAR AS want,
    round(referral_value, 2)::VARCHAR AS got,
    round(coalesce(credit, 0), 2)::VARCHAR AS want_credit,
    round(referral_credit, 2)::VARCHAR AS got_credit,
    coalesce(below, 0)::VARCHAR AS want_below,
    referred_customers::VARCHAR AS got_below,
    (SELECT count(*) FROM circle)::VARCHAR AS circular,
    (SELECT sum(referral_value) FROM worth)::VARCHAR AS total
FROM worth LEFT JOIN credit USING (id) LEFT JOIN debit USING (id)
ORDER BY id`

// DuckDB alone comes to the same referral_value from the export, over random graphs that
// have chains, circles, several referrers and unknown ones.
func TestReferralsAgain(t *testing.T) {
	dir := t.TempDir()
	export := filepath.Join(dir, "tx.csv")
	file := filepath.Join(dir, "job.yaml")
	require.NoError(t, os.WriteFile(file, []byte("name: shop\nas_of: 2026-04-01\nsources: [{path: tx.csv, columns: {customer: id, time: day, amount: amount, referrer: brought_by}}]\n"+
		"clv: {model: nbd, margin: 0.3}\nreferral: {share: 0.4, depth: 3}\nstages: off\nrfm: off\npyramid: off\n"), 0o600))
	circular := 0
	for seed := range uint64(4) {
		require.NoError(t, os.WriteFile(export, []byte(randomReferrals(seed)), 0o600))
		r := publishJob(t, file, "output.dir="+fmt.Sprint("out", seed))
		rows := askDuckDB(t, referralsAgain, filepath.Join(r.Path, "customers.parquet"), export)
		require.Len(t, rows, int(r.Customers))
		moved := false
		for _, row := range rows {
			require.Equal(t, row["want"], row["got"], row["id"])
			require.Equal(t, row["want_credit"], row["got_credit"], row["id"])
			require.Equal(t, row["want_below"], row["got_below"], row["id"])
			require.Equal(t, "0.000000", row["total"])
			require.Equal(t, strconv.FormatInt(r.Referrals.Circular, 10), row["circular"])
			moved = moved || row["got"] != "0.00"
		}
		require.True(t, moved)
		require.Positive(t, r.Referrals.Unknown)
		require.Positive(t, r.Referrals.Several)
		require.Len(t, r.Referrals.Steps, 3)
		require.Positive(t, r.Referrals.Steps[2].Customers)
		circular += int(r.Referrals.Circular)
	}
	require.Positive(t, circular)
}

// randomReferrals is an export of customers of whom most name somebody who brought them.
func randomReferrals(seed uint64) string {
	// The last three are no customers.
	return randomNaming(seed, "brought_by", func(draw *rand.Rand, _, customers int) int { return draw.IntN(customers + 3) })
}

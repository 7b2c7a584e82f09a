package revenue_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/asset/assettest"
)

// Sources by another route: windows over single rows, in DuckDB alone. sources is by customer
// and month.
const sourcesSQL = `CREATE TABLE sources AS
WITH news AS (
	SELECT *, category IS NOT NULL AND day = min(day) OVER (PARTITION BY customer, category) AS fresh,
		dense_rank() OVER (PARTITION BY customer ORDER BY day) AS nth
	FROM lines
),
days AS (
	SELECT customer, day, any_value(nth) AS nth, sum(amount - premium) AS plain, sum(premium) AS premium,
		coalesce(sum(amount - premium) FILTER (WHERE fresh AND nth > 1), 0) AS cross_
	FROM news GROUP BY customer, day
),
means AS (
	SELECT *, coalesce(sum(plain) OVER before, 0) AS sum_before, count(*) OVER before AS n
	FROM days WINDOW before AS (PARTITION BY customer ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
rounded AS ( -- the mean in whole cents, in integers
	SELECT *, CASE WHEN n > 0 THEN CAST((2 * CAST(sum_before * 1000000 AS HUGEINT) + n * 10000) // (2 * n * 10000) AS DECIMAL(38, 6)) / 100 END AS mean
	FROM means
),
split AS (
	SELECT customer, day, CASE WHEN nth = 1 AND customer NOT IN (SELECT customer FROM referred) THEN plain ELSE 0 END AS initial,
		CASE WHEN nth > 1 THEN least(plain - cross_, CAST(mean AS DECIMAL(38, 6))) ELSE 0 END AS repeat,
		CASE WHEN nth > 1 THEN greatest(plain - cross_ - CAST(mean AS DECIMAL(38, 6)), 0) ELSE 0 END AS incremental,
		cross_, CASE WHEN nth = 1 AND customer IN (SELECT customer FROM referred) THEN plain ELSE 0 END AS referral, premium
	FROM rounded
),
net AS (SELECT customer, day, sum(amount) AS net FROM moves GROUP BY customer, day)
SELECT customer, strftime(day, '%Y-%m') AS month, sum(coalesce(initial, 0)) AS initial, sum(coalesce(repeat, 0)) AS repeat,
	sum(coalesce(incremental, 0)) AS incremental, sum(coalesce(cross_, 0)) AS cross_, sum(coalesce(referral, 0)) AS referral,
	sum(coalesce(premium, 0)) AS premium,
	sum(coalesce(initial + repeat + incremental + cross_ + referral + premium, 0) - coalesce(net, 0)) AS returned, sum(coalesce(net, 0)) AS net
FROM split FULL JOIN net USING (customer, day)
GROUP BY ALL`

// sums are the sources by what they are grouped by, as the program writes amounts.
func sums(b assettest.Books, by string) string {
	columns := []string{by}
	for _, c := range []string{"initial", "repeat", "incremental", "cross_", "referral", "premium", "returned", "net"} {
		columns = append(columns, fmt.Sprintf("CAST(sum(%s) AS DECIMAL(38, 6)) AS %s", c, c))
	}
	return fmt.Sprint(b.Rows("SELECT " + strings.Join(columns, ", ") + " FROM sources GROUP BY " + by + " ORDER BY " + by))
}

// requireSources holds the two files against the table sources.
func requireSources(t *testing.T, b assettest.Books, folder string) {
	t.Helper()
	b.Exec(`CREATE TABLE byMonth AS SELECT * FROM read_csv('` + filepath.Join(folder, "revenue_sources.csv") + `', all_varchar = true)`)
	got := b.Rows(`SELECT month, CAST(initial AS DECIMAL(38, 6)), CAST(repeat AS DECIMAL(38, 6)), CAST(incremental AS DECIMAL(38, 6)), CAST("cross" AS DECIMAL(38, 6)),
		CAST(referral AS DECIMAL(38, 6)), CAST(price_premium AS DECIMAL(38, 6)), CAST(returned AS DECIMAL(38, 6)), CAST(net AS DECIMAL(38, 6)) FROM byMonth
		WHERE net <> '0.00' OR initial <> '0.00' OR repeat <> '0.00' OR returned <> '0.00' OR month IN (SELECT month FROM sources) ORDER BY month`)
	require.Equal(t, sums(b, "month"), fmt.Sprint(got))
	b.Exec(`CREATE TABLE byCustomer AS SELECT * FROM '` + filepath.Join(folder, "revenue.parquet") + `'`)
	require.Equal(t, sums(b, "customer"), fmt.Sprint(b.Rows(`SELECT * FROM byCustomer ORDER BY customer_id`)))
}

// DuckDB alone finds the same cents, of shops with order ids and without, with returns that
// name their orders, list prices, two currencies and ids of one person.
func TestSourcesByDuckDB(t *testing.T) {
	kinds := map[string]bool{}
	for seed := range uint64(12) {
		s := assettest.Random(t, seed)
		r := assettest.Night(t, s.Job(t, "clv: off\n"), 1)
		b := s.Books(t)
		b.Exec("CREATE TABLE referred (customer VARCHAR)")
		b.Stand()
		b.Exec(sourcesSQL)
		requireSources(t, b, r.Path)

		v := r.Revenue
		for kind, amount := range map[string]string{
			"initial": v.Initial.String(), "repeat": v.Repeat.String(), "incremental": v.Incremental.String(), "cross": v.Cross.String(),
			"premium": v.PricePremium.String(), "returned": v.Returned.String(),
		} {
			kinds[kind] = kinds[kind] || amount != "0.00"
		}
		total := v.Initial.Plus(v.Repeat).Plus(v.Incremental).Plus(v.Cross).Plus(v.Referral).Plus(v.PricePremium).Minus(v.Returned)
		require.Equal(t, total, v.Net)
		all := v.Net.Plus(r.ReturnsOnly.Money)
		if r.Returns.ReturnFates != nil {
			gone := r.Returns.AllReturned
			all = all.Plus(gone.Money)
		}
		require.Equal(t, r.Money.Used, all.String(), "revenue is the money used, less that of who is no customer")
		require.Equal(t, s.Categories, v.Cross.String() != "0.00", "seed %d", seed)
	}
	require.Equal(t, map[string]bool{"initial": true, "repeat": true, "incremental": true, "cross": true, "premium": true, "returned": true}, kinds, "the shops have everything")
}

// The number of threads changes no byte, and neither do order ids: a purchase is a day.
func TestSourcesAreTheSameBytes(t *testing.T) {
	s := assettest.Random(t, 3)
	read := func(r string) string {
		months, err := os.ReadFile(filepath.Join(r, "revenue_sources.csv"))
		require.NoError(t, err)
		customers, err := os.ReadFile(filepath.Join(r, "revenue.parquet"))
		require.NoError(t, err)
		return string(months) + string(customers)
	}
	one := read(assettest.Night(t, s.Job(t, "clv: off\n"), 1).Path)
	require.Equal(t, one, read(assettest.Night(t, s.Job(t, "clv: off\n"), 4).Path))

	s = assettest.Random(t, 5)
	one = read(assettest.Night(t, s.Job(t, "clv: off\n"), 1).Path)
	require.True(t, s.Orders)
	s.Orders = false
	require.Equal(t, one, read(assettest.Night(t, s.Job(t, "clv: off\n"), 1).Path))
}

// On UCI Online Retail, with categories and referrers.
func TestSourcesOfOnlineRetail(t *testing.T) {
	r := assettest.Night(t, assettest.OnlineRetailJob(t), 2)
	b := assettest.OnlineRetailBooks(t)
	b.Exec("CREATE TABLE referred AS SELECT DISTINCT customer FROM rows WHERE CAST(customer AS INTEGER) % 3 = 0")
	b.Stand()
	b.Exec(sourcesSQL)
	requireSources(t, b, r.Path)
	require.Equal(t, "8310477.054", r.Revenue.Net.String())
}

package analytics_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/internal/money"
)

// linksAgain finds who stands above whom in the export, up to a night: the parent that was
// said last, of one day the first. Who comes back to themselves stands below nobody.
const linksAgain = `
WITH RECURSIVE row AS (SELECT * FROM read_csv('%s', all_varchar = true) WHERE day <= '%s'),
said AS (SELECT id, up, max(day) AS day FROM row WHERE up IS NOT NULL GROUP BY id, up),
latest AS (SELECT id, max(day) AS day FROM said GROUP BY id),
word AS (SELECT id, min(up) AS up FROM said JOIN latest USING (id, day) GROUP BY id),
other AS (SELECT id, up FROM word WHERE up <> id),
way AS (
    SELECT id, up, 1 AS step FROM other
    UNION ALL
    SELECT way.id, other.up, step + 1 FROM way JOIN other ON other.id = way.up WHERE step < 70
),
link AS (SELECT id, up FROM other WHERE id NOT IN (SELECT id FROM way WHERE id = up)),
path AS ( -- of each account to itself and to all above it
    SELECT id, id AS above, 0 AS step FROM (SELECT id FROM link UNION SELECT up FROM link)
    UNION ALL
    SELECT path.id, link.up, step + 1 FROM path JOIN link ON link.id = path.above
)`

const hierarchyAgain = linksAgain + `,
worth AS (
    SELECT customer_id AS id, orders, past_value::DECIMAL(38, 6) AS past, future_value::DECIMAL(38, 6) AS future
    FROM read_parquet('%s')
),
net AS (SELECT id, sum(amount::DECIMAL(18, 2)) AS spend FROM row GROUP BY id),
own AS (SELECT id, orders, spend, past, future FROM worth JOIN net USING (id)),
depth AS (SELECT id, max(step) AS depth, arg_max(above, step) AS top FROM path GROUP BY id),
rolled AS (
    SELECT above AS account, count(*) FILTER (WHERE own.id IS NOT NULL AND own.id <> above) AS members,
        sum(orders) AS orders, sum(spend) AS spend, sum(past) AS past, sum(future) AS future
    FROM path LEFT JOIN own USING (id) GROUP BY above
),
alone AS (
    SELECT count(*) AS members, sum(orders) AS orders, sum(spend) AS spend, sum(past) AS past, sum(future) AS future
    FROM own WHERE id NOT IN (SELECT id FROM path)
),
want AS (
    SELECT account, coalesce(up, '') AS parent, top, depth, if(own.id IS NULL, 'no', 'yes') AS direct, rolled.members,
        own.orders AS own_orders, rolled.orders, own.spend AS own_spend, rolled.spend, own.past AS own_past, rolled.past, own.future AS own_future, rolled.future
    FROM rolled JOIN depth ON depth.id = account LEFT JOIN link ON link.id = account LEFT JOIN own ON own.id = account
    UNION ALL
    SELECT '', '', '', 0, '', members, orders, orders, spend, spend, past, past, future, future FROM alone
)
SELECT account, parent, top, depth::VARCHAR AS depth, direct, members::VARCHAR AS members,
    coalesce(own_orders, 0)::VARCHAR AS own_orders, coalesce(orders, 0)::VARCHAR AS orders,
    coalesce(own_spend, 0)::DECIMAL(38, 6)::VARCHAR AS own_spend, coalesce(spend, 0)::DECIMAL(38, 6)::VARCHAR AS spend,
    coalesce(own_past, 0)::DECIMAL(38, 6)::VARCHAR AS own_past, coalesce(past, 0)::DECIMAL(38, 6)::VARCHAR AS past,
    coalesce(own_future, 0)::DECIMAL(38, 6)::VARCHAR AS own_future, coalesce(future, 0)::DECIMAL(38, 6)::VARCHAR AS future
FROM want ORDER BY account = '', account`

// DuckDB alone comes to the same hierarchy.csv from the export, over random forests and
// nights in which accounts move, and the tops partition customers, spend and equity.
func TestHierarchyAgain(t *testing.T) {
	for seed := range uint64(3) {
		shop := newAccountShop(t, seed)
		for _, night := range []string{"2026-02-15", "2026-03-31"} {
			r := publishJob(t, shop.file, "as_of="+night)
			want := askDuckDB(t, fmt.Sprintf(hierarchyAgain, shop.export, night, filepath.Join(r.Path, "customers.parquet")))
			got := tableOf(t, r.Path, "hierarchy.csv")
			require.Greater(t, len(got), 20)
			require.Len(t, got, len(want))
			for k, row := range got {
				delete(row, "equity_share")
				for name, cell := range row {
					if strings.Contains(want[k][name], ".") {
						row[name] = places(t, cell)
					}
				}
				require.Equal(t, want[k], row)
			}
			shop.requirePartition(r)
		}
	}
}

// accountShop is a shop whose customers stand below each other, and move.
type accountShop struct {
	*testing.T
	dir, export, file string
}

func newAccountShop(t *testing.T, seed uint64) *accountShop {
	dir := t.TempDir()
	s := &accountShop{t, dir, filepath.Join(dir, "tx.csv"), filepath.Join(dir, "job.yaml")}
	s.write("tx.csv", randomAccounts(seed))
	s.write("job.yaml", accountJob)
	return s
}

const accountSource = "name: shop\nsources: [{path: tx.csv, columns: {customer: id, time: day, amount: amount, parent: up}}]\n"

const accountJob = accountSource + `clv: {model: nbd, margin: 0.3}
tiers: {levels: [{name: silver, qualify: {spend: 100}}, {name: gold, qualify: {spend: 400}}]}
`

func (s *accountShop) write(name, text string) {
	require.NoError(s, os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o600))
}

// randomAccounts is an export of customers of whom most name an account above them: one that
// buys, one that never does, themselves, or one that stands below them.
func randomAccounts(seed uint64) string {
	// Mostly one with a smaller number; the last six buy nothing.
	return randomNaming(seed, "up", func(draw *rand.Rand, i, customers int) int { return draw.IntN(1+i*3/2) % (customers + 6) })
}

// randomNaming is an export of customers of whom each names another, in most rows the same
// one, in some none.
func randomNaming(seed uint64, column string, named func(draw *rand.Rand, customer, customers int) int) string {
	const customers = 60
	draw := rand.New(rand.NewPCG(seed, 11))
	var rows strings.Builder
	rows.WriteString("id,day,amount," + column + "\n")
	for i := range customers {
		other := named(draw, i, customers)
		for range 1 + draw.IntN(5) {
			said := fmt.Sprintf("c%02d", other)
			switch draw.IntN(10) {
			case 0:
				said = fmt.Sprintf("c%02d", draw.IntN(customers))
			case 1, 2, 3:
				said = ""
			}
			fmt.Fprintf(&rows, "c%02d,2026-0%d-%02d,%d.%02d,%s\n", i, 1+draw.IntN(3), 1+draw.IntN(28), 5+draw.IntN(90), draw.IntN(100), said)
		}
	}
	return rows.String()
}

// requirePartition wants the tops of hierarchy.csv to be all customers, each once, to the cent
// of their spend and of customer equity.
func (s *accountShop) requirePartition(r *analytics.Result) {
	for _, of := range []string{
		"depth = 0", // with all below
		"true",      // by themselves
	} {
		prefix, members := "", "sum(members + coalesce((direct = 'yes')::INT, 0))"
		if of == "true" {
			prefix, members = "own_", "count(*) FILTER (WHERE direct = 'yes') + sum(members) FILTER (WHERE account IS NULL)"
		}
		rows := askDuckDB(s.T, fmt.Sprintf(`SELECT (%s)::BIGINT::VARCHAR AS customers, sum(%[2]sfuture)::VARCHAR AS equity, sum(%[2]spast)::VARCHAR AS past, sum(%[2]sspend)::VARCHAR AS spend
FROM read_csv('%[3]s', types = {'own_future': 'DECIMAL(38,6)', 'future': 'DECIMAL(38,6)', 'own_past': 'DECIMAL(38,6)', 'past': 'DECIMAL(38,6)', 'own_spend': 'DECIMAL(38,6)', 'spend': 'DECIMAL(38,6)'}) WHERE %[4]s`,
			members, prefix, filepath.Join(r.Path, "hierarchy.csv"), of))
		require.Equal(s, strconv.FormatInt(r.Customers, 10), rows[0]["customers"])
		require.Equal(s, places(s.T, r.Equity.Value.String()), rows[0]["equity"])
		require.Equal(s, places(s.T, *r.PastValue), rows[0]["past"])
		require.Equal(s, places(s.T, r.Money.Used), rows[0]["spend"])
	}
}

// places is an amount in text, with all its places.
func places(t *testing.T, amount string) string {
	var m money.Amount
	require.NoError(t, m.UnmarshalText([]byte(amount)))
	return fmt.Sprintf("%.6f", m.Float())
}

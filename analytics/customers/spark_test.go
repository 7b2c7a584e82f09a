package customers_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/analytics/customers"
	"clientele/analytics/engine"
	"clientele/analytics/engine/spark"
	"clientele/internal/sparkconnect"
	"clientele/internal/sparkconnect/sparktest"
)

// openSpark gives the cluster of the tests, with a stage of this test's own.
func openSpark(t testing.TB) *spark.Engine {
	t.Helper()
	target, err := spark.Target(sparktest.Shared(t))
	require.NoError(t, err)
	connection, err := spark.Connect(t.Context(), target, sparkconnect.Options{})
	require.NoError(t, err)
	stage, err := spark.OpenFolder(t.Context(), connection, spark.FolderOptions{Stage: t.TempDir(), Job: "test", Run: "1"})
	require.NoError(t, err)
	reader, err := engine.OpenDuckDB(t.Context(), engine.Options{Threads: 2})
	require.NoError(t, err)
	e, err := spark.Open(t.Context(), connection, stage, reader)
	require.NoError(t, err)
	t.Cleanup(func() {
		require.NoError(t, e.Close())
		require.NoError(t, stage.Close())
	})
	return e
}

// hand makes a view on the cluster of each table that an engine of this machine has.
func hand(t testing.TB, from engine.Engine, to *spark.Engine, tables ...string) {
	t.Helper()
	for _, table := range tables {
		rows, err := from.Query(t.Context(), "SELECT * FROM "+table)
		require.NoError(t, err)
		require.NoError(t, to.Feed(t.Context(), "rows_of_here", rows, to.Dialect().Write("table", table)+" SELECT * FROM rows_of_here"))
		rows.Release()
	}
}

// The cluster makes of a ledger what DuckDB makes of it, whatever is asked for.
func TestSparkReducesAsDuckDB(t *testing.T) {
	cluster := openSpark(t)
	e := openEngine(t, 2)
	for seed := range 2 {
		rows := rapid.SliceOfN(rapid.Custom(drawRow), 2, 60).Example(seed)
		r := rapid.Custom(drawRequest).Example(seed)
		empty(t, e)
		load(t, e, [][][]row{{rows}}, r)
		hand(t, e, cluster, "ledger")
		got, gotOdd, err := customers.Reduce(t.Context(), cluster, r)
		require.NoError(t, err)
		want, wantOdd, err := customers.Reduce(t.Context(), e, r)
		require.NoError(t, err)
		requireEqualTables(t, want, got)
		require.Equal(t, wantOdd, gotOdd)
	}
}

// awkward is the name of an attribute.
const awkward = "say `hi`, Bob's"

// everything is a ledger in which all that can be asked for is to be found, and what
// matching returns made of it: customers, orders and days that meet, labels that tie, rows
// that are set aside.
var everything = []string{
	`CREATE TEMP TABLE ledger AS SELECT
		CAST(n % 2 AS INTEGER) AS source,
		CASE n % 31 WHEN 0 THEN 'filtered' WHEN 1 THEN 'no_time' END AS reason,
		CASE WHEN n % 37 <> 36 THEN 'c' || (n * 7919 % 41) ELSE 'é' || (n % 3) END AS customer,
		'o' || (n * 104729 % 400) AS order_id,
		CASE WHEN n % 31 <> 1 THEN DATE '2023-11-20' + CAST(n * 613 % 97 AS INTEGER) END AS day,
		CAST(CASE WHEN n % 6 = 5 THEN -1 ELSE 1 END * (n * 7877 % 100000) / 100.0 AS DECIMAL(18, 6)) AS amount,
		n % 6 = 5 AS is_return,
		CASE WHEN n % 7 > 0 THEN CAST(CASE WHEN n % 6 = 5 THEN -1 ELSE 1 END * (n * 31 % 40000) / 100.0 AS DECIMAL(18, 6)) END AS cost,
		CAST(CASE WHEN n % 5 > 0 THEN (n * 7877 % 100000) / 100.0 - n % 9 END AS DECIMAL(18, 6)) AS list_price,
		CASE WHEN n % 11 > 0 THEN 'k' || (n * 17 % 7) END AS category,
		CASE WHEN n % 13 > 0 THEN 'p' || (n * 19 % 23) END AS product,
		CASE WHEN n % 3 = 0 THEN chr(CAST(64 + n * 5 % 60 AS INTEGER)) END AS ` + engine.Identifier("attribute_"+awkward) + `,
		CASE n % 8 WHEN 0 THEN '1e2' WHEN 1 THEN ' 12 ' WHEN 2 THEN '2.6755555' WHEN 3 THEN 'x' WHEN 4 THEN '-.5' WHEN 5 THEN '999999999999.5' WHEN 6 THEN '1d' END AS attribute_points,
		CASE WHEN n % 4 = 0 THEN 'c' || (n % 50) END AS referrer
	FROM range(3000) AS r(n)`,
	`CREATE TEMP TABLE moved AS SELECT customer, source, order_id, is_return, CAST(-sum(amount) / 2 AS DECIMAL(38, 6)) AS money, CAST(0.5 AS DECIMAL(38, 6)) AS cost,
		NOT is_return AND order_id LIKE '%7' AS undone, CASE WHEN NOT is_return THEN max(day) + 3 END AS undone_day
		FROM ledger WHERE reason IS NULL AND (order_id LIKE '%1' OR order_id LIKE '%7') GROUP BY customer, source, order_id, is_return`,
	`CREATE TEMP TABLE given_back AS SELECT customer, source, order_id, min(day) + 2 AS day, CAST(-1.5 AS DECIMAL(38, 6)) AS money
		FROM ledger WHERE reason IS NULL AND NOT is_return AND (order_id LIKE '%1' OR order_id LIKE '%7') GROUP BY customer, source, order_id`,
}

// requestOfEverything asks for all that can be asked for; said is filled as it is told.
func requestOfEverything(r customers.Request, said *[]string) customers.Request {
	in := interestDays(19_690, 24, true, true)
	return customers.Request{
		HasCost: true, HasListPrice: true, Moved: r.Moved, HasOrders: r.HasOrders, RFMByDay: r.RFMByDay, RFMSpend: r.RFMSpend,
		Attributes: []string{awkward}, FirstLabels: []string{awkward}, RFMFrom: day(19_700), KeepDays: true, KeepSpend: true, KeepNet: true, KeepEarned: true,
		Months: true, CohortMonths: true, KeepSales: true, SalesOrders: true, NewThings: true, Interests: in,
		Activity: &customers.ActivityRequest{From: day(19_705), Numbers: []string{"points"}, Orders: true},
		Signs: []customers.Sign{
			{Column: "referrer", See: func(c int, s customers.Said) { *said = append(*said, fmt.Sprint("plain ", c, s)) }},
			{Column: "referrer", By: customers.SourceColumn, Aside: true, See: func(c int, s customers.Said) { *said = append(*said, fmt.Sprint("aside ", c, s)) }},
		},
	}
}

// The cluster says what DuckDB says where all is asked for, with returns that take back
// sales and without, of orders and of days.
func TestSparkReducesEverythingAsDuckDB(t *testing.T) {
	cluster := openSpark(t)
	for _, of := range []customers.Request{
		{Moved: true, HasOrders: true, RFMSpend: customers.SpendMedian},
		{Moved: false, HasOrders: false, RFMSpend: customers.SpendMax, RFMByDay: true},
	} {
		e := openEngine(t, 2)
		for _, table := range everything {
			require.NoError(t, e.Exec(t.Context(), table))
		}
		hand(t, e, cluster, "ledger", "moved", "given_back")
		var wantSaid, gotSaid []string
		want, wantOdd, err := customers.Reduce(t.Context(), e, requestOfEverything(of, &wantSaid))
		require.NoError(t, err)
		got, gotOdd, err := customers.Reduce(t.Context(), cluster, requestOfEverything(of, &gotSaid))
		require.NoError(t, err)
		inOrder(*want.Bought)
		inOrder(*got.Bought)
		requireEqualTables(t, want, got)
		require.Equal(t, wantOdd, gotOdd)
		require.Equal(t, wantSaid, gotSaid)
		require.NotEmpty(t, wantSaid)
		require.Greater(t, want.Len(), 30)
	}
}

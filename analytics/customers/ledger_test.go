package customers_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/engine"
)

// reduceLedger reduces a ledger of rows written as SQL: source, reason,
// customer, order_id, day, amount, is_return, cost and the label, an attribute
// whose name is as awkward as names get.
func reduceLedger(t *testing.T, hasOrders bool, rows string) (*customers.Table, customers.Oddities, error) {
	t.Helper()
	const attribute = `say "hi", Bob's`
	e := openEngine(t, 2)
	require.NoError(t, e.Exec(t.Context(), fmt.Sprintf(`CREATE TEMP TABLE ledger (source INTEGER, reason VARCHAR,
		customer VARCHAR, order_id VARCHAR, day DATE, amount DECIMAL(18, 6), is_return BOOLEAN, cost DECIMAL(18, 6), %s VARCHAR)`,
		engine.Identifier("attribute_"+attribute))))
	require.NoError(t, e.Exec(t.Context(), "INSERT INTO ledger "+rows))
	return customers.Reduce(t.Context(), e, customers.Request{HasCost: true, HasOrders: hasOrders, Attributes: []string{attribute}, FirstLabels: []string{attribute}, RFMFrom: day(0), Activity: &customers.ActivityRequest{From: day(0), Orders: true}})
}

// Rows that the ledger set aside count for nothing, with order ids and without,
// not even for a label or for how long an order runs.
func TestRowsSetAside(t *testing.T) {
	for _, hasOrders := range []bool{true, false} {
		got, odd, err := reduceLedger(t, hasOrders, `VALUES
			(0, NULL,          'c', 'o', DATE '2024-01-02',  5.00, FALSE, NULL, 'a'),
			(0, 'filtered',    'c', 'o', DATE '2024-01-01',  7.00, FALSE, 3.00, 'b'),
			(0, 'after_as_of', 'c', 'o', DATE '2030-01-01',  7.00, FALSE, 3.00, 'b'),
			(0, 'filtered',    'd', 'p', DATE '2024-01-01', -7.00, TRUE,  NULL, 'b'),
			(0, 'anonymous',  NULL, 'q', DATE '2024-01-01',  7.00, FALSE, NULL, NULL)`)
		require.NoError(t, err)
		require.Equal(t, []string{"c"}, got.ID)
		require.Equal(t, []int32{19_724}, got.FirstDay)
		require.Equal(t, []int64{1}, got.Orders)
		require.Equal(t, "5.00", got.Net[0].String())
		require.Equal(t, "0.00", got.Cost[0].String(), "an order without a cost costs nothing")
		require.Equal(t, []string{"a"}, got.Attributes[0].Values)
		require.Equal(t, customers.Oddities{UnreadNumbers: []int64{}}, odd)
	}
}

// A label is of most of the rows that were bought, returns do not count; where
// labels tie, the first in the alphabet, capitals before small letters.
func TestLabels(t *testing.T) {
	got, _, err := reduceLedger(t, true, `VALUES
		(0, NULL, 'few',  '1', DATE '2024-01-01',  1, FALSE, NULL, 'b'),
		(0, NULL, 'few',  '2', DATE '2024-01-02', -1, TRUE,  NULL, 'a'),
		(0, NULL, 'few',  '3', DATE '2024-01-03', -1, TRUE,  NULL, 'a'),
		(0, NULL, 'none', '4', DATE '2024-01-01',  1, FALSE, NULL, NULL),
		(0, NULL, 'tie',  '5', DATE '2024-01-01',  1, FALSE, NULL, 'é'),
		(0, NULL, 'tie',  '5', DATE '2024-01-01',  1, FALSE, NULL, 'b'),
		(0, NULL, 'tie',  '6', DATE '2024-01-02',  1, FALSE, NULL, NULL),
		(0, NULL, 'tie',  '7', DATE '2024-01-02',  1, FALSE, NULL, NULL),
		(1, NULL, 'tie',  '8', DATE '2024-01-02',  1, FALSE, NULL, 'B')`)
	require.NoError(t, err)
	require.Equal(t, []string{"few", "none", "tie"}, got.ID)
	require.Equal(t, []string{"b", "", "B"}, got.Attributes[0].Values)
	require.Equal(t, []string{"b", "", "b"}, got.FirstLabels[0].Values, "of the first day alone")
}

// Hundreds of attributes take seconds, and no memory to speak of: joined in one
// statement, six hundred took more than eighteen gigabytes.
func TestManyAttributes(t *testing.T) {
	const attributes = 600
	e := openEngine(t, 2)
	var names, columns []string
	for i := range attributes {
		names = append(names, strconv.Itoa(i))
		columns = append(columns, fmt.Sprintf("CASE WHEN range %% 2 = 0 THEN '%d of ' || range %% 10 END AS %s", i, engine.Identifier("attribute_"+strconv.Itoa(i))))
	}
	require.NoError(t, e.Exec(t.Context(), `CREATE TEMP TABLE ledger AS SELECT 0 AS source, CAST(NULL AS VARCHAR) AS reason,
		'c' || (range % 10) AS customer, CAST(NULL AS VARCHAR) AS order_id, DATE '2024-01-01' AS day, CAST(1 AS DECIMAL(18, 6)) AS amount,
		range % 10 = 4 AS is_return, CAST(NULL AS DECIMAL(18, 6)) AS cost, `+strings.Join(columns, ", ")+" FROM range(200)"))
	began := time.Now()
	got, _, err := customers.Reduce(t.Context(), e, customers.Request{Attributes: names, RFMFrom: day(0)})
	require.NoError(t, err)
	require.Less(t, time.Since(began), time.Minute)
	require.Equal(t, []string{"c0", "c1", "c2", "c3", "c5", "c6", "c7", "c8", "c9"}, got.ID, "c4 only gave back")
	require.Len(t, got.Attributes, attributes)
	for i, a := range got.Attributes {
		of := fmt.Sprintf("%d of ", i)
		require.Equal(t, []string{of + "0", "", of + "2", "", "", of + "6", "", of + "8", ""}, a.Values)
	}
}

// The largest amounts that the ledger holds neither overflow nor lose a
// millionth.
func TestLargestAmounts(t *testing.T) {
	got, _, err := reduceLedger(t, true, `SELECT 0, NULL, 'c', range, DATE '2024-01-01', 999999999999.999999, FALSE, 0.000001, NULL FROM range(10000)`)
	require.NoError(t, err)
	require.Equal(t, "9999999999999999.99", got.Sold[0].String())
	require.Equal(t, "0.01", got.Cost[0].String())
	require.Equal(t, []int64{10_000}, got.RFMOrders)
	require.Equal(t, []int64{999_999_999_999_000_000}, got.Activity.Net, "as much as a day of the activity holds")
}

// Gaps over centuries, and days before 1970.
func TestDistantDays(t *testing.T) {
	got, _, err := reduceLedger(t, false, `VALUES
		(0, NULL, 'c', NULL, DATE '1000-01-01', 1, FALSE, NULL, NULL),
		(0, NULL, 'c', NULL, DATE '9999-12-31', 1, FALSE, NULL, NULL)`)
	require.NoError(t, err)
	require.Equal(t, []int32{-354_285}, got.FirstDay)
	require.Equal(t, []int32{2_932_896}, got.LastDay)
}

func TestNothingToReduce(t *testing.T) {
	got, odd, err := reduceLedger(t, true, "SELECT 0, 'filtered', 'c', 'o', DATE '2024-01-01', 1, FALSE, NULL, NULL")
	require.NoError(t, err)
	require.Zero(t, got.Len())
	require.Len(t, got.Attributes, 1)
	require.Equal(t, customers.Oddities{UnreadNumbers: []int64{}}, odd)

	_, _, err = customers.Reduce(t.Context(), openEngine(t, 1), customers.Request{})
	require.ErrorContains(t, err, "customers: customer_day: Table with name ledger does not exist!")
}

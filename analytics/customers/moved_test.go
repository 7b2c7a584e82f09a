package customers_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/internal/calendar"
	"clientele/segment/interest"
)

// movedLedger is a ledger with returns: of c an order of 20 of which 5 came back, one of 30
// that came back whole for 28, and a return of 1 that belongs to nothing; d bought once and
// gave all of it back; e never bought. movedTable is what matching made of it.
const movedLedger = `CREATE TEMP TABLE ledger AS SELECT * FROM (VALUES
	(0, NULL, 'c', 'A', DATE '2024-01-01',  20.00, FALSE,  8.00, 'tea'),
	(0, NULL, 'c', 'B', DATE '2024-01-03',  10.00, FALSE,  4.00, 'cup'),
	(0, NULL, 'c', 'B', DATE '2024-01-03',  20.00, FALSE,  8.00, 'cup'),
	(0, NULL, 'c', 'R', DATE '2024-01-10', -33.00, TRUE, -13.00, 'cup'),
	(0, NULL, 'c', 'S', DATE '2024-01-11',  -1.00, TRUE,   0.00, 'cup'),
	(0, NULL, 'd', 'D', DATE '2024-01-01',   7.00, FALSE,  1.00, 'cup'),
	(0, NULL, 'd', 'D', DATE '2024-01-04',  -7.00, TRUE,  -1.00, 'cup'),
	(0, NULL, 'e', 'E', DATE '2024-01-01',  -2.00, TRUE,   0.00, 'cup')
) AS t(source, reason, customer, order_id, day, amount, is_return, cost, product)`

const movedTable = `CREATE TEMP TABLE moved AS SELECT * FROM (VALUES
	('c', 0, 'A', FALSE,  -5.00, -2.00, FALSE, DATE '2024-01-10'),
	('c', 0, 'B', FALSE, -28.00, -11.00, TRUE, DATE '2024-01-10'),
	('c', 0, 'R', TRUE,   33.00, 13.00, FALSE, DATE '2024-01-10'),
	('d', 0, 'D', FALSE,  -7.00, -1.00, TRUE,  DATE '2024-01-04'),
	('d', 0, 'D', TRUE,    7.00,  1.00, FALSE, DATE '2024-01-04')
) AS t(customer, source, order_id, is_return, money, cost, undone, undone_day)`

// Of A 5 came back in two parts, of B all: part on the day of the return and part later.
const givenBackTable = `CREATE TEMP TABLE given_back AS SELECT * FROM (VALUES
	('c', 0, 'A', DATE '2024-01-10',  -3.00),
	('c', 0, 'A', DATE '2024-01-12',  -2.00),
	('c', 0, 'B', DATE '2024-01-10', -28.00),
	('d', 0, 'D', DATE '2023-12-31',  -7.00)
) AS t(customer, source, order_id, day, money)`

// What takes back a sale counts on the day of the sale, an order that came back whole is no
// purchase, and all sums of a customer stay what they were.
func TestReturnsThatTakeBackSales(t *testing.T) {
	for _, hasOrders := range []bool{true, false} {
		e := openEngine(t, 2)
		require.NoError(t, e.Exec(t.Context(), movedLedger))
		require.NoError(t, e.Exec(t.Context(), `ALTER TABLE ledger ADD COLUMN attribute_label VARCHAR`))
		require.NoError(t, e.Exec(t.Context(), `UPDATE ledger SET attribute_label = product`))
		if !hasOrders { // the ledger names orders by their day
			require.NoError(t, e.Exec(t.Context(), `UPDATE ledger SET order_id = CAST(day AS VARCHAR)`))
		}
		require.NoError(t, e.Exec(t.Context(), movedTable))
		require.NoError(t, e.Exec(t.Context(), givenBackTable))
		if !hasOrders {
			require.NoError(t, e.Exec(t.Context(), `UPDATE given_back SET order_id = CASE order_id WHEN 'A' THEN '2024-01-01' WHEN 'B' THEN '2024-01-03' ELSE '2024-01-01' END`))
			require.NoError(t, e.Exec(t.Context(), `UPDATE moved SET order_id = CASE order_id WHEN 'A' THEN '2024-01-01' WHEN 'B' THEN '2024-01-03' WHEN 'R' THEN '2024-01-10' ELSE if(is_return, '2024-01-04', '2024-01-01') END`))
		}
		got, odd, err := customers.Reduce(t.Context(), e, customers.Request{
			Moved: true, HasCost: true, HasOrders: hasOrders, Attributes: []string{"label"}, RFMFrom: time.Date(2024, 1, 10, 0, 0, 0, 0, time.UTC), KeepSpend: true,
			Activity:  &customers.ActivityRequest{From: day(0), Orders: true},
			Interests: customers.InterestRequest{Product: true, From: day(0), RecentFrom: [interest.Windows]time.Time{}},
		})
		require.NoError(t, err)
		require.Equal(t, []string{"c"}, got.ID)
		const first = 19_723
		require.Equal(t, []int32{first}, got.FirstDay)
		require.Equal(t, []int32{first}, got.LastDay)
		require.Equal(t, []int64{1}, got.Orders)
		require.Equal(t, []int64{1}, got.PurchaseDays)
		require.Equal(t, []int64{2}, got.Returns)
		require.Equal(t, []float64{15}, got.DaySold)
		require.Equal(t, "16.00", got.Net[0].String())
		require.Equal(t, "17.00", got.Sold[0].String(), "2 of the order that came back were kept by the shop")
		require.Equal(t, "15.00", got.FirstSold[0].String())
		require.Equal(t, "7.00", got.Cost[0].String())
		require.Equal(t, []int64{0}, got.RFMOrders)
		require.Equal(t, "-1.00", got.RFMNet[0].String(), "what belongs to no sale counts on its own day")
		require.Equal(t, []string{"tea"}, got.Attributes[0].Values)
		require.Equal(t, []string{"tea"}, got.Products.Things)
		// As it was on each day.
		require.Equal(t, []int32{first, first + 2, first + 9, first + 10}, got.Activity.Day)
		require.Equal(t, []int64{1, 1, 0, 0}, got.Activity.Orders)
		require.Equal(t, []int64{20_000_000, 30_000_000, -33_000_000, -1_000_000}, got.Activity.Net)
		// For those who go back in time: a return is of no earlier day than its sale.
		require.Equal(t, customers.CameBack{
			ID: []string{"c", "c", "c", "d"}, Day: []int32{first, first, first + 2, first}, On: []int32{first + 9, first + 11, first + 9, first},
			Amount: []float64{3, 2, 28, 7}, Sold: []float64{15, 15, 2, 0}, Gone: []int32{calendar.NoDay, calendar.NoDay, first + 9, first + 3},
		}, got.CameBack)
		require.Equal(t, []string{"d"}, got.AllReturned.ID)
		require.Equal(t, []int64{1}, got.AllReturned.Orders)
		require.Equal(t, []int64{1}, got.AllReturned.Returns)
		require.Equal(t, int64(1), odd.Undone)
		require.Equal(t, "0.00", odd.UndoneNet.String())
		require.Equal(t, int64(1), odd.ReturnsOnly)
		require.Equal(t, "-2.00", odd.ReturnsOnlyNet.String())
	}
}

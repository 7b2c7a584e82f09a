package ledger_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// asideMoney is the money of a run's books, by reason; used and read are reasons of their
// own here. What is read is what is used and what is set aside.
func asideMoney(t *testing.T, of ledger.Tally) map[string]string {
	t.Helper()
	sum := of.Used.Money
	rows := of.Used.Rows
	found := map[string]string{"read": of.Read.Money.String(), "used": of.Used.Money.String()}
	for _, reason := range slices.Sorted(maps.Keys(of.Rejected)) {
		c := of.Rejected[reason]
		sum, rows = sum.Plus(c.Money), rows+c.Rows
		found[string(reason)] = c.Money.String()
	}
	require.Equal(t, of.Read.Money, sum)
	require.Equal(t, of.Read.Rows, rows)
	return found
}

// The refund of a row that is set aside is set aside with it, under the same reason. The
// row is one row of the file, and is listed once.
func TestRefundsOfRowsSetAside(t *testing.T) {
	const mapped = "sources:\n  - path: '*.csv'\n    columns: {customer: id, order: no, time: day, amount: amount, refund: back, refund_time: on, product: product}\n" +
		"    where: coalesce(status, '') <> 'void'\n    exclude_products: [POST]\n    duplicates: drop\n"
	const export = `id,no,day,amount,back,on,product,status
1,A1,2024-01-01,100,30,2024-01-05,tea,
,A2,2024-01-01,20,5,2024-01-05,tea,
,A3,2024-01-01,20,7,2031-01-01,tea,
1,A4,2024-01-01,40,40,,tea,void
1,A5,2024-01-01,9,-4,,post,
1,A6,2031-01-01,50,20,2031-02-01,tea,
1,A7,2031-01-01,50,1,soon,tea,
1,A8,,60,10,,tea,
1,A9,someday,70,20,2024-01-05,tea,
1,A10,2024-01-01,80,30,soon,tea,
1,A11,2024-01-01,n/k,30,,tea,
1,A12,2024-01-01,8,n/k,,tea,
,A13,2024-01-01,-6,6,,tea,
`
	for _, threads := range []int{1, 3} {
		s := shopWith(t, threads)
		s.write("a.csv", export)
		s.write("b.csv", "id,no,day,amount,back,on,product,status\n1,A1,2024-01-01,100,30,2024-01-05,tea,\n")
		plan := s.load(head + mapped)
		a := s.tally(plan)
		require.Equal(t, map[string]string{
			"read": "411.00", "used": "70.00", "duplicate": "70.00",
			"anonymous": "29.00", // 20 - 5; the refund of 2031 is not known yet; and a return of 6
			"filtered":  "0.00", "excluded_product": "5.00", "after_as_of": "79.00", "no_time": "50.00",
			"time_unreadable": "100.00", "amount_unreadable": "8.00",
		}, asideMoney(t, a.Total))
		require.Equal(t, []int64{13, 1}, a.FileRows)
		require.Equal(t, ledger.Count{Rows: 1, Money: a.Total.Returns.Money}, a.Total.Returns)
		require.Equal(t, "-30.00", a.Total.Returns.Money.String())
		var lines []int64
		for _, r := range s.rejects(plan) {
			lines = append(lines, r.Line)
		}
		require.Equal(t, []int64{3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 2}, lines)
		days, err := plan.Days(t.Context())
		require.NoError(t, err)
		require.Len(t, days, 3) // of the sale that is used, its refund, and the two rows of 2031
		require.Equal(t, int64(2), days[2].Rows)
	}
}

// Where the total and the refund of an order stand on each of its lines, both count once,
// among the lines that are used or, if none is, among those set aside.
func TestRefundsOfOrdersSetAside(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", `id,order,day,total,back,status
,A1,2024-01-01,10,4,
,A1,2024-01-01,10,4,
1,A2,2024-01-02,20,,void
1,A2,2024-01-02,20,5,void
1,A2,2024-01-02,20,5,void
1,A3,2024-01-03,30,6,void
1,A3,2024-01-03,30,,
1,A3,2024-01-03,30,6,
1,A4,2024-01-04,40,7,void
1,A4,2024-01-04,40,7,void
1,A4,2024-01-04,40,,
1,A5,2024-01-05,50,,
1,A5,2024-01-05,,8,
1,A5,2024-01-05,,8,
`)
	plan := s.load(head + "sources:\n  - path: export.csv\n    columns: {customer: id, order: order, time: day, amount: total, refund: back}\n    amount_is: order\n    where: coalesce(status, '') <> 'void'\n")
	require.Equal(t, []string{
		"2|10|anonymous", "2|-4|anonymous", "3|0|anonymous",
		"4|20|filtered", "5|0|filtered", "5|-5|filtered", "6|0|filtered",
		"7|0|filtered", "8|30|", "8|-6|", "9|0|",
		"10|0|filtered", "10|-7|filtered", "11|0|filtered", "12|40|",
		"13|50|", "13|-8|", "14|0|", "15|0|",
	}, s.rowsInOrder("line, amount, reason"))
	a := s.tally(plan).Total
	require.Equal(t, map[string]string{"read": "120.00", "used": "106.00", "anonymous": "6.00", "filtered": "8.00"}, asideMoney(t, a))
	require.Equal(t, int64(14), a.Read.Rows)
}

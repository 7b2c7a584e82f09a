package ledger_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
	"clientele/analytics/ledger"
)

// moved is what matching changed, in order: customer, order, direction, money, undone.
func (s *shop) moved() []string {
	s.t.Helper()
	rows, err := engine.Text(s.t.Context(), s.engine, "SELECT concat_ws('|', customer, source, order_id, is_return, CAST(money AS DOUBLE), CAST(cost AS DOUBLE), undone) FROM moved ORDER BY ALL")
	require.NoError(s.t, err)
	all := make([]string, len(rows))
	for i, r := range rows {
		all[i] = r[0]
	}
	return all
}

// A return whose id is that of a sale takes that order back, whatever else is mapped.
func TestReturnsOfTheirOwnOrder(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", `id,order,day,amount
1,A1,2024-01-01,10
1,A1,2024-01-01,5
1,A1,2024-01-09,-15
1,A2,2024-01-02,10
1,A2,2024-01-03,-4
2,A2,2024-01-03,-4
1,C9,2024-01-05,-3
1,,2024-01-06,8
1,,2024-01-06,-8
`)
	plan := s.load(head + "sources:\n  - path: export.csv\n    columns: {customer: id, order: order, time: day, amount: amount}\n")
	require.Equal(t, []string{
		"1|0|A1|false|-15.0|0.0|true", "1|0|A1|true|15.0|0.0|false", "1|0|A2|false|-4.0|0.0|false", "1|0|A2|true|4.0|0.0|false",
	}, s.moved())
	found := s.tally(plan).Returned
	require.True(t, found.Sought)
	require.Equal(t, int64(1), found.Undone)
	require.Equal(t, "2 -19.00, 0 0.00, 0 0.00, 3 -15.00", fates(found))
	require.Equal(t, "-19.00", found.Matched().String())
}

func fates(r ledger.Returned) string {
	text := func(c ledger.Count) string { return fmt.Sprint(c.Rows, " ", c.Money) }
	return text(r.ByOrder) + ", " + text(r.ByProduct) + ", " + text(r.Partly) + ", " + text(r.Unmatched)
}

// Returns with ids of their own, and nothing that says what they belong to, stay as they
// are.
func TestReturnsThatSayNothing(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,order,day,amount,product\n1,A1,2024-01-01,10,tea\n1,C1,2024-01-02,-10,tea\n")
	plan := s.load(head + "sources:\n  - path: export.csv\n    columns: {customer: id, order: order, time: day, amount: amount, product: product}\n")
	require.False(t, plan.Moved())
	require.False(t, s.tally(plan).Returned.Sought)
}

const withProducts = "sources:\n  - path: export.csv\n    columns: {customer: id, order: no, time: time, amount: q * price, product: product, quantity: q, original_order: of, cost: cost}\n    returns: no LIKE 'C%'\n"

func TestReturnsOfProducts(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", `id,no,time,q,price,product,of,cost
1,A1,2024-01-01 10:00,3,10,tea,,3
1,A1,2024-01-01 10:00,1,5,cup,,2
1,A2,2024-01-01 12:00,3,10,tea,,3
1,C3,2024-01-01 11:00,-3,10,tea,,-3
1,C4,2024-01-02 11:00,-5,10,tea,,-5
1,C5,2024-01-02 11:00,-1,10,pot,,-1
1,C6,2024-01-02 11:00,-1,4,cup,A1,-2
2,A7,2024-01-02,1,10,tea,,1
2,C8,2024-01-02,1,10,tea,,1
,C9,2024-01-02,1,10,tea,,1
`)
	plan := s.load(head + withProducts)
	require.Equal(t, []string{
		"1|0|A1|false|-34.0|-5.0|true", "1|0|A2|false|-30.0|-3.0|true",
		"1|0|C3|true|30.0|3.0|false", "1|0|C4|true|30.0|3.0|false", "1|0|C6|true|4.0|2.0|false",
		"2|0|A7|false|-10.0|-1.0|true", "2|0|C8|true|10.0|1.0|false",
	}, s.moved())
	a := s.tally(plan)
	require.Equal(t, "1 -4.00, 2 -40.00, 1 -50.00, 1 -10.00", fates(a.Returned))
	require.Equal(t, int64(10), a.Total.Read.Rows)
	require.Equal(t, a.Total.Returns.Money, a.Returned.ByOrder.Money.Plus(a.Returned.ByProduct.Money).Plus(a.Returned.Partly.Money).Plus(a.Returned.Unmatched.Money))
	require.Equal(t, int64(3), a.Returned.Undone)
}

const withRefunds = "sources:\n  - path: export.csv\n    columns: {customer: id, order: order, time: day, amount: total, refund: back, refund_time: on, cost: cost, attributes: {points: points}}\n"

// A refund on the row of a sale is a return of it: the row is one row of the file, and both
// amounts are accounted for.
func TestRefunds(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", `id,order,day,total,back,on,cost,points
1,A1,2024-01-01,10,0.00,,4,1
1,A2,2024-01-02,10,2.50,2024-01-09,4,1
1,A3,2024-01-03,10,10,,4,1
1,A4,2024-01-04,10,-12,2024-01-10,4,1
1,A5,2024-01-05,10,5,2031-01-01,4,1
1,A6,2024-01-06,10,x,,4,1
1,A7,2024-01-07,10,5,soon,4,1
1,A8,2024-01-08,-10,5,,-4,1
,A9,2024-01-08,10,5,,4,1
1,,2024-01-09,10,10,,4,1
1,,2024-01-09,10,,,4,1
`)
	plan := s.load(head + withRefunds)
	require.Equal(t, []string{
		"2|A1|2024-01-01|10|4|1|", "3|A2|2024-01-02|10|4|1|", "3|A2|2024-01-09|-2.5|-1||", "4|A3|2024-01-03|10|4|1|", "4|A3|2024-01-03|-10|-4||",
		"5|A4|2024-01-04|10|4|1|", "5|A4|2024-01-10|-12|-4||", "6|A5|2024-01-05|10|4|1|", "7|A6|2024-01-06|10|4|1|amount_unreadable",
		"8|A7|2024-01-07|10|4|1|time_unreadable", "8|A7||-5|-2||time_unreadable", "9|A8|2024-01-08|-10|-4|1|", "10|A9|2024-01-08|10|4|1|anonymous", "10|A9|2024-01-08|-5|-2||anonymous",
		"11|2024-01-09|2024-01-09|10|4|1|", "11|2024-01-09|2024-01-09|-10|-4||", "12|2024-01-09|2024-01-09|10|4|1|",
	}, s.rowsInOrder("line, order_id, day, amount, cost, attribute_points, reason"))
	require.Equal(t, []string{
		"1|0|2024-01-09|false|-10.0|-4.0|false", "1|0|2024-01-09|true|10.0|4.0|false",
		"1|0|A2|false|-2.5|-1.0|false", "1|0|A2|true|2.5|1.0|false", "1|0|A3|false|-10.0|-4.0|true", "1|0|A3|true|10.0|4.0|false",
		"1|0|A4|false|-12.0|-4.0|true", "1|0|A4|true|12.0|4.0|false",
	}, s.moved())
	a := s.tally(plan)
	require.Equal(t, int64(11), a.Total.Read.Rows)
	require.Equal(t, int64(8), a.Total.Used.Rows)
	require.Equal(t, []int64{11}, a.FileRows)
	require.Equal(t, int64(5), a.Total.Returns.Rows)
	require.Equal(t, "-44.50", a.Total.Returns.Money.String())
	require.Equal(t, "25.50", a.Total.Used.Money.String())
	require.Equal(t, "4 -34.50, 0 0.00, 0 0.00, 1 -10.00", fates(a.Returned))
}

// The cost of what comes back is worked out whatever the size of a row, as in currencies of
// small units.
func TestRefundsOfLargeAmounts(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", `id,order,day,total,back,on,cost,points
1,A1,2024-01-01,5000,1000,,3000,1
1,A2,2024-01-02,999999999999.99,333333333333.33,,600000000000,1
1,A3,2024-01-03,8610944.128,7317381.37,,-6000000,1
`)
	s.load(head + withRefunds)
	require.Equal(t, []string{
		"2|5000|3000", "2|-1000|-600", "3|999999999999.99|600000000000", "3|-333333333333.33|-200000000000",
		"4|8610944.128|-6000000", "4|-7317381.37|5098661.374104",
	}, s.rowsInOrder("line, amount, cost"))
}

// What is said beside a sale is said on its day. The day of its refund says nothing of it:
// a consent that was withdrawn in between stays withdrawn.
func TestRefundsSayNothingBesideMoney(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", `id,order,day,total,back,on,agreed,origin,by
1,A1,2024-01-01,10,4,2024-03-01,yes,web,2
1,A2,2024-02-01,10,,,no,web,2
`)
	s.load(head + `sources:
  - path: export.csv
    columns: {customer: id, order: order, time: day, amount: total, refund: back, refund_time: on, consent: agreed, provenance: origin, referrer: by}
consent: {require: yes, exclude: list}
`)
	require.Equal(t, []string{"2024-01-01|10|yes|web|2", "2024-03-01|-4|||", "2024-02-01|10|no|web|2"}, s.rowsInOrder("day, amount, consent, provenance, referrer"))
}

// rowsInOrder is cells with what is returned behind what is sold on the same line.
func (s *shop) rowsInOrder(columns string) []string {
	s.t.Helper()
	rows, err := engine.Text(s.t.Context(), s.engine, "SELECT "+columns+" FROM ledger ORDER BY file, line, is_return")
	require.NoError(s.t, err)
	all := make([]string, len(rows))
	for i, r := range rows {
		for k, cell := range r {
			if k > 0 {
				all[i] += "|"
			}
			all[i] += cell
		}
	}
	return all
}

// A refund that is repeated on the lines of its order, as its total is, counts once.
func TestRefundsOfOrders(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", `id,order,day,total,back,on,cost,points
1,A1,2024-01-01,10,10,2024-02-01,1,
1,A1,2024-01-01,10,10,2024-02-01,2,
1,A2,2024-01-02,20,,,1,
1,A2,2024-01-02,20,5,2024-02-02,2,
1,A3,2024-01-03,30,5,,1,
1,A3,2024-01-03,30,6,,2,
`)
	plan := s.load(head + withRefunds + "    amount_is: order\n")
	require.Equal(t, []string{
		"2|10||", "2|-10||", "3|0||", "4|20||", "4|-5||", "5|0||", "6|30||amount_conflict", "6|-5||amount_conflict",
		"7|30||amount_conflict", "7|-6||amount_conflict",
	}, s.rowsInOrder("line, amount, attribute_points, reason"))
	require.Equal(t, []string{"1|0|A1|false|-10.0|-1.0|true", "1|0|A1|true|10.0|1.0|false", "1|0|A2|false|-5.0|-0.25|false", "1|0|A2|true|5.0|0.25|false"}, s.moved())
	require.Equal(t, "15.00", s.tally(plan).Total.Used.Money.String())
}

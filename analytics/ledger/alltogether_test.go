package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
)

// Cells filled from the line above, a joined file, currencies by day, one person under
// several spellings, totals and refunds that orders repeat, in one job. The truth was
// worked out by hand: a dollar is worth 0.5 on January 1 and 0.8 from January 2 on, a pound 2.
func TestEveryStepTogether(t *testing.T) {
	const (
		orders = "name,key,made,total,cur,back,back_on,item,status\n" +
			"#1,k1,2024-01-01,100,USD,40,2024-01-09,tea,paid\n" + // 50 - 20
			"#1,,,,,,,cup,\n" +
			"#2,k2,2024-01-02,100,USD,,,tea,paid\n" + // 80 - 24
			"#2,,,100,,30,,cup,\n" +
			"#3,k3,2024-01-02,50,EUR,50,2024-02-01,tea,paid\n" + // all of it came back
			"#3,,,50,,50,2024-02-01,cup,\n" +
			"#4,k3,2024-01-03,10,GBP,,,tea,paid\n" + // 20
			"#5,k9,2024-01-01,20,USD,5,,tea,paid\n" + // a stranger: 10 - 2.5
			"#5,,,20,,5,,cup,\n" +
			"#6,k1,2024-01-04,60,EUR,,,tea,paid\n" + // 60, of one person under two spellings
			"#6,k2,2024-01-04,60,EUR,,,cup,paid\n" +
			"#6,k4,2024-01-04,60,EUR,,,pot,void\n" +
			"#7,k2,2024-01-02,30,USD,10,,tea,void\n" + // left out: 24 - 8
			"#7,,,30,,10,,cup,\n" +
			"#8,k4,2024-01-05,7,EUR,,,tea,paid\n" + // the same cells in another shop's order
			"#8,k3,2024-01-05,7,EUR,2,,tea,paid\n"
		people = "key,email\nk1, Ann@X.de\nk2,ann@x.de \nk3,bob@x.de\nk4,ANN@x.de\n"
		rates  = "currency,rate,day\nUSD,0.5,2024-01-01\nUSD,0.8,2024-01-02\nGBP,2,2024-01-01\n"
		mapped = "currency: EUR\nrates: rates.csv\nidentity: {normalise: [trim, lower]}\n" + `sources:
  - path: orders.csv
    fill_down: [key, made, cur, status]
    join: [{path: people.csv, on: key}]
    columns: {customer: email, order: name, time: made, amount: total, currency: cur, refund: back, refund_time: back_on, product: item}
    amount_is: order
    where: status = 'paid'
`
	)
	for _, threads := range []int{1, 4} {
		s := shopWith(t, threads)
		s.write("orders.csv", orders)
		s.write("people.csv", people)
		s.write("rates.csv", rates)
		plan := s.load(head + mapped)
		rows, err := engine.Text(t.Context(), s.engine, `SELECT customer, CAST(sum(amount) AS VARCHAR), count(DISTINCT order_id) FILTER (NOT is_return)
			FROM ledger WHERE reason IS NULL GROUP BY customer ORDER BY customer`)
		require.NoError(t, err)
		require.Equal(t, [][]string{{"ann@x.de", "153.000000", "4"}, {"bob@x.de", "25.000000", "3"}}, rows)
		require.Equal(t, []string{
			"ann@x.de|0|#1|false|-20.0|0.0|false", "ann@x.de|0|#1|true|20.0|0.0|false", "ann@x.de|0|#2|false|-24.0|0.0|false", "ann@x.de|0|#2|true|24.0|0.0|false",
			"bob@x.de|0|#3|false|-50.0|0.0|true", "bob@x.de|0|#3|true|50.0|0.0|false", "bob@x.de|0|#8|false|-2.0|0.0|false", "bob@x.de|0|#8|true|2.0|0.0|false",
		}, s.moved())
		a := s.tally(plan)
		require.Equal(t, map[string]string{"read": "201.50", "used": "178.00", "anonymous": "7.50", "filtered": "16.00"}, asideMoney(t, a.Total))
		require.Equal(t, []int64{16}, a.FileRows)
		require.Equal(t, "4 -96.00, 0 0.00, 0 0.00, 0 0.00", fates(a.Returned))
		require.Equal(t, int64(1), a.Returned.Undone)
		require.Len(t, s.rejects(plan), 5)
	}
}

// What the lines of an order repeat is the total in the order's currency: lines of two
// days are worth different amounts, and still state one total. It is worth what it was on
// the day of the line that has it.
func TestTotalsOfOrdersInCurrenciesByDay(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,no,day,total,cur,back\n1,A1,2024-01-01,100,USD,40\n1,A1,2024-01-02,100,usd,40\n1,A2,2024-01-01,8,EUR,\n1,A2,2024-01-01,10,USD,\n")
	s.write("rates.csv", "currency,rate,day\nUSD,0.5,2024-01-01\nUSD,0.8,2024-01-02\n")
	plan := s.load(head + "currency: EUR\nrates: rates.csv\nsources:\n  - path: export.csv\n    columns: {customer: id, order: no, time: day, amount: total, currency: cur, refund: back}\n    amount_is: order\n")
	require.Equal(t, []string{
		"2|2024-01-01|50||100", "2|2024-01-02|-20||40", "3|2024-01-02|0||100", "4|2024-01-01|8|amount_conflict|8", "5|2024-01-01|5|amount_conflict|10",
	}, s.rowsInOrder("line, day, amount, reason, original"))
	a := s.tally(plan)
	require.Equal(t, "30.00", a.Total.Used.Money.String())
	require.Equal(t, "60.00", a.Currencies[0].Original.String())
}

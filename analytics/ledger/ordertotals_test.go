package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

const withTotals = "sources:\n  - path: export.csv\n    columns: {customer: id, order: order, time: day, amount: total, product: product}\n    amount_is: order\n"

// An order's total, repeated on each of its lines, counts once, on the first of them that
// is used.
func TestTotalsOfOrders(t *testing.T) {
	s := newShop(t)
	s.write("a.csv", `id,order,day,total,product,status
1,A1,2024-01-01,30,tea,
1,A1,2024-01-01,30,cup,
1,A2,2024-01-02,5,tea,
2,A1,2024-01-03,7,tea,
2,A3,2024-01-04,9,post,void
2,A3,2024-01-04,9,cup,
2,A3,2024-01-04,9,tea,
`)
	s.write("b.csv", `id,order,day,total,product,status
1,A1,2024-01-01,30,pot,
2,A4,2024-01-05,-7,tea,
2,A4,2024-01-05,-7,cup,
,A5,2024-01-05,11,tea,
,A5,2024-01-05,11,cup,
1,,2024-01-06,4,tea,
1,,2024-01-06,4,tea,
1,A6,2024-01-07,8,cup,
1,A6,2024-01-07,,tea,
1,A7,2024-01-07,,tea,
1,A8,2024-01-07,8,cup,
1,A8,2024-01-07,n/k,cup,
`)
	plan := s.load(head + strings.ReplaceAll(withTotals, "export.csv", "'*.csv'") + "    where: coalesce(status, '') <> 'void'\n")
	require.Equal(t, []string{
		"1|A1|30|false|", "1|A1|0|false|", "1|A2|5|false|", "2|A1|7|false|", "2|A3|0|false|filtered", "2|A3|9|false|", "2|A3|0|false|",
		"1|A1|0|false|", "2|A4|-7|true|", "2|A4|0|true|", "|A5|11|false|anonymous", "|A5|0|false|anonymous",
		// Without an order id nothing says which lines make one.
		"1|2024-01-06|4|false|", "1|2024-01-06|4|false|",
		// A blank total is none that differs; something that cannot be read is.
		"1|A6|8|false|", "1|A6|0|false|", "1|A7||false|amount_unreadable", "1|A8|8|false|", "1|A8||false|amount_unreadable",
	}, s.cells("customer, order_id, amount, is_return, reason"))
	a := s.tally(plan).Total
	require.Equal(t, int64(19), a.Read.Rows)
	require.Equal(t, "79.00", a.Read.Money.String())
	require.Equal(t, "68.00", a.Used.Money.String())
	require.Equal(t, "11.00", a.Rejected[ledger.Anonymous].Money.String())
}

// The lines of one order may spell its customer differently: it is one order of one person.
func TestTotalsOfOrdersOfOnePerson(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", `id,order,day,total,product,status
Ann,A1,2024-01-01,30,tea,
ann,A1,2024-01-01,30,cup,
ANN,A1,2024-01-01,,pot,
ANN,A1,2024-01-01,30,post,void
Bob,A1,2024-01-02,5,tea,
,A2,2024-01-02,,tea,
`)
	plan := s.load(head + withTotals + "    where: coalesce(status, '') <> 'void'\nidentity: {normalise: [lower]}\n")
	require.Equal(t, []string{
		"ann|A1|30|false|", "ann|A1|0|false|", "ann|A1|0|false|", "ann|A1|0|false|filtered", "bob|A1|5|false|", "|A2||false|amount_unreadable",
	}, s.cells("customer, order_id, amount, is_return, reason"))
	require.Equal(t, "35.00", s.tally(plan).Total.Read.Money.String())
	require.Equal(t, int64(4), plan.Persons().IDs)
}

// The cost of a line is the line's. Where a line states none, it is what the margin leaves
// of the order's total, once.
func TestCostsBesideTotalsOfOrders(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,order,day,total,cost\n1,A1,2024-01-01,30,\n1,A1,2024-01-01,30,\n1,A2,2024-01-02,20,3\n1,A2,2024-01-02,20,4\n")
	s.load(head + "sources:\n  - path: export.csv\n    columns: {customer: id, order: order, time: day, amount: total, cost: cost}\n    amount_is: order\nclv: {margin: 0.4}\n")
	require.Equal(t, []string{"30|18", "0|0", "20|3", "0|4"}, s.cells("amount, cost"))
}

// Lines of one order with different totals: nobody can tell which is right. Few such
// orders are set aside, many stop the run.
func TestTotalsThatDiffer(t *testing.T) {
	s := newShop(t)
	orders := func(differing int) string {
		var csv strings.Builder
		csv.WriteString("id,order,day,total,product\n")
		for i := range 20 {
			other := i
			if i >= 20-differing {
				other = 100
			}
			fmt.Fprintf(&csv, "1,A%d,2024-01-01,%d,tea\n1,A%d,2024-01-01,%d,cup\n", i, i, i, other)
		}
		return csv.String()
	}
	s.write("export.csv", orders(1))
	plan := s.load(head + withTotals)
	a := s.tally(plan).Total
	require.Equal(t, int64(2), a.Rejected[ledger.AmountConflict].Rows)
	require.Equal(t, "119.00", a.Rejected[ledger.AmountConflict].Money.String())
	require.Equal(t, "171.00", a.Used.Money.String())
	require.Equal(t, []ledger.Reject{
		{Source: "export.csv", Line: 40, Reason: ledger.AmountConflict, Row: "1,A19,2024-01-01,19,tea"},
		{Source: "export.csv", Line: 41, Reason: ledger.AmountConflict, Row: "1,A19,2024-01-01,100,cup"},
	}, s.rejects(plan))

	s.write("export.csv", orders(2))
	require.EqualError(t, s.refusal(head+withTotals), "export.csv:39: its amount is not that of the other lines of its order, and so it is in 2 of 20 orders with several lines: "+
		"these are no totals that are repeated; set sources.0.amount_is to line, or map columns.amount to the column with the total")
}

// Every number of threads and every order of files gives the same line the total.
func TestTotalsAtAnyThreadCount(t *testing.T) {
	var csv strings.Builder
	csv.WriteString("id,order,day,total,product\n")
	for i := range 40_000 {
		order := (i * 7919) % 9001
		fmt.Fprintf(&csv, "%d,A%d,2024-01-01,%d.50,p%d\n", order%100, order, order%77, i%13)
	}
	var want []string
	for _, threads := range []int{1, 2, 5} {
		s := shopWith(t, threads)
		s.write("export.csv", csv.String())
		s.load(head + withTotals)
		got := s.cells("line, amount")
		if want == nil {
			want = got
		}
		require.Equal(t, want, got)
	}
	seen, at := map[int]bool{}, 0
	for i := range 40_000 {
		order, amount := (i*7919)%9001, "0"
		if !seen[order] {
			seen[order], amount = true, fmt.Sprintf("%d.5", order%77)
		}
		require.Equal(t, fmt.Sprintf("%d|%s", i+2, amount), want[at])
		at++
	}
}

package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// What a condition calls a return gives money back whatever its sign; what
// has a negative amount is a return without being told.
func TestReturns(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", `id,order,day,amount,cost,kind
1,A1,2024-01-01,10,4,sale
1,CA1,2024-01-02,10,4,refund
1,CA2,2024-01-02,-5,-2,refund
1,A3,2024-01-03,-2.5,1,sale
1,A4,2024-01-04,0,0,sale
1,CA5,2024-01-05,0,0,refund
1,A6,2024-01-06,7,3,
,CA7,2024-01-07,3,1,refund
1,CA8,2024-01-08,x,1,refund
`)
	plan := s.load(head + "sources:\n  - path: export.csv\n    columns: {customer: id, order: order, time: day, amount: amount, cost: cost}\n    returns: kind = 'refund'\n")
	require.Equal(t, []string{
		"A1|10|4|false|", "CA1|-10|-4|true|", "CA2|-5|-2|true|", "A3|-2.5|-1|true|", "A4|0|0|false|",
		"CA5|0|0|true|", "A6|7|3|false|", "CA7|-3|-1|true|anonymous", "CA8||-1|true|amount_unreadable",
	}, s.cells("order_id, amount, cost, is_return, reason"))
	a := s.tally(plan).Total
	require.Equal(t, int64(7), a.Used.Rows)
	require.Equal(t, "-0.50", a.Used.Money.String())
	require.Equal(t, int64(4), a.Returns.Rows)
	require.Equal(t, "-17.50", a.Returns.Money.String())
	require.Equal(t, "-3.00", a.Rejected[ledger.Anonymous].Money.String())
	require.Equal(t, ledger.Count{Rows: 1, Unknown: 1}, a.Rejected[ledger.AmountUnreadable])
	require.Equal(t, "-3.50", a.Read.Money.String())
}

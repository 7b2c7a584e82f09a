package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// A total below the rows is set aside under a reason of its own: it is neither a
// customer's nor in any sum, and no damage that stops the night.
func TestFooterIsNoRow(t *testing.T) {
	for _, c := range []struct {
		below string
		lines []int64
	}{
		{"Total,,123.45\n", []int64{12}},
		{"Closing balance,2024-01-31,123.45\n", []int64{12}},
		{"\n-------\nTotal;see above\n\nEnd of report\n", []int64{13, 14, 16}},
		{"End of report", []int64{12}},
	} {
		var csv strings.Builder
		csv.WriteString("id,day,amount\n")
		for i := range 10 {
			fmt.Fprintf(&csv, "c%d,2024-01-%02d,2.50\n", i, 1+i)
		}
		s := newShop(t)
		plan := s.loadOne(csv.String()+c.below, "malformed: 0")
		a := s.tally(plan)
		require.Equal(t, "25.00", a.Total.Read.Money.String())
		require.Equal(t, int64(10), a.Total.Used.Rows)
		require.Equal(t, int64(len(c.lines)), a.Total.Rejected[ledger.Footer].Rows)
		lines := strings.Split(csv.String()+c.below, "\n")
		for i, r := range s.rejects(plan) {
			require.Equal(t, ledger.Reject{Source: "export.csv", Line: c.lines[i], Reason: ledger.Footer, Row: lines[c.lines[i]-1]}, r)
		}
	}
}

// Nothing is filled into a total, and a total is no line of the order above it.
func TestFooterIsNotFilled(t *testing.T) {
	s := newShop(t)
	s.write("a.csv", "order,id,day,amount\n1,a,2024-01-01,5\n,,,6\nTotal,,,11\n")
	plan := s.load(head + "sources:\n  - path: a.csv\n    columns: {customer: id, order: order, time: day, amount: amount}\n    fill_down: [order, id, day]\n")
	require.Equal(t, []string{"a|1|5|", "a|1|6|", "|||footer"}, s.cells("customer, order_id, amount, reason"))
	require.Equal(t, "11.00", s.tally(plan).Total.Read.Money.String())
}

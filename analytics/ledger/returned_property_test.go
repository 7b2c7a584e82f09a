package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/engine"
)

// Matching moves money between the orders of a customer and never between customers, at
// any number of threads: what a customer's rows come to, and what the rows of all files
// do, is what it was.
func TestMatchingKeepsTheMoneyOfEachCustomer(t *testing.T) {
	for round := range uint64(4) {
		r := rand.New(rand.NewPCG(round, 20261126))
		pick := func(of ...string) string { return of[r.IntN(len(of))] }
		var csv strings.Builder
		csv.WriteString("id,no,time,q,total,product,of,back\n")
		sums := map[string]int{} // in cents
		for range 400 {
			id, cents := pick("a", "b", "c", "d", "e", "f"), r.IntN(12_001)-3000
			back := 0
			if cents > 0 && r.IntN(6) == 0 {
				back = r.IntN(cents + 1)
			}
			q := pick("1", "2", "3", "-1", "")
			fmt.Fprintf(&csv, "%s,%s,2024-01-%02d 1%d:00,%s,%s,%s,%s,%s\n", id, pick("", "A", "B", "C", "D", "E", "F", "G", "H"),
				1+r.IntN(9), r.IntN(10), q, decimalOf(cents),
				pick("", "tea", "cup", "pot", "jug", "mat", "tin"), pick("", "", "", "A", "B", "Z"), decimalOf(back))
			sums[id] += cents - back
		}
		var first []string
		for _, threads := range []int{1, 4} {
			s := shopWith(t, threads)
			s.write("export.csv", csv.String())
			plan := s.load(head + "sources:\n  - path: export.csv\n" +
				"    columns: {customer: id, order: no, time: time, amount: total, product: product, quantity: q, original_order: of, refund: back}\n")
			for id, cents := range sums {
				rows, err := engine.Text(t.Context(), s.engine, "SELECT CAST(100 * sum(amount) AS BIGINT) FROM ledger WHERE customer = "+engine.Literal(id))
				require.NoError(t, err)
				require.Equal(t, strconv.Itoa(cents), rows[0][0])
			}
			require.True(t, plan.Moved())
			rows, err := engine.Text(t.Context(), s.engine, "SELECT count(*) FROM (SELECT sum(money) AS money, sum(cost) AS cost FROM moved GROUP BY customer) WHERE money <> 0 OR cost <> 0")
			require.NoError(t, err)
			require.Equal(t, "0", rows[0][0])
			got := s.moved()
			if first == nil {
				first = got
			}
			require.Equal(t, first, got)
			a := s.tally(plan)
			require.Equal(t, a.Total.Returns.Rows, a.Returned.ByOrder.Rows+a.Returned.ByProduct.Rows+a.Returned.Partly.Rows+a.Returned.Unmatched.Rows)
			require.Equal(t, a.Total.Returns.Money, a.Returned.ByOrder.Money.Plus(a.Returned.ByProduct.Money).Plus(a.Returned.Partly.Money).Plus(a.Returned.Unmatched.Money))
		}
	}
}

func decimalOf(cents int) string {
	sign := ""
	if cents < 0 {
		sign, cents = "-", -cents
	}
	return fmt.Sprintf("%s%d.%02d", sign, cents/100, cents%100)
}

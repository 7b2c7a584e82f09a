package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// An export that repeats totals is noticed; a shop is not suspected for its prices.
func TestRepeatedTotalsAreNoticed(t *testing.T) {
	for _, c := range []struct {
		name     string
		orders   int
		lines    func(r *rand.Rand, n int) []int // amounts of n lines
		products bool
		want     bool
	}{
		{"totals", 500, totals, false, true},
		{"totals, products known", 500, totals, true, true},
		{"totals of a few orders", 12, totals, true, true},
		{"totals of two orders", 2, totals, true, false},
		{"prices", 500, prices(8, 12, 15, 20, 35, 50, 99), false, false},
		{"one price", 500, prices(20), false, false},
		{"one price, products known", 500, prices(20), true, false},
		{"two prices", 500, prices(20, 25), true, false},
		{"one price and a rare other", 2000, prices(20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 25), true, false},
		{"tickets, each on a line", 500, tickets, false, false},
	} {
		for _, threads := range []int{1, 3} {
			s := shopWith(t, threads)
			r := rand.New(rand.NewPCG(1, 2))
			var csv strings.Builder
			csv.WriteString("id,order,day,amount,product\n")
			var orders []ledger.OrderLines // without the engine
			for order := range c.orders {
				amounts := c.lines(r, 1+order%4)
				o := ledger.OrderLines{Lines: len(amounts), Equal: true, Tells: !c.products && len(amounts) > 1, Amount: strconv.Itoa(slices.Min(amounts)), Value: float64(slices.Min(amounts))}
				first := -1
				for _, amount := range amounts {
					product := r.IntN(1000)
					if first < 0 {
						first = product
					}
					o.Equal, o.Tells = o.Equal && amount == amounts[0], o.Tells || c.products && product != first
					fmt.Fprintf(&csv, "%d,A%d,2024-01-01,%d,p%d\n", order%50, order, amount, product)
				}
				orders = append(orders, o)
			}
			s.write("export.csv", csv.String())
			mapping := "{customer: id, order: order, time: day, amount: amount}"
			if c.products {
				mapping = "{customer: id, order: order, time: day, amount: amount, product: product}"
			}
			yaml := head + "sources:\n  - path: export.csv\n    columns: " + mapping + "\n"
			a := s.tally(s.load(yaml))
			require.Equal(t, c.want, a.Repetitions[0].Suspicious(), "%s: %+v", c.name, a.Repetitions[0])
			require.Equal(t, a.Repetitions[0], ledger.RepetitionOf(orders, c.products), c.name)
			if c.want {
				require.Equal(t, int64(c.orders*3/4), a.Repetitions[0].Equal)
			}
			for _, said := range []string{"line", "order"} {
				if said == "line" || c.want {
					require.False(t, s.tally(s.load(yaml + "    amount_is: " + said + "\n")).Repetitions[0].Suspicious(), c.name)
				}
			}
		}
	}
}

// totals are n times what n things come to.
func totals(r *rand.Rand, n int) []int {
	sum, all := 0, make([]int, n)
	for range n {
		sum += 5 + r.IntN(60)
	}
	for i := range all {
		all[i] = sum
	}
	return all
}

// prices are drawn for each line by itself.
func prices(of ...int) func(*rand.Rand, int) []int {
	return func(r *rand.Rand, n int) []int {
		all := make([]int, n)
		for i := range all {
			all[i] = of[r.IntN(len(of))]
		}
		return all
	}
}

// tickets of one kind are bought together.
func tickets(r *rand.Rand, n int) []int {
	price, all := 10*(1+r.IntN(12)), make([]int, n)
	for i := range all {
		all[i] = price
	}
	return all
}

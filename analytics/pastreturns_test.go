package analytics

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics/job"
	"clientele/analytics/tiers"
	"clientele/analytics/worth"
	"clientele/clv/backtest"
	"clientele/internal/calendar"
)

// shopWithReturns is an export of which a third of the orders come back, whole or in part,
// up to three months later. Each return names its order.
func shopWithReturns(seed uint64, customers int) string {
	r := rand.New(rand.NewPCG(seed, 0))
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	day := func(n int) string { return start.AddDate(0, 0, n).Format(time.DateOnly) }
	var b strings.Builder
	b.WriteString("id,order,day,amount,of\n")
	order := 0
	for c := range customers {
		for at := r.IntN(300); at < 400; at += 1 + r.IntN(90) {
			order++
			amount := 5 + r.IntN(95)
			fmt.Fprintf(&b, "c%d,%d,%s,%d,\n", c, order, day(at), amount)
			if r.IntN(3) > 0 {
				continue
			}
			back, on := amount, at+r.IntN(90)
			if r.IntN(2) == 0 { // a part first, and perhaps the rest
				back = 1 + r.IntN(amount)
				if rest := amount - back; rest > 0 && r.IntN(2) == 0 {
					fmt.Fprintf(&b, "c%d,r%d,%s,-%d,%d\n", c, order, day(on+r.IntN(40)), rest, order)
				}
			}
			fmt.Fprintf(&b, "c%d,q%d,%s,-%d,%d\n", c, order, day(on), back, order)
		}
	}
	return b.String()
}

// A backtest as of an earlier day says the same whether the exports end on that day or go
// on: what came back later was not known then. It knows customers of whom nothing is left.
func TestBacktestsKnowNoLaterReturns(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "shop.csv"), []byte(shopWithReturns(1, 400)), 0o600))
	path := filepath.Join(dir, "shop.yaml")
	require.NoError(t, os.WriteFile(path, []byte(`name: shop
sources: [{path: shop.csv, columns: {customer: id, order: order, time: day, amount: amount, original_order: of}}]
`), 0o600))
	then := time.Date(2024, 10, 1, 0, 0, 0, 0, time.UTC)
	report := func(asOf time.Time) (*backtest.Report, int) {
		t.Helper()
		j, err := job.Load(path, []string{"as_of=" + asOf.Format(time.DateOnly)}, time.Now)
		require.NoError(t, err)
		s, err := openToLook(t.Context(), j, Options{Threads: 2}.withDefaults())
		require.NoError(t, err)
		defer s.close(&err)
		require.NoError(t, s.load(t.Context(), func(string) {}))
		n, _, err := s.reduce(t.Context(), s.frame(), tiers.Ask, singleDays)
		require.NoError(t, err)
		o := worth.BacktestOptions(&n.Frame)
		o.Today, o.Models, o.Brief = calendar.DayOf(then), []string{"mbg-nbd", "nbd"}, true
		r, err := backtest.Run(worth.Purchases(n.Customers, func(string) bool { return true }), o)
		require.NoError(t, err)
		return r, n.Customers.Len()
	}
	onTheDay, thenCustomers := report(then)
	later, nowCustomers := report(then.AddDate(0, 6, 0))
	require.NotEqual(t, thenCustomers, nowCustomers)
	require.NotEmpty(t, onTheDay.Splits)
	require.NotEmpty(t, onTheDay.Money)
	require.Equal(t, fmt.Sprintf("%+v", onTheDay.Weights), fmt.Sprintf("%+v", later.Weights))
	require.Equal(t, onTheDay.Money, later.Money)
	for i, v := range onTheDay.Splits {
		w := later.Splits[i]
		require.Equal(t, []float64{v.Customers, v.BornAfter, v.Repeaters, v.Repeats, v.Actual}, []float64{w.Customers, w.BornAfter, w.Repeaters, w.Repeats, w.Actual})
		require.InDelta(t, v.Models[0].LogScore, w.Models[0].LogScore, 0)
	}
}

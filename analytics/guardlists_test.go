package analytics

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/analytics/night"
	"clientele/analytics/night/nighttest"
	"clientele/analytics/risk"
	"clientele/analytics/worth"
	"clientele/internal/money"
)

// tenCustomers is a night after one with ten customers, of whom the first so many are
// still there.
func tenCustomers(t *testing.T, settings string, still int) night.Context {
	t.Helper()
	f := nighttest.Frame(t, "2024-07-01", settings)
	ids := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}
	f.Previous = nighttest.Before(t, f.Job, "2024-06-30", ids, nil)
	f.Previous.Customers, f.Previous.RowsRead, f.Previous.Path = 10, 1000, "out/shop/2024-06-30"
	return night.NewContext(f, &customers.Table{ID: ids[:still], Orders: make([]int64, still), Net: make([]money.Amount, still)})
}

func TestGuardOfCustomers(t *testing.T) {
	settings := "guard: {customers: 0.2, tiers: 1, downgrades: 1}\n"
	require.NoError(t, guardLists(tenCustomers(t, settings, 8), nil))
	require.EqualError(t, guardLists(tenCustomers(t, settings, 7), nil), "shop as of 2024-07-01: "+
		"guard.customers: the list has 7 customers and had 10 on 2024-06-30, a change of 30.0% where 20.0% is allowed"+
		"; look at the exports and the rules; if all is as it should be, run this night with --set guard=off")
	require.NoError(t, guardLists(tenCustomers(t, "", 7), nil), "there is no guard")
}

func TestGuardOfRows(t *testing.T) {
	account := func(read int64) ledger.Account {
		return ledger.Account{Total: ledger.Tally{Read: ledger.Count{Rows: read}}}
	}
	n := tenCustomers(t, "guard: {rows: 0.1}\n", 10)
	require.NoError(t, guardRows(n.Frame, account(900)))
	require.ErrorContains(t, guardRows(n.Frame, account(899)), "guard.rows: 899 rows were read and 1000 on 2024-06-30, a fall of 10.1% where 10.0% is allowed")
	require.NoError(t, guardRows(n.Frame, account(2000)), "more is no fall")
	n.Previous = nil
	require.NoError(t, guardRows(n.Frame, account(1)), "a first night")
}

// Whoever goes is gone: all at once is an error, more than a tenth a warning.
func TestWhoIsGone(t *testing.T) {
	n := tenCustomers(t, "", 9)
	require.NoError(t, checkGone(n))
	require.Empty(t, n.Warnings.All())
	n = tenCustomers(t, "", 8)
	require.NoError(t, checkGone(n))
	require.Len(t, n.Warnings.All(), 1)
	require.Contains(t, n.Warnings.All()[0], "customers: 2 of the 10 of 2024-06-30 are not in the exports any more")
	n = tenCustomers(t, "", 10)
	n.Customers.ID = []string{"k", "l", "m", "n", "o", "p", "q", "r", "s", "t"}
	err := checkGone(night.NewContext(n.Frame, n.Customers))
	require.ErrorContains(t, err, "the night before: out/shop/2024-06-30: none of its 10 customers is in tonight's exports")
	require.NoError(t, checkGone(night.Context{}), "a first night")
}

func TestRankingIsByValueThenID(t *testing.T) {
	f := &found{base: base{net: []float64{1, 3, 2, 3}}}
	for _, by := range []job.RankBy{job.RankByCLV, job.RankByFuture, job.RankByRisk} {
		require.Equal(t, []int{1, 3, 2, 0}, f.ranking(by), "what is not known cannot rank")
	}
	f.worth = &worth.Result{CLV: []float64{1, 2, 3, 4}, Future: []float64{4, 4, 5, 0}}
	require.Equal(t, []int{3, 2, 1, 0}, f.ranking(job.RankByCLV))
	require.Equal(t, []int{3, 2, 1, 0}, f.ranking(job.RankByFuture), "there is no model")
	f.risk = &risk.Result{Value: []float64{0, 7, math.NaN(), 7}}
	require.Equal(t, []int{1, 3, 0, 2}, f.ranking(job.RankByRisk))
}

package analytics_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// dayBought is what a customer did on a day, as a plain reader of the export finds it.
type dayBought struct {
	orders map[string]bool
	spend  money.Amount
}

// boughtByDay reads an export without returns, of orders of one day each.
func boughtByDay(t *testing.T, export string) map[string]map[string]*dayBought {
	t.Helper()
	f, err := os.Open(export)
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	at := func(name string) int { return slices.Index(rows[0], name) }
	all := map[string]map[string]*dayBought{}
	for _, r := range rows[1:] {
		id, day := r[at("customer_id")], r[at("time")][:len(time.DateOnly)]
		if all[id] == nil {
			all[id] = map[string]*dayBought{}
		}
		if all[id][day] == nil {
			all[id][day] = &dayBought{orders: map[string]bool{}}
		}
		var amount money.Amount
		require.NoError(t, amount.UnmarshalText([]byte(r[at("amount")])))
		b := all[id][day]
		b.orders[r[at("order_id")]] = true
		b.spend = b.spend.Plus(amount)
	}
	return all
}

func opened(t *testing.T, r *analytics.Result) *publication.Publication {
	t.Helper()
	p, err := publication.Open(r.Path)
	require.NoError(t, err)
	return p
}

// Purchase days and the months of cohorts are what a plain reader of the export finds.
func TestWhatCustomersDid(t *testing.T) {
	file := simulatedShop(t, 400)
	export := boughtByDay(t, filepath.Join(filepath.Dir(file), "sales.csv"))
	p := opened(t, publishJob(t, file, "clv=off", "stages=off"))

	customers := 0
	require.NoError(t, p.EachPurchases(func(id string, of publication.Purchases) error {
		customers++
		require.Len(t, of.Days, len(export[id]), id)
		require.True(t, slices.IsSorted(of.Days), id)
		for i, day := range of.Days {
			require.Equal(t, export[id][calendar.Format(day)].spend, of.Spend[i], id)
		}
		return nil
	}))
	require.Equal(t, len(export), customers)

	found, err := p.ReadActivity()
	require.NoError(t, err)
	require.NotEmpty(t, found)
	for _, row := range found {
		want := publication.ActivityMonth{Cohort: row.Cohort, Month: row.Month}
		for _, days := range export {
			first := ""
			for day := range days {
				if first == "" || day < first {
					first = day
				}
			}
			if !strings.HasPrefix(first, row.Cohort.String()) {
				continue
			}
			before := want.PurchaseDays
			for day, b := range days {
				if strings.HasPrefix(day, row.Month.String()) {
					want.PurchaseDays++
					want.Orders += int64(len(b.orders))
					want.Spend = want.Spend.Plus(b.spend)
				}
			}
			if want.PurchaseDays > before {
				want.Customers++
			}
		}
		require.Equal(t, want, row)
	}
	last := found[len(found)-1]
	require.Equal(t, calendar.MonthOf(calendar.DayOf(p.Day())), last.Month)
}

// With returns, what cohorts spent is what all customers spent together; purchases are
// left out where the job says so.
func TestActivityOfAShopWithReturns(t *testing.T) {
	shop := filepath.Join("..", "testdata", "shop.yaml")
	p := opened(t, publishJob(t, shop, "output.dir="+t.TempDir(), "clv=off", "stages=off", "tiers=off", "output.purchases=false"))
	rows, err := p.ReadActivity()
	require.NoError(t, err)
	state, err := p.ReadState(column.State)
	require.NoError(t, err)
	var spent, net money.Amount
	days := int64(0)
	for _, r := range rows {
		spent = spent.Plus(r.Spend)
		days += r.PurchaseDays
	}
	for i := range state.ID {
		net = net.Plus(state.Amounts(column.Net)[i])
	}
	require.Equal(t, net, spent)
	require.Greater(t, days, p.Customers)
	_, listed := p.Lists(publication.PurchasesFile)
	require.False(t, listed)
}

// Nights that were missed make no difference to the evidence: the choice of models that
// they catch up with is tested as on its own night, and stands until the next. (Returns
// that came in between are known to who catches up, and were not on that night.)
func TestEvidenceCatchesUp(t *testing.T) {
	shop, daily, once := simulatedShop(t, 300), t.TempDir(), t.TempDir()
	run := func(dir, night string) (string, *publication.Tested) {
		r := publishJob(t, shop, "output.dir="+dir, "stages=off", "tiers=off", "as_of="+night)
		text, err := os.ReadFile(filepath.Join(r.Path, publication.EvidenceFile))
		require.NoError(t, err)
		e, err := opened(t, r).ReadEvidence()
		require.NoError(t, err)
		return string(text), e.Tested
	}
	_, first := run(daily, "2026-06-05")
	require.Equal(t, "2026-05-03", first.On)
	_, still := run(daily, "2026-06-06")
	require.Equal(t, first, still)
	_, chosen := run(daily, "2026-06-07") // a first Sunday
	require.Equal(t, "2026-06-07", chosen.On)
	want, _ := run(daily, "2026-06-09")

	run(once, "2026-06-05")
	got, _ := run(once, "2026-06-09")
	require.Equal(t, want, got)
}

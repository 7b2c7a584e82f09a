package analytics_test

import (
	"encoding/csv"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/simulate"
)

// twoShops is a job over two sources, one in CSV and one in Parquet, of two
// simulated shops with every kind of damage; and what was done to the first.
func twoShops(t *testing.T) (file string, first simulate.Counts) {
	t.Helper()
	dir := t.TempDir()
	o, err := simulate.Preset(simulate.Shop)
	require.NoError(t, err)
	o.Customers = 150
	o.Mess = 0.06
	create := func(name string) *os.File {
		f, err := os.Create(filepath.Join(dir, name))
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, f.Close()) })
		return f
	}
	first, err = simulate.WriteCSV(t.Context(), create("web.csv"), nil, o)
	require.NoError(t, err)
	o.Seed++
	_, err = simulate.WriteParquet(t.Context(), create("till.parquet"), nil, o)
	require.NoError(t, err)
	const columns = "    columns: {customer: customer_id, order: order_id, time: time, amount: amount}\n    returns: order_id LIKE 'C%'\n"
	file = filepath.Join(dir, "job.yaml")
	require.NoError(t, os.WriteFile(file, []byte("name: shops\nas_of: "+o.End.Format("2006-01-02")+
		"\nsources:\n  - path: web.csv\n"+columns+"  - path: till.parquet\n"+columns), 0o600))
	return file, first
}

// Every row and every cent of two damaged exports is in run.json: as used or
// as set aside, as a whole and by source; and rejects.csv lists as many rows
// as were set aside.
func TestBooksClose(t *testing.T) {
	file, damage := twoShops(t)
	r := publishJob(t, file)

	published, err := publication.Open(r.Path)
	require.NoError(t, err)

	requireClosed(t, published.Rows, published.Money)
	require.Len(t, published.Sources, 2)
	rows, money := int64(0), new(big.Rat)
	for _, s := range published.Sources {
		requireClosed(t, s.Rows, s.Money)
		rows += s.Rows.Read
		money.Add(money, exact(t, s.Money.Read))
	}
	require.Equal(t, published.Rows.Read, rows)
	require.Zero(t, exact(t, published.Money.Read).Cmp(money))

	// The first source was damaged on purpose, and every kind of damage is
	// found as often as it was done.
	web := published.Sources[0].Rows
	require.Equal(t, damage.Rows, web.Read)
	for reason, flaw := range map[ledger.Reason]simulate.Flaw{
		ledger.Malformed: simulate.CutOff, ledger.NoTime: simulate.NoTime, ledger.TimeUnreadable: simulate.BadTime,
		ledger.AfterAsOf: simulate.AfterEnd, ledger.AmountUnreadable: simulate.BadAmount, ledger.Anonymous: simulate.NoCustomer,
	} {
		require.Positive(t, damage.Damaged[flaw], flaw)
		require.Equal(t, damage.Damaged[flaw], web.Rejected[string(reason)], "%s rows of the simulation, as %s", flaw, reason)
	}

	f, err := os.Open(filepath.Join(r.Path, "rejects.csv"))
	require.NoError(t, err)
	defer f.Close()
	listed, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"source", "line", "reason", "row"}, listed[0])
	require.Len(t, listed[1:], int(published.Rows.Read-published.Rows.Used))
}

// requireClosed checks that what was read is what was used and what was set
// aside.
func requireClosed(t *testing.T, rows publication.Fates[int64], money publication.MoneyFates) {
	t.Helper()
	require.Positive(t, rows.Used)
	sum, amount := rows.Used, exact(t, money.Used)
	require.Len(t, money.Rejected, len(rows.Rejected))
	for reason, n := range rows.Rejected {
		sum += n
		if known := money.Rejected[reason]; known != nil {
			amount.Add(amount, exact(t, *known))
		}
	}
	require.Equal(t, rows.Read, sum)
	require.Zero(t, exact(t, money.Read).Cmp(amount), "money read %s, used and set aside %s", money.Read, amount.FloatString(6))
}

// What customers net, with those who only gave back, is the money used; and
// the groups of each kind hold every customer once.
func TestCustomersAddUp(t *testing.T) {
	file, _ := twoShops(t)
	r := publishJob(t, file)
	sum := exact(t, r.ReturnsOnly.Money.String())
	for _, row := range customersOf(t, r) {
		sum.Add(sum, exact(t, row["monetary"]))
	}
	require.Zero(t, sum.Cmp(exact(t, r.Money.Used)))
	customers := map[string]int64{}
	for _, g := range r.Segments {
		customers[g.Kind] += g.Customers
	}
	require.Equal(t, map[string]int64{"pyramid": r.Customers, "rfm": r.Customers, "stage": r.Customers}, customers)
}

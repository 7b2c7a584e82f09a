package publication_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/internal/calendar"
	"clientele/internal/money"
)

// withFile is a publication of so many customers that has a file more.
func withFile(t *testing.T, customers int, name string, content []byte) *publication.Publication {
	t.Helper()
	path := earlier(t)
	require.NoError(t, os.WriteFile(filepath.Join(path, name), content, 0o600))
	p, err := publication.Open(path)
	require.NoError(t, err)
	p.Customers = int64(customers)
	p.Files = append(slices.Clone(p.Files), fileOf(name, content))
	return p
}

// bought are so many customers, in order of id: customer i bought on i+1 days.
func bought(customers int) publication.PurchaseDays {
	of := publication.PurchaseDays{Start: []int64{0}}
	for i := range customers {
		of.IDs = append(of.IDs, fmt.Sprintf("c%07d", i))
		for k := range i%5 + 1 {
			of.Days = append(of.Days, calendar.Day(15_000+7*k+i%100))
		}
		of.Start = append(of.Start, int64(len(of.Days)))
	}
	of.Spend = func(day int) money.Amount { return money.FromFloat(float64(day)*1.25 - 3) }
	return of
}

// What was written of each customer is read again, from whichever row group.
func TestPurchases(t *testing.T) {
	of := bought(2*publish.RowGroupRows + 3)
	var file bytes.Buffer
	rows, err := of.Parquet(&file)
	require.NoError(t, err)
	require.EqualValues(t, len(of.IDs), rows)
	var again bytes.Buffer
	_, err = of.Parquet(&again)
	require.NoError(t, err)
	require.Equal(t, file.Bytes(), again.Bytes())

	p := withFile(t, len(of.IDs), publication.PurchasesFile, file.Bytes())
	want := func(i int) (w publication.Purchases) {
		for k := of.Start[i]; k < of.Start[i+1]; k++ {
			w.Days, w.Spend = append(w.Days, of.Days[k]), append(w.Spend, of.Spend(int(k)))
		}
		return w
	}
	for _, i := range []int{0, 4, publish.RowGroupRows - 1, publish.RowGroupRows, 2*publish.RowGroupRows + 2} {
		found, err := p.ReadPurchases(of.IDs[i])
		require.NoError(t, err)
		require.Equal(t, want(i), found)
	}
	at := 0
	require.NoError(t, p.EachPurchases(func(id string, found publication.Purchases) error {
		if id != of.IDs[at] || !slices.Equal(want(at).Days, found.Days) || !slices.Equal(want(at).Spend, found.Spend) {
			return fmt.Errorf("row %d is another", at)
		}
		at++
		return nil
	}))
	require.Equal(t, len(of.IDs), at)
	for _, nobody := range []string{"", "a", "c0000000x", "d"} {
		_, err = p.ReadPurchases(nobody)
		require.ErrorIs(t, err, publication.ErrNoCustomer, "%q", nobody)
	}
}

func TestPurchasesThatAreNone(t *testing.T) {
	p, err := publication.Open(earlier(t))
	require.NoError(t, err)
	_, err = p.ReadPurchases("c01")
	require.ErrorIs(t, err, fs.ErrNotExist)

	var file bytes.Buffer
	_, err = bought(5).Parquet(&file)
	require.NoError(t, err)
	for name, content := range map[string][]byte{
		"it has 5 rows, run.json says 12 customers": file.Bytes(),
		"parquet": file.Bytes()[:len(file.Bytes())/2],
	} {
		_, err = withFile(t, 12, publication.PurchasesFile, content).ReadPurchases("c01")
		require.ErrorContains(t, err, name)
		require.ErrorContains(t, err, "purchases.parquet")
	}
	other, err := os.ReadFile(filepath.Join(earlier(t), publication.StateFile))
	require.NoError(t, err)
	err = withFile(t, 12, publication.PurchasesFile, other).EachPurchases(func(string, publication.Purchases) error { return nil })
	require.ErrorContains(t, err, "its columns are not customer_id, days and spend")
	stop := errors.New("enough")
	err = withFile(t, 5, publication.PurchasesFile, file.Bytes()).EachPurchases(func(string, publication.Purchases) error { return stop })
	require.ErrorIs(t, err, stop)
	_, damaged := errors.AsType[*publication.Damage](err)
	require.False(t, damaged)
}

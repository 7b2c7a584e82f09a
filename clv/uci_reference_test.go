package clv

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// onlineRetailWeeks is the panel of the UCI Online Retail data (Chen, 2015, doi
// 10.24432/C5BW33), in weeks: days on which a known customer bought something
// that was not free.
func onlineRetailWeeks(t *testing.T, last string) Panel {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "shared", "data", "uci-online-retail.csv.gz"))
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("no reference data here: %v", err)
	}
	require.NoError(t, err)
	defer file.Close()
	text, err := gzip.NewReader(file)
	require.NoError(t, err)
	records, err := csv.NewReader(text).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"}, records[0])

	index := make(map[string]int)
	var customers []purchaseDays
	for _, r := range records[1:] {
		quantity, date, price, id := r[3], r[4], r[5], r[6]
		cell := map[string]string{"quantity": quantity, "price": price}
		if id == "" || number(t, cell, "quantity") <= 0 || number(t, cell, "price") <= 0 {
			continue
		}
		i, known := index[id]
		if !known {
			i = len(customers)
			index[id] = i
			customers = append(customers, purchaseDays{})
		}
		customers[i].add(day(t, date[:len("2010-12-01")]), 0)
	}
	p, _ := weeksTo(t, customers, last)
	return p
}

// The year of the Online Retail data ends before Christmas and shows nobody who
// leaves for good: both models of dropout come to nbd. Before they gave way
// their log-likelihoods were -37697.306836 (bg-nbd, a 0.0039 with a standard
// error of 0.0108) and -37697.429458 (mbg-nbd, a 0.0025 with one of 0.0133).
func TestFitOnlineRetail(t *testing.T) {
	p := onlineRetailWeeks(t, "2011-12-10")
	require.Equal(t, 4338, p.Len())
	nbd, err := FitModel("nbd", p, 2)
	require.NoError(t, err)
	require.Empty(t, nbd.Note.String())
	require.InDelta(t, -37697.459821, nbd.LogLikelihood, 1e-6)
	for name, gain := range map[string]string{"bg-nbd": "0.15", "mbg-nbd": "0.03"} {
		fit, err := FitModel(name, p, 2)
		require.NoError(t, err)
		require.Equal(t, "nbd", fit.Model.Name())
		require.Equal(t, name, fit.Asked)
		require.Equal(t, nbd.Params, fit.Params)
		require.Equal(t, "the data cannot tell "+name+" from nbd, in which nobody leaves (log-likelihood higher by "+gain+"), so that nbd is used", fit.Note.String())
	}
}

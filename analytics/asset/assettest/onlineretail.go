package assettest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// OnlineRetail is the path of UCI Online Retail (Chen 2015, CC BY 4.0), as tests of a package
// in analytics/asset see it. Where it is not at hand, the test is skipped.
func OnlineRetail(t testing.TB) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(project, "..", "shared", "data", "uci-online-retail.csv.gz"))
	require.NoError(t, err)
	if _, err := os.Stat(path); err != nil {
		t.Skip("the data set is not there: ", err)
	}
	return path
}

// OnlineRetailJob writes a job of it and gives its path. The first two signs of a product are
// its category, and one customer of three was brought by another.
func OnlineRetailJob(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "job.yaml")
	require.NoError(t, os.WriteFile(path, []byte(`name: retail
as_of: 2011-12-10
currency: GBP
sources:
  - path: `+OnlineRetail(t)+`
    columns: {customer: CustomerID, order: InvoiceNo, time: InvoiceDate, amount: Quantity * UnitPrice, category: 'left(StockCode, 2)', referrer: "CASE WHEN CAST(CustomerID AS DOUBLE) % 3 = 0 THEN '12347.0' END"}
    returns: InvoiceNo LIKE 'C%'
identity: {normalise: [trim, drop-.0]}
clv: off
rfm: off
`), 0o600))
	return path
}

// OnlineRetailBooks has the rows of it.
func OnlineRetailBooks(t testing.TB) Books {
	t.Helper()
	b := Open(t)
	b.Exec(`CREATE TABLE rows AS
		SELECT replace(CustomerID, '.0', '') AS customer, InvoiceNo AS ord, CAST(InvoiceDate AS DATE) AS day, left(StockCode, 2) AS category,
			starts_with(InvoiceNo, 'C') OR amount < 0 AS is_return, amount, CAST(0 AS DECIMAL(18, 6)) AS premium, CAST(NULL AS VARCHAR) AS original
		FROM (SELECT *, CAST(CAST(Quantity AS INTEGER) * CAST(UnitPrice AS DECIMAL(18, 6)) AS DECIMAL(18, 6)) AS amount
			FROM read_csv('` + OnlineRetail(t) + `', all_varchar = true)) WHERE CustomerID IS NOT NULL`)
	return b
}

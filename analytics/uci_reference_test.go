package analytics_test

import (
	"encoding/csv"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

// The UCI Online Retail data (Chen, 2015, doi 10.24432/C5BW33) as they were
// published: returns, lines without a customer, exact duplicates.
const onlineRetail = "uci-online-retail.csv.gz"

// shared is a data file that the tests read in place and never ship.
func shared(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "shared", "data", name))
	require.NoError(t, err)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not on this machine: %v", name, err)
	}
	return path
}

func jobOn(t *testing.T, export, customer, rest string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "job.yaml")
	text := fmt.Sprintf(`name: online-retail
as_of: 2011-12-10
timezone: Europe/London
sources:
  - path: %s
    columns: {customer: "%s", order: InvoiceNo, time: InvoiceDate, amount: Quantity * UnitPrice}
    %s
`, export, customer, rest)
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

// exact reads a decimal without rounding.
func exact(t *testing.T, text string) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(text)
	require.True(t, ok, text)
	return r
}

// R rfm 0.3.0 gives recency, orders, amount and scores of the 4,338 customers with
// proper lines (shared/data, SOURCES-retail.md); its amounts are sums of
// float64 printed with 15 digits, ours are exact.
func TestOnlineRetailAsRrfm(t *testing.T) {
	golden := shared(t, "uci-online-retail.rfm-r-golden.csv")
	for _, customer := range []string{
		"CAST(CAST(CustomerID AS DOUBLE) AS BIGINT)",
		"replace(CustomerID, '.0', '')",
	} {
		r := publishJob(t, jobOn(t, shared(t, onlineRetail), customer,
			`where: "CustomerID IS NOT NULL AND InvoiceNo NOT LIKE 'C%' AND Quantity > 0 AND UnitPrice > 0"`),
			"clv=off", "stages=off", "rfm.method=r-rfm", "rfm.segments=rfm10")
		require.Equal(t, int64(4338), r.Customers)

		f, err := os.Open(golden)
		require.NoError(t, err)
		want, err := csv.NewReader(f).ReadAll()
		require.NoError(t, err)
		require.NoError(t, f.Close())
		got := map[string]map[string]string{}
		for _, row := range exactCustomersOf(t, r) {
			got[row["customer_id"]] = row
		}
		for _, w := range want[1:] {
			row := got[strings.TrimSuffix(w[0], ".0")]
			require.NotNil(t, row, "customer %s", w[0])
			require.Equal(t, w[1], row["recency_days"], "recency of %s", w[0])
			require.Equal(t, w[2], row["orders"], "orders of %s", w[0])
			require.Equal(t, w[2], row["frequency"], "frequency of %s", w[0])
			require.Equal(t, strings.Join(w[4:7], "-"), row["rfm"], "scores of %s", w[0])
			require.Zero(t, exact(t, w[3]).Cmp(exact(t, row["monetary"])), "amount of %s: %s and %s", w[0], w[3], row["monetary"])
		}
	}
}

// Every line and every penny of the raw file, returns on.
func TestOnlineRetailBooksClose(t *testing.T) {
	r := publishJob(t, jobOn(t, shared(t, onlineRetail), "CAST(CustomerID AS BIGINT)", `returns: "InvoiceNo LIKE 'C%'"`))

	// The number of lines and their sum: the exact sum of quantity times price,
	// as two other engines give it.
	require.Equal(t, int64(541909), r.Rows.Read)
	require.Equal(t, "9747747.934", r.Money.Read)
	require.Equal(t, map[string]int64{string(ledger.Anonymous): 135080}, r.Rows.Rejected)
	require.Equal(t, int64(541909-135080), r.Rows.Used)
	require.Equal(t, int64(8905), r.Returns.Rows) // identified cancellations

	aside := new(big.Rat)
	for _, money := range r.Money.Rejected {
		aside.Add(aside, exact(t, *money))
	}
	require.Zero(t, exact(t, r.Money.Read).Cmp(aside.Add(aside, exact(t, r.Money.Used))))
	require.Equal(t, "8300065.814", r.Money.Used)

	// What the customers net, and what those without an order do, is what was
	// used.
	sum := exact(t, r.ReturnsOnly.Money.String())
	for _, row := range exactCustomersOf(t, r) {
		sum.Add(sum, exact(t, row["monetary"]))
	}
	require.Zero(t, sum.Cmp(exact(t, r.Money.Used)))
	require.Equal(t, int64(4372), r.Customers+r.ReturnsOnly.Customers) // ids in the file
}

package ledger_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger/returns"
)

// The returns of UCI Online Retail (Chen, 2015, doi 10.24432/C5BW33), matched by product.
// The numbers, and the fingerprint of all triples of return line, sale line and quantity,
// come from a program in Python that reads the file with csv and decimal and knows the
// rules from docs/returns.md.
func TestReturnsOfOnlineRetail(t *testing.T) {
	path, err := filepath.Abs("../../../shared/data/uci-online-retail.csv.gz")
	require.NoError(t, err)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the data are not on this machine: %v", err)
	}
	for _, threads := range []int{1, 3} {
		s := shopWith(t, threads)
		j := s.job(head + "sources:\n  - path: " + path + "\n" +
			"    columns: {customer: CAST(CustomerID AS BIGINT), order: InvoiceNo, time: InvoiceDate, amount: Quantity * UnitPrice, product: StockCode, quantity: Quantity}\n" +
			"    returns: InvoiceNo LIKE 'C%'\n")
		plan, err := s.prepare(j)
		require.NoError(t, err)
		var pieces [][3]int64
		plan.WatchReturns(func(p returns.Piece, lines []returns.Line) {
			const one = 1_000_000
			require.Zero(t, p.Quantity%one)
			pieces = append(pieces, [3]int64{lines[p.Return].Row, lines[p.Sale].Row, p.Quantity / one})
		})
		require.NoError(t, plan.Load(t.Context(), j.AsOf.Day))
		slices.SortFunc(pieces, func(a, b [3]int64) int { return slices.Compare(a[:], b[:]) })
		var text strings.Builder
		for _, p := range pieces {
			fmt.Fprintln(&text, p[0], p[1], p[2])
		}
		sum := sha256.Sum256([]byte(text.String()))
		require.Equal(t, "dad6d23615c158d673f0e32bbe3d6379cfac3b4281d5bec0298c826ba0e21622", hex.EncodeToString(sum[:]))
		require.Len(t, pieces, 7656)
		found := s.tally(plan).Returned
		require.Equal(t, "0 0.00, 7516 -468721.84, 54 -10500.20, 1335 -132120.05", fates(found))
		require.Equal(t, int64(150), found.Undone)
	}
}

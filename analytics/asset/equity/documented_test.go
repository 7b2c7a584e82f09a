package equity_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/asset/equity"
	"clientele/internal/figures"
	"clientele/internal/money"
)

// The table that docs/asset.md begins with is the total of the bundled shop, in cents that add
// up, and every line is explained there.
func TestLedgerOfTheDocuments(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "asset.md"))
	require.NoError(t, err)
	out := t.TempDir()
	publish(t, bundled, out, "2026-05-31")
	total := read(t, publish(t, bundled, out, "2026-06-30")).Total()
	var named []equity.Line
	var amounts []money.Amount
	for _, line := range equity.All {
		require.Contains(t, string(text), "`"+line.String()+"`")
		if line != equity.Closing && total[line] != (money.Amount{}) {
			named, amounts = append(named, line), append(amounts, total[line])
		}
	}
	var table strings.Builder
	table.WriteString("| line | amount |\n|---|---:|\n")
	for i, shown := range money.Shown(amounts) {
		fmt.Fprintf(&table, "| `%s` | %s |\n", named[i], figures.MoneyFormat("#,###.##").Money(shown))
	}
	fmt.Fprintf(&table, "| `closing` | %s |\n", figures.MoneyFormat("#,###.##").Money(total[equity.Closing].Cents()/money.CentsPerUnit))
	require.Contains(t, string(text), table.String())
}

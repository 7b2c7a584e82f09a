package report_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// someOf is the bundled export with the rows of some customers.
func someOf(t *testing.T, keep func(customer string, row int) bool) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "shop.csv"))
	require.NoError(t, err)
	lines := strings.SplitAfter(string(text), "\n")
	kept, rows := lines[:1:1], map[string]int{}
	for _, line := range lines[1:] {
		customer, _, _ := strings.Cut(line, ",")
		if len(customer) == len("C0000001") && keep(customer, rows[customer]) {
			kept = append(kept, line)
		}
		rows[customer]++
	}
	file := filepath.Join(t.TempDir(), "shop.csv")
	require.NoError(t, os.WriteFile(file, []byte(strings.Join(kept, "")), 0o600))
	return file
}

// pageOf is the page of a first night.
func pageOf(t *testing.T, file string, overrides ...string) string {
	t.Helper()
	n, err := publishNight("shop.yaml", t.TempDir(), "en", append(overrides, "sources.0.path="+file, "sources.0.malformed=100%")...)
	require.NoError(t, err)
	return string(n.page)
}

// The page of a shop too small to try forecasts on says so once, and claims nothing of
// forecasts that were never tried.
func TestPageOfASmallShop(t *testing.T) {
	page := pageOf(t, someOf(t, func(customer string, _ int) bool { return customer <= "C0000030" }))
	require.Equal(t, 1, strings.Count(page, "the models have equal weights, as no backtest can tell them apart: too few purchases to tell models apart"))
	require.Equal(t, 2, strings.Count(page, "too few purchases to tell models apart"), "once with the choice, once among the warnings")
	require.Contains(t, page, "comes from how far forecasts of this shop&#39;s money may be off, of which none could be tried yet")
	require.NotContains(t, page, "what earlier forecasts of this shop&#39;s money missed")
	require.NotContains(t, page, "How well each model would have foretold the past", "a table without a number")
	require.Contains(t, page, "Models and their weights")
	require.NotRegexp(t, `\de[+-]\d`, page, "no number has an exponent")
}

// Where nobody came back there is no lifetime model, which is why nobody is said to be
// slipping, and no picture of nothing.
func TestPageWithoutRepeatPurchases(t *testing.T) {
	page := pageOf(t, someOf(t, func(_ string, row int) bool { return row == 0 }), "tiers=off")
	require.Contains(t, page, "Who is slipping: there is no lifetime model.")
	require.NotContains(t, page, "it needs stages and clv")
	require.NotContains(t, page, "Customers in decline", "there are none to draw")
}

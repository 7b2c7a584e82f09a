package analytics_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
	"clientele/simulate"
)

// The bundled export is what `clientele simulate --preset shop` writes.
func TestBundledExportIsSimulated(t *testing.T) {
	o, err := simulate.Preset(simulate.Shop)
	require.NoError(t, err)
	var made bytes.Buffer
	_, err = simulate.WriteCSV(t.Context(), &made, nil, o)
	require.NoError(t, err)
	bundled, err := os.ReadFile(filepath.Join("..", "testdata", "shop.csv"))
	require.NoError(t, err)
	require.True(t, bytes.Equal(made.Bytes(), bundled), "run: clientele simulate --preset shop -o testdata/shop.csv")
}

// The bundled job shows everything: each reason for setting a row aside, each
// stage, kind of decline and tier.
func TestBundledJobShowsEverything(t *testing.T) {
	r := publishJob(t, filepath.Join("..", "testdata", "shop.yaml"), "output.dir="+t.TempDir())
	takeAnother := []ledger.Reason{
		ledger.Footer,                                 // takes an export that is a report
		ledger.FilterUnknown,                          // takes a faulty job file
		ledger.ExcludedProduct, ledger.AmountConflict, // take `exclude_products` and `amount_is: order`
		ledger.Duplicate, // takes several exports
	}
	for _, reason := range ledger.Reasons {
		if slices.Contains(takeAnother, reason) {
			require.Zero(t, r.Rows.Rejected[string(reason)], reason)
			continue
		}
		require.Positive(t, r.Rows.Rejected[string(reason)], reason)
	}
	for _, g := range r.Segments {
		if g.Kind != "rfm" {
			require.Positive(t, g.Customers, "%s %s", g.Kind, g.Name)
		}
	}
	kinds := map[string]bool{}
	for _, d := range r.Declines {
		kinds[d.Decline] = true
	}
	require.Len(t, kinds, 4, "watch, sudden, gradual and lost")
	require.Positive(t, r.Returns.Rows)
}

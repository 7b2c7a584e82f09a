package analytics_test

import (
	"bytes"
	"os"
	"path/filepath"
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
	for _, reason := range ledger.Reasons {
		if reason == ledger.FilterUnknown || reason == ledger.Duplicate {
			continue // they take a faulty job file, or several exports
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

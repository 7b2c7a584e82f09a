package revenue_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/asset/assettest"
)

// The table of docs/asset.md is that of the shop in testdata.
func TestDocumentedSources(t *testing.T) {
	rows := assettest.Bundled(t, "revenue_sources.csv")
	want := []string{"| " + strings.Join(rows[0], " | ") + " |", "|" + strings.Repeat("---|", len(rows[0]))}
	for _, row := range rows[len(rows)-4:] {
		want = append(want, "| "+strings.Join(row, " | ")+" |")
	}
	require.Equal(t, want, assettest.Documented(t, "Where revenue comes from", "month"))
}

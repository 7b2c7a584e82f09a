package revenue_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/asset/assettest"
)

// The table of docs/asset.md is that of the shop in testdata.
func TestDocumentedSources(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "asset.md"))
	require.NoError(t, err)
	_, section, _ := strings.Cut(string(text), "## Where revenue comes from")
	_, section, _ = strings.Cut(section, "\n| month |")
	section, _, _ = strings.Cut(section, "\n\n")

	r := assettest.Night(t, filepath.Join("..", "..", "..", "testdata", "shop.yaml"), 2)
	f, err := os.Open(filepath.Join(r.Path, "revenue_sources.csv"))
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	want := []string{"| " + strings.Join(rows[0], " | ") + " |", "|" + strings.Repeat("---|", len(rows[0]))}
	for _, row := range rows[len(rows)-4:] {
		want = append(want, "| "+strings.Join(row, " | ")+" |")
	}
	require.Equal(t, strings.Join(want, "\n"), "| month |"+section)
}

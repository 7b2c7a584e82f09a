package retention_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/asset/assettest"
)

// The table of docs/asset.md is that of the shop in testdata.
func TestDocumentedRetention(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "asset.md"))
	require.NoError(t, err)
	_, section, _ := strings.Cut(string(text), "\n## Retention\n")
	_, section, _ = strings.Cut(section, "\n| period |")
	section, _, _ = strings.Cut(section, "\n\n")
	documented := strings.Split("| period |"+section, "\n")
	names := strings.Split(strings.Trim(documented[0], "| "), " | ")

	r := assettest.Night(t, filepath.Join("..", "..", "..", "testdata", "shop.yaml"), 2)
	f, err := os.Open(filepath.Join(r.Path, "retention.csv"))
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	var quarters []string
	for _, row := range rows[1:] {
		if row[0] != "quarter" {
			continue
		}
		var cells []string
		for _, name := range names {
			cells = append(cells, row[slices.Index(rows[0], name)])
		}
		quarters = append(quarters, "| "+strings.Join(cells, " | ")+" |")
	}
	require.Equal(t, quarters[len(quarters)-3:], documented[2:])
}

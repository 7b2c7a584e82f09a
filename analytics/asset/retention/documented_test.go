package retention_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/asset/assettest"
)

// The table of docs/asset.md is that of the shop in testdata.
func TestDocumentedRetention(t *testing.T) {
	documented := assettest.Documented(t, "Retention", "period")
	names := strings.Split(strings.Trim(documented[0], "| "), " | ")
	rows := assettest.Bundled(t, "retention.csv")
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

package cohorts_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"clientele/analytics"
	"clientele/analytics/job"
)

// The table that docs/asset.md shows is what the shop in testdata gives with the costs that
// it names.
func TestDocumentedTable(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	page, err := os.ReadFile(filepath.Join(root, "docs", "asset.md"))
	require.NoError(t, err)
	_, section, found := strings.Cut(string(page), "\n## Cohorts and payback\n")
	require.True(t, found)
	_, costs, found := strings.Cut(section, "`clv.costs.acquisition: ")
	require.True(t, found)
	costs, section, _ = strings.Cut(costs, "`")
	j, err := job.Load(filepath.Join(root, "testdata", "shop.yaml"), []string{"clv.costs.acquisition=" + costs, "output.dir=" + t.TempDir(), "output.report=false"}, time.Now)
	require.NoError(t, err)
	r, err := analytics.Run(t.Context(), j, analytics.Options{SpillDir: t.TempDir()})
	require.NoError(t, err)
	_, table, _ := strings.Cut(section, "\n| ")
	table, _, _ = strings.Cut("| "+table, "\n\n")
	lines := strings.Split(table, "\n")
	names := cellsOf(lines[0])
	byMonth := map[string]map[string]string{}
	for _, row := range tableOf(t, r.Path) {
		if row["kind"] == "month" {
			byMonth[row["month"]] = row
		}
	}
	require.Greater(t, len(lines), 5)
	for _, line := range lines[2:] {
		cells := cellsOf(line)
		for k, name := range names {
			require.Equal(t, byMonth[cells[0]][name], cells[k], "%s of %s", name, cells[0])
		}
	}
}

// cellsOf are the cells of a line of a table.
func cellsOf(line string) (cells []string) {
	for cell := range strings.SplitSeq(strings.Trim(line, "|"), "|") {
		cells = append(cells, strings.TrimSpace(cell))
	}
	return cells
}

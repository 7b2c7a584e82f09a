package assettest

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// project is the top folder, as tests of a package in analytics/asset see it.
var project = filepath.Join("..", "..", "..")

// Documented are the lines of the first table in a section of docs/asset.md whose first
// column has a name.
func Documented(t testing.TB, section, column string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(project, "docs", "asset.md"))
	require.NoError(t, err)
	_, after, found := strings.Cut(string(text), "\n## "+section+"\n")
	require.True(t, found, section)
	head := "| " + column + " |"
	_, table, found := strings.Cut(after, "\n"+head)
	require.True(t, found, column)
	table, _, _ = strings.Cut(table, "\n\n")
	return strings.Split(head+table, "\n")
}

// Bundled are the rows of a list of the bundled shop, its header first.
func Bundled(t testing.TB, list string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(Night(t, filepath.Join(project, "testdata", "shop.yaml"), 2).Path, list))
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	return rows
}

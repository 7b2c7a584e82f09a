package ledger_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// documentedNumbers are the lines of the table of numbers in docs/exports.md: as they are
// written, and what they mean.
func documentedNumbers(t *testing.T) (all [][2]string) {
	t.Helper()
	page, err := os.ReadFile("../../docs/exports.md")
	require.NoError(t, err)
	_, section, _ := strings.Cut(string(page), "\n## Numbers\n")
	section, _, _ = strings.Cut(section, "\n## ")
	for line := range strings.Lines(section) {
		if cells := strings.Split(line, " | "); len(cells) == 3 && strings.HasPrefix(cells[0], "| `") {
			all = append(all, [2]string{strings.Trim(cells[0], "| `"), strings.TrimSpace(cells[1])})
		}
	}
	return all
}

// Every way to write numbers that the documentation names is read as a whole column.
func TestDocumentedNumbers(t *testing.T) {
	all := documentedNumbers(t)
	require.Greater(t, len(all), 25)
	for _, c := range all {
		t.Run(c[0], func(t *testing.T) {
			s := newShop(t)
			var text strings.Builder
			w := csv.NewWriter(&text)
			require.NoError(t, w.Write([]string{"id", "day", "amount"}))
			for range 3 {
				require.NoError(t, w.Write([]string{"a", "2024-01-01", c[0]}))
			}
			w.Flush()
			s.write("a.csv", text.String())
			s.load(head + "sources:\n" + source("a.csv"))
			require.Equal(t, []string{c[1], c[1], c[1]}, s.cells("amount"))
		})
	}
}

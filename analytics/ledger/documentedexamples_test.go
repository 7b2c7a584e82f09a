package ledger_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// documentedBlock is the first block of a language in a section of docs/exports.md.
func documentedBlock(t *testing.T, section, language string) string {
	t.Helper()
	page, err := os.ReadFile("../../docs/exports.md")
	require.NoError(t, err)
	_, text, found := strings.Cut(string(page), "\n## "+section+"\n")
	require.True(t, found, section)
	text, _, _ = strings.Cut(text, "\n## ")
	_, text, found = strings.Cut(text, "```"+language+"\n")
	require.True(t, found, "%s has no block of %s", section, language)
	text, _, _ = strings.Cut(text, "```")
	return text
}

// The document of the section about JSON, by the job beside it.
func TestDocumentedJSON(t *testing.T) {
	s := newShop(t)
	s.write("orders.json", documentedBlock(t, "JSON", "json"))
	s.load(head + documentedBlock(t, "JSON", "yaml"))
	require.Equal(t, []string{"7|1|2024-01-31|19", "7|1|2024-01-31|5"}, s.cells("customer, order_id, day, amount"))
}

// The rates of the section about currencies, by the job beside them.
func TestDocumentedRates(t *testing.T) {
	s := newShop(t)
	s.write("rates.csv", documentedBlock(t, "Currencies", "csv"))
	s.write("shop.csv", "id,day,amount,currency\na,2024-01-31,10,USD\na,2024-02-01,10,usd\na,2024-02-01,10,€\n")
	s.load(head + documentedBlock(t, "Currencies", "yaml"))
	require.Equal(t, []string{"9.2", "9", "10"}, s.cells("amount"))
}

// The job of the section about numbers reads a column that does not tell by itself.
func TestDocumentedNumbersJob(t *testing.T) {
	s := newShop(t)
	s.write("german.csv", "id,day,amount\na,2024-01-31,1.234\n")
	s.load(head + documentedBlock(t, "Numbers", "yaml"))
	require.Equal(t, []string{"1234"}, s.cells("amount"))
}

// The job of the section about times reads dates that do not tell by themselves.
func TestDocumentedDatesJob(t *testing.T) {
	s := newShop(t)
	s.write("shop.csv", "id,day,amount\na,5/6/2024,1\n")
	s.load(head + documentedBlock(t, "Times", "yaml"))
	require.Equal(t, []string{"2024-06-05"}, s.cells("day"))
}

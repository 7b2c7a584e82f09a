package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What databases and data frames write for a value that is missing is no
// customer; what only looks like it is one.
func TestWordsForNoCustomer(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,day,amount\nNULL,2024-01-01,1\nnan,2024-01-01,1\nNaN,2024-01-01,1\nNone,2024-01-01,1\nN/A,2024-01-01,1\n\\N,2024-01-01,1\n,2024-01-01,1\n"+
		"Nan1,2024-01-01,1\nNULLA,2024-01-01,1\nN,2024-01-01,1\nNA,2024-01-01,1\n0,2024-01-01,1\n")
	s.load(head + "sources:\n  - path: export.csv\n    columns: {customer: id, time: day, amount: amount}\n")
	require.Equal(t, []string{
		"|anonymous", "|anonymous", "|anonymous", "|anonymous", "|anonymous", "|anonymous", "|anonymous",
		"Nan1|", "NULLA|", "N|", "NA|", "0|",
	}, s.cells("customer, reason"))
}

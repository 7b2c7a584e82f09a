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

// Ids and labels are told apart by what they show: Chinese shops write a tab
// behind an id, so that spreadsheets keep its digits.
func TestSpacesAroundIds(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,day,amount,order,note\n"+
		"7\t,2024-01-01\t,1.50\t,o1\t,\"red\n\"\n 7,2024-01-01,1,o1,\u3000red\n7\u00a0,2024-01-01,1,o1,red\n"+
		"\t7 \t,2024-01-01,1,\to2 ,r ed\nNULL\t,2024-01-01,1,o3,\n客户\t,2024-01-01,1,o4,红\t色\n")
	s.load(head + "sources:\n  - path: export.csv\n    columns: {customer: id, time: day, amount: amount, order: order, attributes: {note: note}}\n")
	require.Equal(t, []string{
		"7||o1|1.5|red", "7||o1|1|red", "7||o1|1|red", "7||o2|1|r ed", "|anonymous|o3|1|", "客户||o4|1|红\t色",
	}, s.cells("customer, reason, order_id, amount, attribute_note"))
}

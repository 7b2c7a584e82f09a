package ledger_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

func TestAmountsAreExact(t *testing.T) {
	for _, c := range []struct{ amount, want string }{
		{"0.1", "0.10"},
		{"2.675", "2.675"},
		{"12.345", "12.345"},
		{"0.000001", "0.000001"},
		{"1e5", "100000.00"},
		{"1.5E-3", "0.0015"},
		{"-7.125", "-7.125"},
		{"+5", "5.00"},
		{".5", "0.50"},
		{"5.", "5.00"},
		{" 7 ", "7.00"},
		{"0", "0.00"},
		{"-0", "0.00"},
		{"0.00000049", "0.00"}, // six places
		{"999999999999.999999", "999999999999.999999"},
		{"-999999999999.999999", "-999999999999.999999"},
	} {
		s := newShop(t)
		plan := s.loadOne("id,day,amount\n1,2024-01-01,"+c.amount+"\n", `numbers: "1,234.56"`) // one value alone does not tell
		a := s.tally(plan)
		require.Equal(t, ledger.Count{Rows: 1, Money: a.Total.Read.Money}, a.Total.Used, c.amount)
		require.Equal(t, c.want, a.Total.Used.Money.String(), c.amount)
	}
}

func TestAmountsUnreadable(t *testing.T) {
	bad := []string{"", "  ", "N/A", "12.3o", "1.2.3", "#REF!", "nan", "inf", "0x10", "1e13", "1000000000000", "1e999", "--5"}
	s := newShop(t)
	const row = "\n1,2024-01-01,"
	plan := s.loadOne("id,day,amount" + row + strings.Join(bad, row) + row + "1\n")
	a := s.tally(plan)
	require.Equal(t, int64(len(bad)), a.Total.Rejected[ledger.AmountUnreadable].Rows)
	require.Equal(t, int64(1), a.Total.Used.Rows)
	require.Equal(t, "1.00", a.Total.Read.Money.String())
}

// Sums and products of decimals are decimals: not 0.30000000000000004, and not
// 2.67 for 2.675.
func TestSumsAreExact(t *testing.T) {
	s := newShop(t)
	plan := s.loadOne("id,day,amount\n1,2024-01-01,0.1\n1,2024-01-01,0.2\n1,2024-01-01,2.675\n1,2024-01-01,1e5\n1,2024-01-01,-0.3\n")
	require.Equal(t, "100002.675", s.tally(plan).Total.Used.Money.String())

	s = newShop(t)
	s.write("export.csv", "id,day,n,price,rate\n1,2024-01-01,3,0.1,1\n1,2024-01-01,-2,1.115,0.5\n1,2024-01-01,1000000,0.000001,1.0\n")
	plan = s.load(head + "sources:\n  - path: export.csv\n    columns: {customer: id, time: day, amount: n * price * rate}\n")
	require.Equal(t, []string{"0.3", "-1.115", "1"}, s.cells("amount"))
	require.Equal(t, "0.185", s.tally(plan).Total.Used.Money.String())
}

// The engine's integers are exact in JSON too: numbers of as many digits as
// shops write.
func TestAmountsInJSON(t *testing.T) {
	s := newShop(t)
	s.write("export.jsonl", `{"id": 1, "day": "2024-01-01", "amount": 0.1}`+"\n"+`{"id": 1, "day": "2024-01-01", "amount": "0.2"}`+"\n"+`{"id": 1, "day": "2024-01-01", "amount": 1234567.89}`+"\n")
	plan := s.load(head + "sources:\n" + source("export.jsonl"))
	require.Equal(t, "1234568.19", s.tally(plan).Total.Used.Money.String())
}

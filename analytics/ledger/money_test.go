package ledger_test

import (
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

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
		plan := s.loadOne("id,day,amount\n1,2024-01-01," + c.amount + "\n")
		a := s.tally(plan)
		require.Equal(t, ledger.Count{Rows: 1, Money: a.Total.Read.Money}, a.Total.Used, c.amount)
		require.Equal(t, c.want, a.Total.Used.Money.String(), c.amount)
	}
}

func TestAmountsUnreadable(t *testing.T) {
	bad := []string{"", "  ", "N/A", "12.3o", "1.2.3", "#REF!", `"1,234.50"`, "nan", "inf", "0x10", "1e13", "1000000000000", "1e999", "--5"}
	s := newShop(t)
	const row = "\n1,2024-01-01,"
	plan := s.loadOne("id,day,amount" + row + strings.Join(bad, row) + row + "1\n")
	a := s.tally(plan)
	require.Equal(t, int64(len(bad)), a.Total.Rejected[ledger.AmountUnreadable].Rows)
	require.Equal(t, int64(1), a.Total.Used.Rows)
	require.Equal(t, "1.00", a.Total.Read.Money.String())

	// of those that are refused where there are several
	for _, slip := range []string{"$5", "5 EUR", "(5.00)", "5-", "−5", "1 250,00 kr"} {
		s := newShop(t)
		a := s.tally(s.loadOne("id;day;amount\n1;2024-01-01;" + slip + "\n1;2024-01-01;1\n"))
		require.Equal(t, int64(1), a.Total.Rejected[ledger.AmountUnreadable].Rows, slip)
	}
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

func micros(n int64) ledger.Money { return ledger.MoneyOf(decimal128.FromI64(n)) }

func TestMoneyText(t *testing.T) {
	for _, c := range []struct {
		n    int64
		want string
	}{
		{0, "0.00"},
		{12_300_000, "12.30"},
		{1_000, "0.001"},
		{-1, "-0.000001"},
		{-1_500_000, "-1.50"},
		{100_000_000_000_000, "100000000.00"},
		{123_456_789, "123.456789"},
	} {
		require.Equal(t, c.want, micros(c.n).String())
		text, err := micros(c.n).MarshalText()
		require.NoError(t, err)
		require.Equal(t, c.want, string(text))
	}
}

func TestMoneyArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const most = 1 << 52 // so that a float64 holds sums exactly
		a, b := rapid.Int64Range(-most, most).Draw(t, "a"), rapid.Int64Range(-most, most).Draw(t, "b")
		require.Equal(t, micros(a+b), micros(a).Plus(micros(b)))
		require.Equal(t, micros(a-b), micros(a).Minus(micros(b)))
		require.InDelta(t, float64(a)/1e6, micros(a).Float(), 1e-15*float64(most))
		require.Equal(t, micros(a), ledger.MoneyOf(micros(a).Num()))
	})
}

// A float that is the nearest to an amount of so many places comes back as
// that amount.
func TestMoneyFromFloat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-1e14, 1e14).Draw(t, "n")
		require.Equal(t, micros(n).String(), ledger.MoneyFromFloat(float64(n)/1e6).String())
	})
	require.Equal(t, "0.00", ledger.MoneyFromFloat(1e300).String())
}

func TestMoneyOver(t *testing.T) {
	of := func(millionths int64) ledger.Money { return ledger.MoneyOf(decimal128.FromI64(millionths)) }
	for _, c := range []struct{ amount, by, want int64 }{
		{10, 2, 5}, {10, 4, 3}, {-10, 4, -3}, {10, 3, 3}, {11, 3, 4}, {-11, 3, -4}, {0, 7, 0}, {1, 3, 0}, {-1, 2, -1},
	} {
		require.Equal(t, of(c.want), of(c.amount).Over(c.by), "%d / %d", c.amount, c.by)
	}
}

// What is written is read back to the same amount, however large.
func TestMoneyReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := ledger.MoneyOf(decimal128.New(rapid.Int64Range(-1e15, 1e15).Draw(t, "high"), rapid.Uint64().Draw(t, "low")))
		text, err := m.MarshalText()
		require.NoError(t, err)
		var back ledger.Money
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, m, back)
	})
	for _, text := range []string{"", "x", "1e99", "NaN"} {
		require.Error(t, new(ledger.Money).UnmarshalText([]byte(text)), text)
	}
}

package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/ledger"
)

func ofAmounts(amounts []string) string {
	var b strings.Builder
	b.WriteString("id;day;amount\n")
	for _, a := range amounts {
		fmt.Fprintf(&b, "1;2024-01-02;%s\n", a)
	}
	return b.String()
}

func repeated(n int, amounts ...string) []string {
	var all []string
	for range n {
		all = append(all, amounts...)
	}
	return all
}

// A column that is written in another notation is refused with the expression
// that reads it: following the message gives the right sum.
func TestAmountsOfOtherNotations(t *testing.T) {
	const (
		points  = "replace(replace(amount, '.', ''), ',', '.')"
		spaces  = "replace(regexp_replace(amount, '[^0-9,+-]', '', 'g'), ',', '.')"
		english = "regexp_replace(amount, '[^0-9.+-]', '', 'g')"
		minus   = "if(regexp_matches(amount, '[(−-]'), '-', '') || "
		account = minus + "regexp_replace(amount, '[^0-9.]', '', 'g')"
		konto   = minus + "replace(regexp_replace(amount, '[^0-9,]', '', 'g'), ',', '.')"
	)
	for _, c := range []struct {
		name    string
		amounts []string
		line    int64
		remedy  string
		sum     string
	}{
		{"German", []string{"1.250", "99,90", "2.000", "45", "3.500"}, 3, points, "6894.90"},
		{"German, with spaces around", []string{" 1.250 ", " 99,90 "}, 3, points, "1349.90"},
		{"German, millions without decimals", []string{"45", "1.234.567", "2.000.000"}, 3, points, "3234612.00"},
		{"French", []string{"1 250,00", "99,90"}, 2, spaces, "1349.90"},
		{"French, spaces that do not break", []string{"1\u202f250,50", "1\u00a0000", "99,90"}, 2, spaces, "2350.40"},
		{"Swiss", []string{"1'250.00", "99.90", "1.250"}, 2, english, "1351.15"},
		{"Swiss, the other sign", []string{"1’250.00", "2’000", "99.90"}, 2, english, "3349.90"},
		{"Indian", []string{"5.00", "1,25,000", "12,00,000.50"}, 3, english, "1325005.50"},
		{"American", []string{"1,250.00", "99.90", "2,000"}, 2, english, "3349.90"},
		{"accounts, the minus behind", []string{"1250.00", "99.90-", "5.00-"}, 3, account, "1145.10"},
		{"accounts, in brackets", []string{"$1,250.00", "($99.90)", "-$5.00"}, 2, account, "1145.10"},
		{"accounts, German", []string{"1.250,00", "99,90-", "5,00 -", "1.250,00-"}, 2, konto, "-104.90"},
		{"what is given back alone has signs", append(repeated(400, "99.90"), "99.90-", "(5.00)"), 402, account, "39855.10"},
		{"accounts, the minus of typesetters", []string{"1250.00", "−99.90", "−5"}, 3, account, "1145.10"},
		{"accounts, Swedish", []string{"1 250,00 kr", "−99,90 kr"}, 2, konto, "1150.10"},
		{"dollars", []string{"$12.50", "$1,250.00", "9.90"}, 2, account, "1272.40"},
		{"euros", []string{"12,50 €", "1.250,00 €", "-9,90 €"}, 2, konto, "1252.60"},
		{"names of currencies", []string{"12.50 EUR", "EUR 1250.00", "-9.90 USD"}, 2, account, "1252.60"},
		{"yuan", []string{"¥12.50", "￥1250.00", "9.90元"}, 2, account, "1272.40"},
		{"the largest alone have commas", append(repeated(300, "99.90"), "1,250.00", "2,000.00"), 302, english, "33220.00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t)
			s.write("export.csv", ofAmounts(c.amounts))
			var refused *ledger.DataError
			require.ErrorAs(t, s.refusal(head+"sources:\n"+source("export.csv")), &refused)
			require.Equal(t, c.line, refused.Line)
			require.Contains(t, refused.Message, "write "+c.remedy+" in sources.0.columns.amount")

			plan := s.load(head + "sources:\n  - path: export.csv\n    columns: {customer: id, time: day, amount: \"" + c.remedy + "\"}\n")
			require.Equal(t, c.sum, s.tally(plan).Total.Used.Money.String())
		})
	}
}

// Slips of a hand do not stop a night: not among prices with three decimals
// either, where others show what the point means.
func TestAmountsWithSlips(t *testing.T) {
	for _, c := range []struct {
		name    string
		amounts []string
		sum     string
	}{
		{"one slip", append(repeated(300, "99.90"), "1,250.00"), "29970.00"},
		{"prices of fuel", append(repeated(50, "45.20", "1.459"), "99,90"), "2332.95"},
		{"given back, as others are not", append(repeated(200, "99.90", "-5.00"), "5.00-", "(6.00)"), "18980.00"},
		{"words and numbers", []string{"99.90", "12 apples", "3x", "n/a", "20%", "12.5.24", "-"}, "99.90"},
		{"large amounts without signs", append(repeated(150, "99.90", "1250.00"), "1,250.00", "2,000"), "202485.00"},
	} {
		s := newShop(t)
		plan := s.loadOne(ofAmounts(c.amounts))
		require.Equal(t, c.sum, s.tally(plan).Total.Used.Money.String(), c.name)
	}
}

// Costs in another notation are refused as amounts are; others that cannot be
// read are counted.
func TestCostsOfOtherNotations(t *testing.T) {
	const yaml = head + "sources:\n  - path: export.csv\n    columns: {customer: id, time: day, amount: amount, cost: cost}\n"
	s := newShop(t)
	s.write("export.csv", "id;day;amount;cost\n1;2024-01-02;100;1.250\n1;2024-01-02;100;50,00\n1;2024-01-02;100;\n")
	err := s.refusal(yaml)
	var refused *ledger.DataError
	require.ErrorAs(t, err, &refused)
	require.Equal(t, int64(3), refused.Line)
	require.Contains(t, refused.Message, "1 of 3 costs are written")
	require.Contains(t, refused.Message, "in sources.0.columns.cost")

	s.write("export.csv", "id;day;amount;cost\n1;2024-01-02;100;12.50\n1;2024-01-02;100;unknown\n1;2024-01-02;100;\n1;2024-01-02;100;NULL\n")
	require.Equal(t, []int64{1}, s.tally(s.load(yaml)).UnreadCosts)
}

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

// A column is read as all of it is written: what stands in one value tells how to read the
// others.
func TestNumbersAsColumnsWriteThem(t *testing.T) {
	for _, c := range []struct {
		name    string
		amounts []string
		sum     string
	}{
		{"German", []string{"1.250", "99,90", "2.000", "45", "3.500"}, "6894.90"},
		{"German, with spaces around", []string{" 1.250 ", " 99,90 "}, "1349.90"},
		{"German, millions without decimals", []string{"45", "1.234.567", "2.000.000"}, "3234612.00"},
		{"German, thousands in money", []string{"1.234,56", "99,90", "-12,50", "2.000,00"}, "3321.96"},
		{"French", []string{"1 250,00", "99,90"}, "1349.90"},
		{"French, spaces that do not break", []string{"1\u202f250,50", "1\u00a0000", "99,90"}, "2350.40"},
		{"Swiss", []string{"1'250.00", "99.90", "1.250"}, "1351.15"},
		{"Swiss, the other sign", []string{"1’250.00", "2’000", "99.90"}, "3349.90"},
		{"Swiss francs", []string{"CHF 1'250.00", "CHF -99.90", "Fr. 5"}, "1155.10"},
		{"Indian", []string{"5.00", "1,25,000", "12,00,000.50"}, "1325005.50"},
		{"rupees", []string{"₹12,34,567.89", "Rs. 1,250.00", "Rs 1"}, "1235818.89"},
		{"American", []string{"1,250.00", "99.90", "2,000"}, "3349.90"},
		{"accounts, the minus behind", []string{"1250.00", "99.90-", "5.00-"}, "1145.10"},
		{"accounts, in brackets", []string{"$1,250.00", "($99.90)", "-$5.00", "$-1.00", "$(2.00)"}, "1142.10"},
		{"accounts, German", []string{"1.250,00", "99,90-", "5,00 -", "1.250,00-"}, "-104.90"},
		{"given back, as others are not", append(repeated(200, "99.90", "-5.00"), "5.00-", "(6.00)"), "18969.00"},
		{"the minus of typesetters", []string{"1250.00", "−99.90", "−5"}, "1145.10"},
		{"Swedish", []string{"1 250,00 kr", "−99,90 kr", "kr 1,00", "2,00 kr."}, "1153.10"},
		{"Brazilian", []string{"R$ 1.234,56", "R$ -0,56", "R$5"}, "1239.00"},
		{"dollars", []string{"$12.50", "$1,250.00", "9.90"}, "1272.40"},
		{"dollars, twice", []string{"$12.50 USD", "US$1,250.00"}, "1262.50"},
		{"euros", []string{"12,50 €", "1.250,00 €", "-9,90 €"}, "1252.60"},
		{"names of currencies", []string{"12.50 EUR", "EUR 1250.00", "-9.90 EUR"}, "1252.60"},
		{"yuan", []string{"¥12.50", "￥1250.00", "9.90元"}, "1272.40"},
		{"full width", []string{"￥１，２５０．５０", "１２．５０", "－３", "（１．５０）"}, "1258.50"},
		{"as spreadsheets keep text", []string{`="12.50"`, `"=""1,250.00"""`, `="-2"`}, "1260.50"},
		{"the largest alone have commas", append(repeated(300, "99.90"), "1,250.00", "2,000.00"), "33220.00"},
		{"no thousands, and three decimals", []string{"1.250", "0.500", "12.125"}, "13.875"},
		{"thousands that nothing parts", []string{"1.250", "1250", "2500"}, "3751.25"},
		{"thousands that spaces part", []string{"1,250", "1 250", "2 500"}, "3751.25"},
		{"blanks", []string{"", " ", "12,50", "null", "N/A"}, "12.50"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newShop(t)
			plan := s.loadOne(ofAmounts(c.amounts))
			require.Equal(t, c.sum, s.tally(plan).Total.Used.Money.String())
		})
	}
}

// Where the column does not tell 1.234 from 1234 the run asks, and the key that it names
// settles it.
func TestNumbersThatMayBeReadTwice(t *testing.T) {
	for _, c := range []struct {
		amounts []string
		line    int64
		sums    map[string]string // by what is stated
	}{
		{[]string{"45", "1.250", "2.000"}, 3, map[string]string{`"1,234.56"`: "48.25", `"1.234,56"`: "3295.00"}},
		{[]string{"1,250", "45"}, 2, map[string]string{`"1,234.56"`: "1295.00", `"12,34,567.89"`: "1295.00", `"1.234,56"`: "46.25", `"1 234,56"`: "46.25"}},
		{[]string{"$1.250", "$45"}, 2, map[string]string{`"1'234.56"`: "46.25", `"1.234,56"`: "1295.00"}},
	} {
		s := newShop(t)
		s.write("export.csv", ofAmounts(c.amounts))
		var asked *ledger.DataError
		require.ErrorAs(t, s.refusal(head+"sources:\n"+source("export.csv")), &asked)
		require.Equal(t, c.line, asked.Line)
		require.Contains(t, asked.Message, `sources.0.numbers: "1,234.56" if`)
		for stated, sum := range c.sums {
			plan := s.load(head + "sources:\n" + source("export.csv", "numbers: "+stated))
			require.Equal(t, sum, s.tally(plan).Total.Used.Money.String(), stated)
		}
	}
}

// Numbers of both ways of writing are refused, as are those that are not written as the
// source says.
func TestNumbersOfBothWays(t *testing.T) {
	for _, c := range []struct {
		amounts []string
		more    []string
		line    int64
		says    string
	}{
		{repeated(3, "12,50", "12.50"), nil, 2, "3 of 6 are written as on this line"},
		{append(repeated(30, "12,50"), "1.50", "2.50"), nil, 32, "2 of 32 are written as on this line"},
		{[]string{"12.50", "9.90"}, []string{`numbers: "1.234,56"`}, 2, `2 of 2 numbers of the column amount are not written as sources.0.numbers says, "1.234,56"`},
		{[]string{"1.250", "1 250", "2.000"}, []string{`numbers: "1 234,56"`}, 2, `2 of 3 numbers`},
	} {
		s := newShop(t)
		s.write("export.csv", ofAmounts(c.amounts))
		var refused *ledger.DataError
		require.ErrorAs(t, s.refusal(head+"sources:\n"+source("export.csv", c.more...)), &refused)
		require.Equal(t, c.line, refused.Line)
		require.Contains(t, refused.Message, c.says)
	}
}

// An expression that takes the signs of a number away too early leaves none to read.
func TestNumbersThatAnExpressionBreaks(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", ofAmounts([]string{"1.234,56", "99,90", "2.000,00"}))
	err := s.refusal(head + "sources:\n  - path: export.csv\n    columns: {customer: id, time: day, amount: \"replace(amount, ',', '.')\"}\n")
	require.ErrorContains(t, err, "export.csv:2: 2 of 3 numbers of columns.amount are not written as most of them")
	require.ErrorContains(t, err, "map the column itself")
}

// What computes with columns reads each of them as it is written.
func TestNumbersInExpressions(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id;day;Menge;Preis;Rabatt\n1;2024-01-02;2;1.234,56;10 %\n2;2024-01-02;3;99,90;\n3;2024-01-02;1;-5,00;\n4;2024-01-02;1;0,00;\n")
	for expression, want := range map[string][]string{
		"Menge * Preis": {"2469.120000|", "299.700000|", "|filtered", "|filtered"},
		"Preis + 1":     {"1235.560000|", "100.900000|", "|filtered", "|filtered"},
		"replace(replace(Preis, '.', ''), ',', '.')": {"1234.560000|", "99.900000|", "|filtered", "|filtered"},
		"CASE WHEN Preis > 100 THEN 1 ELSE 2 END":    {"1.000000|", "2.000000|", "|filtered", "|filtered"},
	} {
		s.load(head + "sources:\n  - path: export.csv\n    where: Preis > 0\n    columns: {customer: id, time: day, amount: \"" + expression + "\"}\n")
		require.Equal(t, want, s.cells("CASE WHEN reason IS NULL THEN CAST(amount AS VARCHAR) END, reason"), expression)
	}
}

// All rows decide, and not the first ones that are looked at before.
func TestNumbersBeyondTheSample(t *testing.T) {
	for _, threads := range []int{1, 3} {
		s := shopWith(t, threads)
		many := repeated(13_000, "45", "1.250") // more than the rows of a sample
		s.write("export.csv", ofAmounts(append(many, "99,90")))
		yaml := head + "sources:\n" + source("export.csv")
		plan := s.load(yaml)
		require.Equal(t, "16835099.90", s.tally(plan).Total.Used.Money.String(), "13,000 times 45 and 1250")

		s.write("export.csv", ofAmounts(append(many, "99.90")))
		require.Equal(t, "601349.90", s.tally(s.load(yaml)).Total.Used.Money.String(), "and 13,000 times 45 and 1.25")

		s.write("export.csv", ofAmounts(many))
		require.ErrorContains(t, s.refusal(yaml), "export.csv:3: 13000 of 26000 numbers")

		s.write("export.csv", ofAmounts(append(repeated(21_000, "45"), "99,90", "$1.250")))
		require.Equal(t, "946349.90", s.tally(s.load(yaml)).Total.Used.Money.String())
	}
}

// All files of a source decide together, however their columns stand.
func TestNumbersOfSeveralFiles(t *testing.T) {
	s := newShop(t)
	s.write("in/1.csv", "id,day,amount\n1,2024-01-02,1.250\n")
	s.write("in/2.csv", "amount;day;id\n99,90;2024-01-03;1\n")
	plan := s.load(head + "sources:\n" + source("in"))
	require.Equal(t, "1349.90", s.tally(plan).Total.Used.Money.String())
}

// Slips of a hand do not stop a night: not among prices with three decimals
// either, where others show what the point means.
func TestNumbersWithSlips(t *testing.T) {
	for _, c := range []struct {
		name    string
		amounts []string
		sum     string
	}{
		{"one slip", append(repeated(300, "99.90"), "1.250,00"), "29970.00"},
		{"prices of fuel", append(repeated(50, "45.20", "1.459"), "99,90"), "2332.95"},
		{"words and numbers", []string{"99.90", "12 apples", "3x", "n/a", "20%", "12.5.24", "-", "0x10", "1_000"}, "99.90"},
		{"German, with one slip", append(repeated(300, "99,90", "1.250"), "99.90"), "404970.00"},
	} {
		s := newShop(t)
		plan := s.loadOne(ofAmounts(c.amounts))
		require.Equal(t, c.sum, s.tally(plan).Total.Used.Money.String(), c.name)
	}
}

// Costs are read as amounts are; those that cannot be read are counted.
func TestCostsOfOtherNotations(t *testing.T) {
	const yaml = head + "sources:\n  - path: export.csv\n    columns: {customer: id, time: day, amount: amount, cost: cost}\n"
	s := newShop(t)
	s.write("export.csv", "id;day;amount;cost\n1;2024-01-02;100;1.250\n1;2024-01-02;100;50,00\n1;2024-01-02;100;\n")
	s.load(yaml)
	require.Equal(t, []string{"1250", "50", "0"}, s.cells("cost"), "the last by the margin")

	s.write("export.csv", "id;day;amount;cost\n1;2024-01-02;100;1.250\n1;2024-01-02;100;50\n")
	require.ErrorContains(t, s.refusal(yaml), "export.csv:2: 1 of 2 numbers of the column cost")

	s.write("export.csv", "id;day;amount;cost\n1;2024-01-02;100;12.50\n1;2024-01-02;100;unknown\n1;2024-01-02;100;\n1;2024-01-02;100;NULL\n")
	require.Equal(t, []int64{1}, s.tally(s.load(yaml)).UnreadCosts)
}

// List prices that cannot be read are counted, and those that are not there are not.
func TestUnreadListPrices(t *testing.T) {
	const yaml = head + "sources:\n  - path: export.csv\n    columns: {customer: id, time: day, amount: amount, list_price: list}\n"
	s := newShop(t)
	s.write("export.csv", "id,day,amount,list\n1,2024-01-02,100,abc\n1,2024-01-03,100,80\n1,2024-01-04,100,\n1,2024-01-05,100,unknown\n")
	require.Equal(t, []int64{2}, s.tally(s.load(yaml)).UnreadListPrices)
}

// Sources in different currencies have no sum either, whether these stand beside the
// numbers or in a column.
func TestCurrenciesOfSources(t *testing.T) {
	for _, c := range []struct {
		first, second []string
		column        string // of the second
		says          string
	}{
		{[]string{"$12.50"}, []string{"€3.00"}, "", "b.csv:2: the numbers are in €, and those of another source in $"},
		{[]string{"¥5"}, []string{"6元", "7"}, "", ""},
		{[]string{"¥5"}, []string{"6円", "7"}, "", ""},
		{[]string{"$5"}, []string{"6", "7"}, "", ""},
		{[]string{"5"}, []string{"6 EUR"}, "", ""},
		{[]string{"$5"}, []string{"6", "7"}, "'GBP'", "b.csv:2: the amount is in GBP, and others or the job's are in USD"},
		{[]string{"$5"}, []string{"6", "7"}, "'USD'", ""},
		{[]string{"¥5"}, []string{"6", "7"}, "'JPY'", ""},
	} {
		s := newShop(t)
		s.write("a.csv", ofAmounts(c.first))
		s.write("b.csv", ofAmounts(c.second))
		yaml := head + "sources:\n" + source("a.csv") + source("b.csv")
		if c.column != "" {
			yaml = strings.TrimRight(yaml, "}\n") + ", currency: \"" + c.column + "\"}\n"
		}
		if c.says == "" {
			s.load(yaml)
			continue
		}
		require.ErrorContains(t, s.refusal(yaml), c.says, "%q %q", c.first, c.second)
	}
}

// Several currencies have no sum.
func TestCurrenciesBesideNumbers(t *testing.T) {
	for _, c := range []struct {
		currency string
		amounts  []string
		says     string
	}{
		{"", []string{"$12.50", "€3.00"}, "export.csv:3: a number in €, and others in $"},
		{"", []string{"$12.50", "9.90", "CAD 3.00"}, "export.csv:4: a number in CAD, and others in $"},
		{"CAD", []string{"$12.50", "CAD 3.00"}, ""},
		{"", []string{"12.50 EUR", "3.00 €", "1 EUR"}, ""},
		{"", []string{"¥5", "6元"}, ""},
		{"", []string{"¥5", "6円"}, ""},
		{"", []string{"¥5", "6円", "7元"}, "export.csv:3: a number in 円, and others in ¥"},
		{"", []string{"kr 5", "6 kr."}, ""},
		{"GBP", []string{"$5"}, "export.csv:2: the numbers are in $, and currency: of the job is GBP; write currency: USD"},
		{"SEK", []string{"5 kr"}, ""},
		{"EUR", []string{"5 kr"}, "currency: of the job is EUR"},
		{"", []string{"5 PCS"}, `"PCS" beside a number is no currency`},
	} {
		s := newShop(t)
		s.write("export.csv", ofAmounts(c.amounts))
		yaml := head + "sources:\n" + source("export.csv")
		if c.currency != "" {
			yaml = "currency: " + c.currency + "\n" + yaml
		}
		if c.says == "" {
			s.load(yaml)
			continue
		}
		require.ErrorContains(t, s.refusal(yaml), c.says, "%q", c.amounts)
	}
}

// A text that is no number has no currency, whatever letters or signs are in it: its row is set
// aside, as among amounts without currencies.
func TestTextsBesideAmountsWithCurrencies(t *testing.T) {
	texts := []string{"NIL", "TBD", "ABC", "ABCDE", "N/A USD", "$", "NULL", "see REF 12/7", "5 USD or 6 GBP", "USD EUR", "円", "-", "X-1 USD 5 USD 5"}
	for _, text := range texts {
		aside := func(amount string) []string {
			s := newShop(t)
			s.write("export.csv", ofAmounts([]string{amount, text, amount}))
			plan := s.load(head + "sources:\n" + source("export.csv"))
			require.EqualValues(t, 2, s.tally(plan).Total.Used.Rows, "%q beside %q", text, amount)
			var reasons []string
			for _, r := range s.rejects(plan) {
				reasons = append(reasons, string(r.Reason))
			}
			return reasons
		}
		want := aside("12.50")
		require.Len(t, want, 1, text)
		require.Equal(t, want, aside("12.50 EUR"), text)
		require.Equal(t, want, aside("€12.50"), text)
		if text != "NULL" && text != "-" {
			require.Equal(t, []string{"amount_unreadable"}, want, text)
		}
	}
}

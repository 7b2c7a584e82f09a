package ledger_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const inCurrencies = "currency: EUR\nrates: rates.csv\nsources:\n  - path: export.csv\n    columns: {customer: id, time: day, amount: amount, cost: cost, currency: cur}\n"

// Amounts and costs are converted by the newest rate on or before their day, exactly.
func TestConversion(t *testing.T) {
	const export = "id,day,amount,cost,cur\n" +
		"1,2024-01-01,100.00,50.00,EUR\n1,2024-01-05,100.00,50.00, usd \n1,2024-01-09,100.00,,$\n1,2030-01-01,-100.00,,USD\n1,2024-01-05,1000000,,jpy\n1,2024-01-05,0.000001,,GBP\n1,2024-01-05,0,,\n1,2024-01-01,7,,€\n"
	const daily = "\ufeffCurrency,Rate,Day\nUSD,0.912345678901,2024-01-08\nUSD,0.9,2024-01-01\nJPY,0.0063,2023-12-31\nGBP,1.5,2024-01-05\n"
	for _, threads := range []int{1, 3} {
		s := shopWith(t, threads)
		s.write("export.csv", export)
		s.write("rates.csv", daily)
		plan := s.load(head + inCurrencies)
		require.Equal(t, []string{
			"EUR|100|100|50", "USD|90|100|45", "USD|91.234568|100|0", "USD|-91.234568|-100|0", "JPY|6300|1000000|0", "GBP|2e-06|1e-06|0", "|0|0|0", "EUR|7|7|0",
		}, s.cells("currency, amount, original, cost"))
		a := s.tally(plan)
		require.Equal(t, "6497.000002", a.Total.Used.Money.String())
		var found []string
		for _, c := range a.Currencies {
			found = append(found, fmt.Sprintf("%s %d %s %s", c.Currency, c.Rows, c.Original, c.Converted))
		}
		require.Equal(t, []string{"EUR 2 107.00 107.00", "GBP 1 0.000001 0.000002", "JPY 1 1000000.00 6300.00", "USD 3 100.00 90.00"}, found)
		inputs := plan.Inputs()
		sum := sha256.Sum256([]byte(daily))
		require.Equal(t, "rates.csv", inputs[1].Path)
		require.Equal(t, hex.EncodeToString(sum[:]), inputs[1].SHA256)
		require.Equal(t, int64(4), inputs[1].Rows)
	}
	s := newShop(t)
	s.write("export.csv", export)
	s.write("rates.csv", "currency,rate\nUSD,0.5\nJPY,0.01\nGBP,1.2\n")
	s.load(head + inCurrencies)
	require.Equal(t, []string{"100", "50", "50", "-50", "10000", "1e-06", "0", "7"}, s.cells("amount"))
}

// What has no rate is refused, and never 0.
func TestCurrenciesWithoutRates(t *testing.T) {
	for _, c := range []struct{ export, rates, head, says string }{
		{"1,2024-01-01,5,,USD", "USD,0.9,2024-01-02", "", "export.csv:2: the amount is in USD on 2024-01-01, and rates.csv has no rate for it on or before that day"},
		{"1,2024-01-01,5,,EUR\n1,2024-01-01,5,,SEK", "USD,0.9,2024-01-01", "", "export.csv:3: the amount is in SEK, and rates.csv has no rate for it"},
		{"1,2024-01-01,5,,", "USD,0.9,2024-01-01", "", "export.csv:2: the row has an amount and no currency"},
		{"1,2024-01-01,5,,kr", "USD,0.9,2024-01-01", "", `export.csv:2: currency: "KR" is no code such as EUR and no sign of one currency alone: it may mean SEK, NOK or others`},
		{"1,2024-01-01,5,,Points", "USD,0.9,2024-01-01", "", `currency: "POINTS" is no code`},
		{"1,2024-01-01,5,,EUR\n1,2024-01-01,5,,USD", "", "currency: EUR\n", "export.csv:3: the amount is in USD, and others or the job's are in EUR: money of several currencies cannot be added; write rates: rates.csv"},
		{"1,2024-01-01,5,,USD", "", "currency: EUR\n", "export.csv:2: the amount is in USD"},
		{"1,2024-01-01,5,,EUR\n1,2024-01-01,5,,USD", "", "", "export.csv:3: the amount is in USD, and others or the job's are in EUR"},
		{"1,2024-01-01,5,,EUR", "USD,-1,2024-01-01", "", `rates.csv:2: rate: "-1" is not a number above 0`},
		{"1,2024-01-01,5,,EUR", "USD,1,1.1.2024", "", `rates.csv:2: day: "1.1.2024" is not a day`},
		{"1,2024-01-01,5,,EUR", "USD,1,2024-01-01\nusd,1,2024-01-01", "", `rates.csv:3: has a rate of USD that line 2 has too`},
		{"1,2024-01-01,5,,EUR", "Yen,1,2024-01-01", "", `rates.csv:2: currency: "Yen" is no code`},
	} {
		s := newShop(t)
		s.write("export.csv", "id,day,amount,cost,cur\n"+c.export+"\n")
		yaml := head + inCurrencies
		if c.rates != "" {
			s.write("rates.csv", "currency,rate,day\n"+c.rates+"\n")
		} else {
			yaml = head + c.head + strings.TrimPrefix(inCurrencies, "currency: EUR\nrates: rates.csv\n")
		}
		require.ErrorContains(t, s.refusal(yaml), c.says)
	}
	s := newShop(t)
	s.write("export.csv", "id,day,amount,cost,cur\n1,2024-01-01,5,,USD\n1,2024-01-01,7,,SEK\n")
	yaml := head + "currency: SEK\n" + strings.TrimPrefix(inCurrencies, "currency: EUR\nrates: rates.csv\n") + "    where: cur = 'SEK'\n"
	a := s.tally(s.load(yaml))
	require.Equal(t, "7.00", a.Total.Read.Money.String(), "dollars that are left out are in no sum of crowns")
	require.ErrorContains(t, s.refusal(head+inCurrencies), "rates.csv: no such file")
}

// Products of amounts with rates are what fractions say, rounded at six places, halves away
// from 0. Many are held against fractions in each reading of an export: a reading takes
// most of a second, and a product none.
func TestConversionIsExact(t *testing.T) {
	s := newShop(t)
	random := rand.New(rand.NewPCG(3, 4))
	decimal := func(whole int64, places int, least int64) string {
		return fmt.Sprintf("%d.%0*d", random.Int64N(whole), places, least+random.Int64N(int64(math.Pow10(places))-least))
	}
	codes := strings.Fields("USD GBP JPY CHF CNY SEK NOK DKK PLN CZK HUF RON BGN TRY CAD AUD NZD INR BRL MXN")
	for range 4 {
		// Rates with the fewest and the most digits, and such as make halves of a millionth.
		worths := []string{"0.000000000001", "999.999999999999", "0.5", "1.5", "0.25", "0.0000005"}
		for len(worths) < len(codes) {
			worths = append(worths, decimal(1000, 12, 1))
		}
		var rates strings.Builder
		rates.WriteString("currency,rate\n")
		var export, want []string
		for i, worth := range worths {
			code := codes[i]
			rates.WriteString(code + "," + worth + "\n")
			rate, _ := new(big.Rat).SetString(worth)
			amounts := []string{"0.000001", "0.000003", "9999999.999999", "0.000000"}
			for len(amounts) < 100 {
				amounts = append(amounts, decimal(10_000_000, 6, 0))
			}
			for _, amount := range amounts {
				exact, _ := new(big.Rat).SetString(amount)
				export = append(export, "1,2024-01-01,"+amount+",,"+code)
				want = append(want, exact.Mul(exact, rate).FloatString(6)) // rounds halves away from 0
			}
		}
		s.write("rates.csv", rates.String())
		s.write("export.csv", "id,day,amount,cost,cur\n"+strings.Join(export, "\n")+"\n")
		s.load(head + inCurrencies)
		got := s.rowsInOrder("line, CAST(amount AS VARCHAR)")
		require.Len(t, got, len(want))
		for i := range want {
			require.Equal(t, fmt.Sprintf("%d|%s", i+2, want[i]), got[i], export[i])
		}
	}
}

// What is given back of a row is in the row's currency, and worth what its amount was: by
// the rate of the row's day. What the accounts say of it was written down by hand.
func TestConversionOfRefunds(t *testing.T) {
	const mapped = "currency: EUR\nrates: rates.csv\nsources:\n  - path: export.csv\n    columns: {customer: id, order: no, time: day, amount: amount, currency: cur, refund: back, refund_time: on}\n"
	for _, threads := range []int{1, 3} {
		s := shopWith(t, threads)
		s.write("export.csv", "id,no,day,amount,cur,back,on\n"+
			"1,A1,2024-01-01,100,USD,50,2024-01-09\n1,A2,2024-01-01,100,GBP,-20.000001,\n1,A3,2024-01-01,10,EUR,4,\n1,A4,2024-01-02,10,USD,10,\n1,A5,2024-01-02,0,,0,\n")
		s.write("rates.csv", "currency,rate,day\nUSD,0.5,2024-01-01\nUSD,0.812345678901,2024-01-02\nGBP,2.5,2024-01-01\n")
		plan := s.load(head + mapped)
		require.Equal(t, []string{
			"2|USD|2024-01-01|50|100", "2|USD|2024-01-09|-25|50", "3|GBP|2024-01-01|250|100", "3|GBP|2024-01-01|-50.000003|20.000001",
			"4|EUR|2024-01-01|10|10", "4|EUR|2024-01-01|-4|4", "5|USD|2024-01-02|8.123457|10", "5|USD|2024-01-02|-8.123457|10", "6||2024-01-02|0|0",
		}, s.rowsInOrder("line, currency, day, amount, original"))
		require.Equal(t, []string{
			"1|0|A1|false|-25.0|0.0|false", "1|0|A1|true|25.0|0.0|false", "1|0|A2|false|-50.000003|0.0|false", "1|0|A2|true|50.000003|0.0|false",
			"1|0|A3|false|-4.0|0.0|false", "1|0|A3|true|4.0|0.0|false", "1|0|A4|false|-8.123457|0.0|true", "1|0|A4|true|8.123457|0.0|false",
		}, s.moved())
		a := s.tally(plan)
		require.Equal(t, "230.999997", a.Total.Used.Money.String())
		var found []string
		for _, c := range a.Currencies {
			found = append(found, fmt.Sprintf("%s %d %s %s", c.Currency, c.Rows, c.Original, c.Converted))
		}
		require.Equal(t, []string{"EUR 1 6.00 6.00", "GBP 1 79.999999 199.999997", "USD 2 50.00 25.00"}, found)
	}
	// A refund that has no rate is refused too, beside an amount of 0 and beside one that is
	// within bounds.
	for row, says := range map[string]string{
		"1,A1,2024-01-01,0,SEK,5,":             "export.csv:2: the amount is in SEK, and rates.csv has no rate for it",
		"1,A1,2024-01-01,0,,5,":                "export.csv:2: the row has an amount and no currency",
		"1,A1,2023-01-01,0,USD,5,":             "export.csv:2: the amount is in USD on 2023-01-01, and rates.csv has no rate for it on or before that day",
		"1,A1,2024-01-01,1,USD,900000000000,2": "or one by which the amount is beyond ±10^12",
	} {
		s := newShop(t)
		s.write("export.csv", "id,no,day,amount,cur,back,on\n"+row+"\n")
		s.write("rates.csv", "currency,rate,day\nUSD,2.5,2024-01-01\n")
		require.ErrorContains(t, s.refusal(head+strings.TrimSuffix(mapped, ", refund_time: on}\n")+"}\n"), says)
	}
}

// People keep rates in spreadsheets of their own language, which part columns by semicolons
// or tabs, and write a decimal comma there.
func TestRatesAsSpreadsheetsWriteThem(t *testing.T) {
	s := newShop(t)
	s.write("export.csv", "id,day,amount,cost,cur\n1,2024-01-01,100,,USD\n2,2024-01-01,1000,,JPY\n")
	for _, rates := range []string{
		"currency,rate\nUSD,1.0857\nJPY,0.006\n",
		"Currency;Rate\nUSD;1,0857\nJPY;0,006\n",
		"\ufeffcurrency;rate\r\nJPY;0,006\r\nUSD;1.0857\r\n",
		"currency\trate\nUSD\t1,0857\nJPY\t0,006\n",
		"currency;\"rate, to EUR\";rate\nUSD;x;1,0857\nJPY;y;0,006\n",
	} {
		s.write("rates.csv", rates)
		s.load(head + inCurrencies)
		require.Equal(t, []string{"108.57", "6"}, s.cells("amount"), rates)
	}
	for rates, want := range map[string]string{
		"currency;rate\nUSD;1,085\nJPY;6\n":          "rates.csv:2: rate: no rate of the file shows whether the comma is decimal or parts thousands; write the rates with a decimal point and no comma, such as 1.085 or 1085",
		"currency;rate\nJPY;0.006\nUSD;1,085\n":      "rates.csv:3: rate: the comma may be decimal or part thousands, as line 2 has a decimal point; write the rates with",
		"currency;rate\nUSD;1.085,5\nJPY;0,006\n":    `rates.csv:2: rate: "1.085,5" is not a number above 0, written like 1.0857 or 1,0857`,
		"currency,rate\nUSD,\"1,0857\"\nJPY,0.006\n": `rates.csv:2: rate: "1,0857" is not a number above 0, written like 1.0857`,
		"kurs;code\n1;USD\n":                         "rates.csv:1: the column currency is missing; want a header with currency, rate and, where rates differ by day, day",
		"":                                           "rates.csv:1: the file is empty; want a header with currency, rate and, where rates differ by day, day",
	} {
		s.write("rates.csv", rates)
		require.ErrorContains(t, s.refusal(head+inCurrencies), want)
	}
}

package ledger

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/currency"
)

// currencySigns are the currencies that a sign may mean. Where the first is by far the most
// frequent, it is what the sign means unless something else is known; those are in
// mostlyFirst.
var currencySigns = map[string][]string{
	"$": {"USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "JMD", "TTD", "BBD", "BSD", "BZD", "FJD", "NAD"},
	"£": {"GBP", "EGP", "FKP", "GIP", "SHP", "SSP"}, "₤": {"GBP"}, "€": {"EUR"},
	"¥": {"CNY", "JPY"}, "元": {"CNY", "TWD", "HKD"}, "圆": {"CNY"}, "圓": {"TWD", "HKD"}, "円": {"JPY"}, "RMB": {"CNY"},
	"₩": {"KRW", "KPW"}, "원": {"KRW"}, "₹": {"INR"}, "Rs": {"INR", "PKR", "LKR", "NPR", "MUR", "SCR"}, "Rp": {"IDR"}, "RM": {"MYR"},
	"kr": {"SEK", "NOK", "DKK", "ISK"}, "Fr": {"CHF"}, "zł": {"PLN"}, "Kč": {"CZK"}, "Ft": {"HUF"}, "lei": {"RON", "MDL"}, "лв": {"BGN"}, "руб": {"RUB"},
	"₽": {"RUB"}, "₺": {"TRY"}, "₴": {"UAH"}, "₪": {"ILS"}, "₫": {"VND"}, "฿": {"THB"}, "₱": {"PHP"}, "₦": {"NGN"}, "₡": {"CRC"}, "₲": {"PYG"},
	"₸": {"KZT"}, "₼": {"AZN"}, "₾": {"GEL"}, "R": {"ZAR"}, "R$": {"BRL"},
	"US$": {"USD"}, "U$": {"USD"}, "A$": {"AUD"}, "AU$": {"AUD"}, "C$": {"CAD"}, "CA$": {"CAD"}, "NZ$": {"NZD"}, "HK$": {"HKD"}, "S$": {"SGD"},
	"SG$": {"SGD"}, "NT$": {"TWD"}, "MX$": {"MXN"}, "CN¥": {"CNY"}, "JP¥": {"JPY"},
}

var mostlyFirst = []string{"$", "£", "₩", "元", "圓", "lei"}

// currencyCode is a currency's code as ISO 4217 has it, in capitals.
func currencyCode(text string) (code string, ok bool) {
	code = strings.ToUpper(text)
	_, err := currency.ParseISO(code)
	return code, err == nil
}

// meanings are the currencies that a mark beside a number, or in a column of currencies,
// may mean: none where it is no currency.
func meanings(mark string) []string {
	mark = strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' { // of full width
			return r - '！' + '!'
		}
		return r
	}, strings.TrimRight(strings.TrimFunc(mark, unicode.IsSpace), "."))
	mark = strings.ReplaceAll(mark, "￥", "¥")
	for _, spelled := range []string{mark, strings.ToUpper(mark), strings.ToLower(mark)} {
		if codes, is := currencySigns[spelled]; is {
			return codes
		}
	}
	if code, ok := currencyCode(mark); ok {
		return []string{code}
	}
	letters := strings.TrimRightFunc(mark, func(r rune) bool { return unicode.Is(unicode.Sc, r) })
	if code, ok := currencyCode(letters); ok && letters != mark { // USD$
		return []string{code}
	}
	return nil
}

// meant is the one currency that a mark means among others of a column, in a job of the
// currency own; empty where that is not known.
func meant(mark string, others []string, own string) string {
	codes := meanings(mark)
	switch {
	case len(codes) == 0:
		return ""
	case len(codes) == 1:
		return codes[0]
	case slices.Contains(codes, own):
		return own
	case slices.Contains(mostlyFirst, mark):
		return codes[0]
	}
	found := ""
	for _, other := range others {
		if known := meanings(other); len(known) == 1 || slices.Contains(mostlyFirst, other) {
			if slices.Contains(codes, known[0]) && found != known[0] {
				if found != "" {
					return ""
				}
				found = known[0]
			}
		}
	}
	return found
}

package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// parted are whole numbers whose commas may part thousands or, elsewhere, a number of three
// decimals.
var parted = regexp.MustCompile(`^\D*\d{1,3}(,\d{3})+\D*$`)

// decideNumbers says that a comma parts thousands where the values leave it open and the
// names of the columns do not: nobody who writes in Chinese, Japanese or Korean has a
// decimal comma.
func (s *Source) decideNumbers() {
	amount := s.columnOf("columns.amount")
	if amount == nil || s.find("numbers") != nil || !slices.ContainsFunc(s.table.names(), isEastAsian) {
		return
	}
	commas := slices.ContainsFunc(amount.most, parted.MatchString)
	points := slices.ContainsFunc(amount.most, func(v string) bool { return strings.Contains(v, ".") })
	if commas && !points {
		s.add(&Decision{Key: "numbers", Value: "1,234.56", Sure: Likely, Why: "in Chinese, Japanese and Korean a comma parts thousands"})
	}
}

// isEastAsian tells whether a name is written in one of the three.
func isEastAsian(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
	})
}

package publish

import (
	"strings"

	"clientele/internal/spreadsheet"
)

// appendText appends a text cell, with guard one that a spreadsheet leaves alone.
func appendText(dst []byte, s string, guard bool) []byte {
	guard = guard && spreadsheet.Guards(s)
	if !needsQuotes(s) {
		if guard {
			dst = append(dst, '\'')
		}
		return append(dst, s...)
	}
	dst = append(dst, '"')
	if guard {
		// Inside the quotes: before them it would end the cell's quoting.
		dst = append(dst, '\'')
	}
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			break
		}
		dst = append(append(dst, s[:i+1]...), '"')
		s = s[i+1:]
	}
	return append(append(dst, s...), '"')
}

// needsQuotes tells whether s has a character with a meaning in CSV (RFC 4180,
// section 2, rule 6).
func needsQuotes(s string) bool {
	// A plain loop: most cells are too short for the set-up of a search by
	// words to pay.
	for i := range len(s) {
		switch s[i] {
		case ',', '"', '\n', '\r':
			return true
		}
	}
	return false
}

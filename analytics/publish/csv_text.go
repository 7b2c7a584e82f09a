package publish

import "strings"

// appendText appends a text cell. With guard, text that a spreadsheet would
// take for a formula gets a leading apostrophe, which spreadsheets read as
// "this is text".
func appendText(dst []byte, s string, guard bool) []byte {
	guard = guard && startsFormula(s)
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

// startsFormula tells whether a spreadsheet may evaluate the text. Tab,
// carriage return and NUL count because import dialogs drop them and look at
// what follows; the full-width signs because East Asian editions take them for
// the plain ones.
//
// Source: OWASP, CSV Injection (CWE-1236); ASVS 5.0, requirement 1.2.10.
func startsFormula(s string) bool {
	if s == "" {
		return false
	}
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r', 0:
		return true
	case 0xEF: // first byte of U+F000..U+FFFF, where the full-width signs are
		return strings.HasPrefix(s, "＝") || strings.HasPrefix(s, "＋") ||
			strings.HasPrefix(s, "－") || strings.HasPrefix(s, "＠")
	}
	return false
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

// Package spreadsheet guards text against the programs that people open CSV
// files with. They run some text as a formula and take other text for a number
// or a date, of which they keep fifteen digits and no leading zero. An
// apostrophe in front makes both text again.
package spreadsheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark is what guarded text begins with.
const mark = "'"

// Guard gives s as a cell that a spreadsheet leaves alone. [Unguard] gives s
// back, to the byte.
func Guard(s string) string {
	if Guards(s) {
		return mark + s
	}
	return s
}

// Unguard takes away the mark of [Guard], which is the whole of what it does to
// text.
func Unguard(cell string) string { return strings.TrimPrefix(cell, mark) }

// Plain gives the text of a cell that [Guard] may have written: a cell that it would not have
// written stays as it is.
func Plain(cell string) string {
	if text := Unguard(cell); Guard(text) == cell {
		return text
	}
	return cell
}

// Guards tells whether text gets a mark. Text that begins with an apostrophe of
// its own gets one too: else nobody could tell it from guarded text.
func Guards(s string) bool {
	if s == "" {
		return false
	}
	if plainLetter(s[0]) { // most cells
		return readsAsDay(s)
	}
	return strings.HasPrefix(s, mark) || startsFormula(s) || readsAsNumber(s) || readsAsDay(s)
}

func plainLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// signs begin a formula. East Asian editions take the small and the full-width
// forms for the plain ones, and so does whatever normalises text on the way
// (Unicode's compatibility forms, NFKC).
//
// Source: OWASP, CSV Injection (CWE-1236); ASVS 5.0, requirement 1.2.10.
const signs = "=+-@" + "＝＋－＠" + "﹦﹢﹣﹫" + "−" + "⁼⁺⁻" + "₌₊₋" + "﬩" + "⩵⩶"

// startsFormula tells whether a spreadsheet may evaluate the text. What nobody
// sees counts as a sign where it stands first (control characters, among them
// tab and the ends of lines, marks of byte order, zero-width characters):
// import dialogs drop it and look at what follows. Spaces and broken bytes
// count where a sign follows.
func startsFormula(s string) bool {
	if first, _ := utf8.DecodeRuneInString(s); invisible(first) {
		return true
	}
	for _, r := range s {
		switch {
		case r == utf8.RuneError: // broken bytes; U+FFFD itself does no harm
		case strings.ContainsRune(signs, r):
			return true
		case !unicode.IsSpace(r) && !invisible(r):
			return false
		}
	}
	return false
}

// invisible tells whether a rune leaves no trace on paper.
func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) ||
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || unicode.Is(unicode.Variation_Selector, r)
}

// mostDigits is how many digits of a number spreadsheets keep.
const mostDigits = 15

// readsAsNumber tells whether a spreadsheet may take the text for a number, a
// share, a time or a date and show something else: 007, 1e5, 5-4-3, 4012888888881881.
// Whole numbers that it keeps as they are do not count.
func readsAsNumber(s string) bool {
	trimmed := strings.TrimSpace(s)
	if trimmed == "" || !strings.ContainsAny(trimmed[:1], "0123456789.,(%") {
		return false
	}
	digits := 0
	for i := range len(trimmed) {
		switch c := trimmed[i]; {
		case '0' <= c && c <= '9':
			digits++
		case !strings.ContainsRune(".,:/-+eE%() ", rune(c)):
			return false
		}
	}
	asItIs := digits == len(s) && digits <= mostDigits && (s == "0" || s[0] != '0')
	return digits > 0 && !asItIs
}

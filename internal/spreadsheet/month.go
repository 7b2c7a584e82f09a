package spreadsheet

import "strings"

// months are the words that spreadsheets know in every edition. Each edition also
// knows those of its language, which are not looked for.
var months = []string{
	"january", "february", "march", "april", "may", "june",
	"july", "august", "september", "october", "november", "december",
}

// readsAsDay tells whether a spreadsheet may take the text for a day or a time
// because of a word in it: MARCH1, 12-May, Sep 2026, 5 PM.
//
// Source: Ziemann, Eren and El-Osta (2016), Gene name errors are widespread in the
// scientific literature, Genome Biology 17:177.
func readsAsDay(s string) bool {
	word, wordAt, numbers := "", 0, 0
	for at := 0; at < len(s); {
		end := at + 1
		switch {
		case isDigit(s[at]):
			for end < len(s) && isDigit(s[end]) {
				end++
			}
			numbers++
			if end-at > len("2026") {
				return false
			}
		case plainLetter(s[at]):
			for end < len(s) && plainLetter(s[end]) {
				end++
			}
			if word != "" {
				return false
			}
			word, wordAt = strings.ToLower(s[at:end]), at
		case !strings.ContainsRune(" -/.,:", rune(s[at])):
			return false
		}
		at = end
	}
	const clock = " am pm "
	return numbers > 0 && word != "" &&
		(isMonth(word) || wordAt > 0 && strings.Contains(clock, " "+word+" "))
}

// isMonth tells whether a word in lower case is a month or its abbreviation.
func isMonth(word string) bool {
	for _, month := range months {
		if word == month || word == month[:3] {
			return true
		}
	}
	return word == "sept"
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

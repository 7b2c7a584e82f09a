package persons

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Rule is a way in which the same id is written differently, and which is put right.
type Rule string

// The rules.
const (
	Trim             Rule = "trim"               // spaces around the id
	Lower            Rule = "lower"              // capital letters
	DropPointZero    Rule = "drop-.0"            // 17850.0, as a data frame writes 17850 in a column with gaps
	DropLeadingZeros Rule = "drop-leading-zeros" // 0017850, as an ERP pads 17850
)

// AllRules are the rules in the order in which they apply, whatever the order in which
// they are stated: 0017850.0 loses its end before its zeros.
var AllRules = []Rule{Trim, Lower, DropPointZero, DropLeadingZeros}

// Normal writes an id in one way, by the rules that are stated.
func Normal(id string, stated []Rule) string {
	if isPlain(id) {
		return id
	}
	for _, rule := range AllRules {
		if slices.Contains(stated, rule) {
			id = rule.apply(id)
		}
	}
	return id
}

// isPlain tells whether no rule changes an id, which is so of most.
func isPlain(id string) bool {
	if id == "" || id[0] == '0' {
		return false
	}
	for i := range len(id) {
		if c := id[i]; c <= ' ' || c == '.' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func (r Rule) apply(id string) string {
	switch r {
	case Trim:
		return strings.TrimSpace(id)
	case Lower:
		return strings.ToLower(id)
	case DropPointZero:
		return dropPointZero(id)
	case DropLeadingZeros:
		return dropLeadingZeros(id)
	}
	return id
}

// dropPointZero drops the decimals of a whole number. An id such as v1.0, which is not all
// digits before the point, is a name and stays.
func dropPointZero(id string) string {
	whole, places, found := strings.Cut(id, ".")
	if found && places != "" && strings.Trim(places, "0") == "" && allDigits(whole) {
		return whole
	}
	return id
}

// dropLeadingZeros drops the zeros before a number. An id of zeros alone is 0; one with
// letters is a name, in which zeros are letters too.
func dropLeadingZeros(id string) string {
	if !allDigits(id) {
		return id
	}
	if short := strings.TrimLeft(id, "0"); short != "" {
		return short
	}
	return "0"
}

// allDigits tells whether a text is digits and nothing else.
func allDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

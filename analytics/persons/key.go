package persons

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A key is a text that only one person should have. What kind it is, its name says.

// CleanKey writes the value of a key in one way; empty: the value says nothing about who
// it is. Full-width letters and digits are read as what they stand for.
//
//   - names with "mail": small letters; what has no @ between two other characters is no
//     address.
//   - names with "phone", "mobile" or "tel": the digits, without the 00 by which one
//     dials abroad. Fewer than seven digits, or one digit over and over, are no number.
//   - any other: as it is, without the spaces around it.
//
// The words with which databases write that there is nothing are no values.
func CleanKey(key, value string) string {
	value = strings.TrimSpace(norm.NFKC.String(value))
	switch {
	case isNothing(value):
		return ""
	case isMail(key):
		return cleanMail(value)
	case isPhone(key):
		return cleanPhone(value)
	}
	return value
}

func isMail(key string) bool { return strings.Contains(key, "mail") }

func isPhone(key string) bool {
	return strings.Contains(key, "phone") || strings.Contains(key, "mobile") || strings.Contains(key, "tel")
}

func isNothing(value string) bool {
	switch strings.ToLower(value) {
	case "", "null", "nan", "none", "n/a", "na", "-", `\n`:
		return true
	}
	return false
}

func cleanMail(value string) string {
	at := strings.LastIndexByte(value, '@')
	if at < 1 || at == len(value)-1 {
		return ""
	}
	return strings.ToLower(value)
}

// fewestDigits is the length of the shortest numbers that a subscriber has, with the code
// of the town: ITU-T E.164 has no lower bound, and its shortest numbers in use have seven.
const fewestDigits = 7

func cleanPhone(value string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, value)
	digits = strings.TrimPrefix(digits, "00")
	if len(digits) < fewestDigits || strings.Trim(digits, digits[:1]) == "" {
		return ""
	}
	return digits
}

package wording

import (
	"fmt"
	"strconv"
	"strings"

	"clientele/internal/figures"
)

// Language is the catalogue of one language; the zero value is English.
type Language struct {
	code    string
	entries map[string]entry
}

// english is the language of errors and of --help, and of everything else unless another
// one is asked for.
const english = "en"

// In returns the catalogue of a language, such as "zh"; English for all that
// there is no catalogue for.
func In(code string) Language {
	if _, known := catalogues[code]; !known {
		code = english
	}
	return Language{code, catalogues[code]}
}

// Code is the language as a web page names it: en, or zh-Hans, whose characters
// are the simplified ones.
func (l Language) Code() string {
	switch l.code {
	case "":
		return english
	case "zh":
		return "zh-Hans"
	}
	return l.code
}

// IsEnglish tells whether it is the language that is taken where nobody chose one.
func (l Language) IsEnglish() bool { return l.code == english || l.code == "" }

// Say returns the text of a key with values in it: names and values by turns,
// as in
//
//	say.Say("summary.rows", "rows", 12)
//
// Whole numbers are written with commas, but for [Plain] ones, a [Message] is said in the
// same language, and everything else as it prints. A key
// without an entry is the text itself, so that no night fails for want of a
// word; see the package's tests.
func (l Language) Say(key string, values ...any) string {
	return string(l.AppendTo(nil, key, values...))
}

// SayOf is [Language.Say] of a key that ends in a name of a small set, such as a
// stage: the entry is family.name.
func (l Language) SayOf(family, name string, values ...any) string {
	return l.Say(family+"."+name, values...)
}

// Has tells whether a family has an entry for a name.
func (l Language) Has(family, name string) bool {
	_, has := l.entry(family + "." + name)
	return has
}

// Has tells whether there is a text of a key, in all languages.
func Has(key string) bool {
	_, has := catalogues[english][key]
	return has
}

// entry is that of a key.
func (l Language) entry(key string) (e entry, known bool) {
	if l.entries == nil {
		l.entries = catalogues[english]
	}
	e, known = l.entries[key]
	return e, known
}

// AppendTo appends the text of a key to b; see [Language.Say].
func (l Language) AppendTo(b []byte, key string, values ...any) []byte {
	e, known := l.entry(key)
	if !known {
		return append(b, key...)
	}
	for _, p := range e.parts(values) {
		b = p.appendTo(l, b, values)
	}
	return b
}

// AppendOf is [Language.AppendTo] of a key that ends in a name of a small set; see
// [Language.SayOf].
func (l Language) AppendOf(b []byte, family, name string, values ...any) []byte {
	return l.AppendTo(b, family+"."+name, values...)
}

// parts are those of the form that the deciding number takes.
func (e entry) parts(values []any) []part {
	if e.by == "" {
		return e.other
	}
	if isOne(valueOf(values, e.by)) {
		return e.one
	}
	return e.other
}

func (p part) appendTo(l Language, b []byte, values []any) []byte {
	if p.name == "" {
		return append(b, p.text...)
	}
	switch v := valueOf(values, p.name).(type) {
	case string:
		return append(b, v...)
	case Plain:
		return strconv.AppendInt(b, int64(v), 10)
	case Message:
		return l.appendMessage(b, v)
	case []Message:
		for _, m := range v {
			b = l.appendMessage(b, m)
		}
		return b
	case nil:
		return append(append(append(b, '{'), p.name...), '}')
	default:
		if n, whole := wholeNumber(v); whole {
			return append(b, figures.Count(n)...)
		}
		return fmt.Append(b, v)
	}
}

// isOne tells whether a number takes the form of one. It may be written already, as what
// was remembered is.
func isOne(v any) bool {
	if v == "1" || v == Plain(1) {
		return true
	}
	n, whole := wholeNumber(v)
	return whole && n == 1
}

// valueOf is the value that follows a name; nil if there is none.
func valueOf(values []any, name string) any {
	for i := 0; i+1 < len(values); i += 2 {
		if values[i] == name {
			return values[i+1]
		}
	}
	return nil
}

func wholeNumber(v any) (n int64, whole bool) {
	switch v := v.(type) {
	case int:
		return int64(v), true
	case int32:
		return int64(v), true
	case int64:
		return v, true
	}
	return 0, false
}

// Row writes several things in a row: "a, b, c".
func (l Language) Row(all ...string) string { return strings.Join(all, l.Say("list.between")) }

// List writes several things in a row, as a sentence does: "a, b and c".
func (l Language) List(all ...string) string {
	switch len(all) {
	case 0:
		return ""
	case 1:
		return all[0]
	}
	last := len(all) - 1
	return l.Say("list.and", "list", strings.Join(all[:last], l.Say("list.between")), "last", all[last])
}

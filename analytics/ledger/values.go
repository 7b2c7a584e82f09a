package ledger

import (
	"fmt"
	"slices"

	"clientele/analytics/engine"
	"clientele/analytics/engine/dialect"
	"clientele/analytics/scalar"
)

// values are the values of a batch's mapped expressions, as the ledger takes
// them.
type values struct {
	bound    []mapped
	numbers  *sourceNumbers
	dialect  dialect.Dialect
	isTidied func(mapped) bool // whether rows tell if an expression is tidy; nil: they tell of none
}

func (v values) find(name string) (mapped, bool) {
	i := slices.IndexFunc(v.bound, func(m mapped) bool { return m.name == name })
	if i < 0 {
		return mapped{}, false
	}
	return v.bound[i], true
}

func (v values) text(name string) string {
	m, ok := v.find(name)
	if !ok {
		return "CAST(NULL AS STRING)"
	}
	text := TextSQL(m.result(), m.kind)
	return v.unlessTidy(m, text, "nullif("+trimmedSQL(v.dialect, text)+", '')")
}

// unlessTidy is an expression as it is where a row tells that it is tidy, and otherwise what
// makes it so.
func (v values) unlessTidy(m mapped, text, otherwise string) string {
	if v.isTidied == nil || !v.isTidied(m) {
		return otherwise
	}
	return "CASE WHEN " + tidyColumn + " THEN " + text + " ELSE " + otherwise + " END"
}

func (v values) money(name, otherwise string) string {
	m, ok := v.find(name)
	switch {
	case !ok:
		return otherwise
	case m.kind == textKind:
		style := v.numbers.styles[resultKey(name)]
		return style.number(v.dialect, m.result(), style.plain(v.dialect, m.result()))
	}
	return asMoney(m.result())
}

func (v values) condition(name, otherwise string) string {
	m, ok := v.find(name)
	if !ok {
		return otherwise
	}
	return m.result()
}

// result is the name of an expression's value.
func (m mapped) result() string { return engine.Identifier(scalar.OwnPrefix + "value." + m.name) }

// trimmedSQL is a text without the spaces around it, and without tabs and ends of
// lines: some shops write a tab behind an id, so that spreadsheets show all its
// digits.
func trimmedSQL(d dialect.Dialect, v string) string { return d.Write("trimmed", v, d.Literal(spaces)) }

// spaces are the characters that show nothing: of ASCII, and those of Unicode's
// category of spaces.
const spaces = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"

// knownSQL is NULL for the words with which databases and data frames write that a value
// is missing. As an id, such a word would make one customer of all strangers, who would
// lead the list.
func knownSQL(d dialect.Dialect, id string) string {
	const longest = 4 // spares most ids the look at their letters
	return fmt.Sprintf("CASE WHEN %s > %d THEN %[3]s WHEN %[4]s THEN NULL ELSE %[3]s END", d.Write("bytes", id), longest, id, noValueSQL(d, id))
}

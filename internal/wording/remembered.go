package wording

import (
	"fmt"
	"strings"
)

// This file is about messages as a night remembers them: a line for each clause, its key
// and then its values, with tabs between them. A value is name=text, or name:message for
// one that is to be said itself. Words that are the same in all languages are =text.
//
//	tier.asks	metric:metric.spend	have=2310.5	tier=gold	need=2000

// MarshalText writes a message so that [Message.UnmarshalText] and [Language.AppendRemembered]
// read it back. Numbers become the text that they are said as.
func (m Message) MarshalText() ([]byte, error) {
	var b []byte
	for _, c := range m.clauses {
		if c.key == "" {
			b = appendField(beginClause(b), "=", fmt.Sprint(c.values...))
			continue
		}
		b = append(beginClause(b), c.key...)
		for i := 0; i+1 < len(c.values); i += 2 {
			name, _ := c.values[i].(string)
			b = append(append(b, '\t'), name...)
			if _, several := c.values[i+1].([]Message); several {
				return nil, fmt.Errorf("%s: several messages in one value are not remembered", c.key)
			}
			if of, ok := c.values[i+1].(Message); ok {
				text, err := of.MarshalText()
				if err != nil {
					return nil, err
				}
				b = appendField(b, ":", string(text))
				continue
			}
			b = appendField(b, "=", said(c.values[i+1]))
		}
	}
	return b, nil
}

// AppendClause appends a clause to what is remembered: a key, and names and values by
// turns. The name of a value that is a message, as remembered, ends in a colon.
func AppendClause(b []byte, key string, values ...string) []byte {
	b = append(beginClause(b), key...)
	for i := 0; i+1 < len(values); i += 2 {
		b = append(b, '\t')
		if name, isMessage := strings.CutSuffix(values[i], ":"); isMessage {
			b = appendField(append(b, name...), ":", values[i+1])
			continue
		}
		b = appendField(append(b, values[i]...), "=", values[i+1])
	}
	return b
}

// AppendClauseOf is [AppendClause] with a key that ends in a name of a small set; see
// [Language.SayOf].
func AppendClauseOf(b []byte, family, name string, values ...string) []byte {
	return AppendClause(b, family+"."+name, values...)
}

// Clause is a clause that stands alone.
func Clause(key string, values ...string) string {
	return string(AppendClause(nil, key, values...))
}

// WordsClause is a clause of words that stand as they are; see [Words].
func WordsClause(text string) string { return string(appendField(nil, "=", text)) }

// Part is the key of a clause that stands within another, and takes its values from that.
func Part(key string) string { return key }

// ClauseOf is [Clause] with a key that ends in a name of a small set.
func ClauseOf(family, name string, values ...string) string {
	return Clause(family+"."+name, values...)
}

func beginClause(b []byte) []byte {
	if len(b) > 0 {
		b = append(b, '\n')
	}
	return b
}

// said is a value as every language says it.
func said(v any) string { return string(part{name: "v"}.appendTo(Language{}, nil, []any{"v", v})) }

const reserved = "\\\t\n"

var (
	escaper   = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`)
	unescaper = strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n")
)

func appendField(b []byte, kind, text string) []byte {
	b = append(b, kind...)
	if strings.ContainsAny(text, reserved) {
		text = escaper.Replace(text)
	}
	return append(b, text...)
}

func unescaped(text string) string {
	if strings.IndexByte(text, '\\') >= 0 {
		return unescaper.Replace(text)
	}
	return text
}

// UnmarshalText reads a message that was remembered.
func (m *Message) UnmarshalText(text []byte) error {
	m.clauses = nil
	for line := range strings.SplitSeq(string(text), "\n") {
		key, rest, _ := strings.Cut(line, "\t")
		if words, plain := strings.CutPrefix(key, "="); plain {
			m.clauses = append(m.clauses, clause{"", []any{unescaped(words)}})
			continue
		}
		if key == "" {
			continue
		}
		c := clause{key: key}
		for rest != "" {
			var field string
			field, rest, _ = strings.Cut(rest, "\t")
			at := strings.IndexAny(field, "=:")
			if at < 0 {
				return fmt.Errorf("a message that was remembered has the value %q, want name=text or name:message", field)
			}
			name, value := field[:at], any(unescaped(field[at+1:]))
			if field[at] == ':' {
				var of Message
				if err := of.UnmarshalText([]byte(value.(string))); err != nil {
					return err
				}
				value = of
			}
			c.values = append(c.values, name, value)
		}
		m.clauses = append(m.clauses, c)
	}
	return nil
}

// IsRemembered tells whether a text is a message as a night remembers it. Versions that
// remembered words had words of English there.
func IsRemembered(text string) bool {
	key, _, _ := strings.Cut(text, "\n")
	key, _, _ = strings.Cut(key, "\t")
	return Has(key) || strings.HasPrefix(key, "=")
}

// AppendRemembered says a message that was remembered, as [Language.Word] would, without
// reading it into one first: every night says a reason of every member.
func (l Language) AppendRemembered(b []byte, text string) []byte {
	for first := true; text != ""; first = false {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		if !first {
			b = l.AppendTo(b, "list.clause")
		}
		b = l.appendLine(b, line)
	}
	return b
}

// Remembered says a message that was remembered.
func (l Language) Remembered(text string) string { return string(l.AppendRemembered(nil, text)) }

func (l Language) appendLine(b []byte, line string) []byte {
	key, fields, _ := strings.Cut(line, "\t")
	if words, plain := strings.CutPrefix(key, "="); plain {
		return append(b, unescaped(words)...)
	}
	const many = 16 // values of a clause: more cost memory
	var room [2 * many]string
	pairs := room[:0]
	for fields != "" {
		var field string
		field, fields, _ = strings.Cut(fields, "\t")
		at := 0
		for at < len(field) && field[at] != '=' && field[at] != ':' {
			at++
		}
		if at == len(field) {
			continue
		}
		name := field[:at]
		if field[at] == ':' {
			name = field[:at+1]
		}
		pairs = append(pairs, name, field[at+1:])
	}
	return l.appendEntry(b, key, scope{pairs, true})
}

// AppendText is [Language.AppendTo] with values that are texts already, which costs no
// memory. As in [AppendClause], the name of a value that is a message ends in a colon.
func (l Language) AppendText(b []byte, key string, values ...string) []byte {
	return l.appendEntry(b, key, scope{values, false})
}

func (l Language) appendEntry(b []byte, key string, s scope) []byte {
	e, known := l.entry(key)
	if !known {
		return append(b, key...)
	}
	parts := e.other
	if e.by != "" {
		if n, _, _ := s.value(e.by); n == "1" {
			parts = e.one
		}
	}
	for _, p := range parts {
		if p.name == "" {
			b = append(b, p.text...)
			continue
		}
		switch value, isMessage, found := s.value(p.name); {
		case !found:
			b = append(append(append(b, '{'), p.name...), '}')
		case !isMessage:
			b = append(b, s.plain(value)...)
		case value == "":
		case value[0] != '=' && l.has(value):
			b = l.appendEntry(b, value, s) // a part of this clause
		default:
			b = l.AppendRemembered(b, s.plain(value))
		}
	}
	return b
}

func (l Language) has(key string) bool {
	_, has := l.entry(key)
	return has
}

// scope has the values of a clause, names and values by turns.
type scope struct {
	pairs   []string
	escaped bool // as they are remembered
}

// value finds a value by its name.
func (s scope) value(name string) (value string, isMessage, found bool) {
	for i := 0; i+1 < len(s.pairs); i += 2 {
		switch named := s.pairs[i]; {
		case named == name:
			return s.pairs[i+1], false, true
		case len(named) == len(name)+1 && named[len(name)] == ':' && named[:len(name)] == name:
			return s.pairs[i+1], true, true
		}
	}
	return "", false, false
}

// plain is a value without what was put in to remember it.
func (s scope) plain(value string) string {
	if s.escaped {
		return unescaped(value)
	}
	return value
}

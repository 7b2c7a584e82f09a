package wording

import "fmt"

// Message is something to say before it is said in a language. It is made where the
// language does not matter, as in a model, and it is what a night remembers: words would
// be of the language of that night.
//
// It is one clause or several, between which a semicolon stands. The zero Message says
// nothing.
type Message struct{ clauses []clause }

// clause is a key of the catalogue with its values, or words that are the same in all
// languages, if there is no key.
type clause struct {
	key    string
	values []any
}

// Plain is a whole number that is written without commas.
type Plain int64

// Of is a message of one clause: a key, and names and values by turns, as for
// [Language.Say]. A value may be a message itself,
// or several, which stand one after the other with nothing between them.
func Of(key string, values ...any) Message {
	return Message{[]clause{{key, values}}}
}

// OfFamily is [Of] a key that ends in a name of a small set; see [Language.SayOf].
func OfFamily(family, name string, values ...any) Message {
	return Of(family+"."+name, values...)
}

// Words is a message of words that stand as they are, such as a name or an error.
func Words(text string) Message {
	if text == "" {
		return Message{}
	}
	return Message{[]clause{{"", []any{text}}}}
}

// And is this message with another after it.
func (m Message) And(next Message) Message {
	return Message{append(m.clauses[:len(m.clauses):len(m.clauses)], next.clauses...)}
}

// IsZero tells whether there is nothing to say.
func (m Message) IsZero() bool { return len(m.clauses) == 0 }

// String is the message in English, for errors.
func (m Message) String() string { return In(english).Word(m) }

// Word says a message.
func (l Language) Word(m Message) string { return string(l.appendMessage(nil, m)) }

// WordAll says several.
func (l Language) WordAll(all []Message) []string {
	words := make([]string, len(all))
	for i, m := range all {
		words[i] = l.Word(m)
	}
	return words
}

func (l Language) appendMessage(b []byte, m Message) []byte {
	for i, c := range m.clauses {
		if i > 0 {
			b = l.AppendTo(b, "list.clause")
		}
		if c.key == "" {
			b = fmt.Append(b, c.values...)
			continue
		}
		b = l.AppendTo(b, c.key, c.values...)
	}
	return b
}

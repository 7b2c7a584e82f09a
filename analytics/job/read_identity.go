package job

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/persons"
)

// readIdentity reads which ids are one person; nil where the file does not say. The
// sources must have been read, as they map the keys.
func readIdentity(root *section, sources []Source) *Identity {
	s, on := root.optionalSection("identity")
	if !on {
		return nil
	}
	var out *Identity
	if s.node != nil || s.broken {
		out = defaultIdentity()
		readNormalise(s, out)
		s.text("map", &out.Map)
		s.names("keys", &out.Keys)
		s.whole("cap", &out.Cap, atLeast(1))
		s.done()
	}
	checkKeys(root.reader, s, out, sources)
	return out
}

// readNormalise reads the rules of spelling: they are kept in the order in which they
// apply.
func readNormalise(s *section, into *Identity) {
	words := make([]string, len(persons.AllRules))
	for i, rule := range persons.AllRules {
		words[i] = string(rule)
	}
	v := s.value("normalise")
	if v == nil {
		return
	}
	items := []*node{v}
	if v.kind != scalar {
		items, _ = s.items("normalise", "the rules, in brackets")
	}
	stated := map[persons.Rule]bool{}
	for i, item := range items {
		rule := persons.Rule(item.text)
		switch key := join(s.key("normalise"), strconv.Itoa(i)); {
		case item.kind != scalar || !slices.Contains(persons.AllRules, rule):
			s.report(item.at, key, "%s", unknown("rule", item.text, words))
		case stated[rule]:
			s.report(item.at, key, "%s is stated twice; keep one", quoted(item.text))
		}
		stated[rule] = true
	}
	into.Normalise = nil
	for _, rule := range persons.AllRules {
		if stated[rule] {
			into.Normalise = append(into.Normalise, rule)
		}
	}
}

// names reads a list of names, each once.
func (s *section) names(key string, into *[]string) {
	items, given := s.items(key, "a list of names")
	if !given {
		return
	}
	for i, item := range items {
		at := join(s.key(key), strconv.Itoa(i))
		switch {
		case item.kind != scalar || !attributeName.MatchString(item.text):
			s.report(item.at, at, "%s is not a name; want small letters, digits and _, beginning with a letter", item)
		case slices.Contains(*into, item.text):
			s.report(item.at, at, "%s is named twice; keep one", quoted(item.text))
		default:
			*into = append(*into, item.text)
		}
	}
}

// readKeys reads the columns of a source that are keys of identity: a mapping from the
// job's name of the key, or a list of columns that are called as the keys are.
func readKeys(columns *section) map[string]string {
	v := columns.value("keys")
	if v == nil {
		return nil
	}
	out := map[string]string{}
	if v.kind == list {
		var names []string
		columns.names("keys", &names)
		for _, name := range names {
			out[name] = name
		}
		return out
	}
	s := newSection(columns.reader, columns.key("keys"), v, v.at, "a mapping of keys to columns, or a list of columns that are called as the keys are")
	if s.node == nil {
		return nil
	}
	for _, e := range s.node.entries {
		var column string
		s.required(e.key, "the column, or SQL expression, of the key", &column)
		out[e.key] = column
	}
	return out
}

// checkKeys holds the keys of identity against those that sources map: a key that nobody
// maps, or a column that nobody asks for, would join nobody in silence.
func checkKeys(r *reader, s *section, identity *Identity, sources []Source) {
	var asked []string
	if identity != nil {
		asked = identity.Keys
	}
	mapped := map[string]bool{}
	for i, source := range sources {
		var unasked []string
		for _, name := range slices.Sorted(maps.Keys(source.Columns.Keys)) {
			mapped[name] = true
			if !slices.Contains(asked, name) {
				unasked = append(unasked, name)
			}
		}
		if len(unasked) > 0 {
			r.report(source.Position("columns.keys"), fmt.Sprintf("sources.%d.columns.keys", i),
				"%s not asked for; needs identity such as {keys: [%s]}", listed(unasked), strings.Join(unasked, ", "))
		}
	}
	missing := slices.DeleteFunc(slices.Clone(asked), func(name string) bool { return mapped[name] })
	if len(missing) > 0 {
		s.fail("keys", "%s mapped by no source; needs sources.0.columns.keys such as {%s: column}", listed(missing), strings.Join(missing, ": column, "))
	}
}

// listed names things in a sentence: `"email" is`, `"email", "phone" are`.
func listed(names []string) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = quoted(name)
	}
	if len(words) == 1 {
		return words[0] + " is"
	}
	return strings.Join(words, ", ") + " are"
}

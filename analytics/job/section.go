package job

import (
	"fmt"
	"slices"
	"strings"
)

// reader collects what is wrong with a job file.
type reader struct {
	file  string
	lines []string // of the file as it is written
	// onSpark: the engine is a cluster, and reads what it can reach.
	onSpark bool
	found   Errors
}

// report adds a violation.
func (r *reader) report(at Position, key, format string, args ...any) {
	r.found = append(r.found, Violation{At: at, Key: key, Message: fmt.Sprintf(format, args...)})
}

// section is one mapping of the job file while it is read. It remembers the
// keys it was asked for: those are the keys that exist, and done refuses any
// other. So a key is named in one place, where it is read.
type section struct {
	*reader
	path  string // empty: the root
	at    Position
	node  *node // nil: not given, every default holds
	asked []string
	// broken: what was given is no mapping. It has been reported, and nothing
	// more is said about what is missing in it.
	broken bool
}

// newSection opens n, which should be a mapping or, if it is optional, nil.
func newSection(r *reader, path string, n *node, parent Position, wanted string) *section {
	s := &section{reader: r, path: path, at: parent}
	switch {
	case n == nil:
	case n.kind == mapping:
		s.node, s.at = n, n.at
	default:
		s.broken = true
		found := n.String()
		if path == "" && n.kind == scalar {
			found = "this text" // of an export that was taken for the job file, its rows
		}
		r.report(n.at, path, "%s is not %s", found, wanted)
	}
	return s
}

// section opens the mapping under a key.
func (s *section) section(key string) *section {
	return newSection(s.reader, s.key(key), s.value(key), s.where(key), "a mapping")
}

// optionalSection opens the mapping under a key that also takes `off`; ok is
// false where it is off.
func (s *section) optionalSection(key string) (sub *section, ok bool) {
	if s.value(key).isOff() {
		return nil, false
	}
	return newSection(s.reader, s.key(key), s.value(key), s.where(key), "a mapping (or off)"), true
}

// value is what stands under a key; nil where that is nothing.
func (s *section) value(key string) *node {
	if !slices.Contains(s.asked, key) {
		s.asked = append(s.asked, key)
	}
	return s.node.lookup(key)
}

// scalar is the text under a key. ok is false where there is none, which is
// reported if something else is there.
func (s *section) scalar(key, wanted string) (text string, ok bool) {
	v := s.value(key)
	switch {
	case v == nil:
		return "", false
	case v.kind != scalar:
		hint := ""
		if s.mapsExpressions() && wanted == "text" {
			hint = s.mending(v.at)
		}
		s.fail(key, "%s is not %s%s", v, wanted, hint)
		return "", false
	}
	return v.text, true
}

// mapsExpressions tells whether what stands here are expressions, most likely.
func (s *section) mapsExpressions() bool {
	return strings.HasPrefix(s.path, "sources.") || strings.HasPrefix(s.path, activationKey)
}

// items is the list under a key. given is false where there is nothing.
func (s *section) items(key, wanted string) (items []*node, given bool) {
	v := s.value(key)
	switch {
	case v == nil:
		return nil, false
	case v.kind != list:
		s.fail(key, "%s is not %s", v, wanted)
		return nil, true
	}
	if len(v.items) == 0 {
		s.fail(key, "the list is empty; want %s", wanted)
	}
	return v.items, true
}

// key is the full path of a key of this section.
func (s *section) key(key string) string { return join(s.path, key) }

// where is the position of a key's value or, without the key, of the section.
func (s *section) where(key string) Position {
	if v := s.node.find(key); v != nil {
		return v.at
	}
	return s.at
}

// fail reports a violation at the value of a key.
func (s *section) fail(key, format string, args ...any) {
	s.report(s.where(key), s.key(key), format, args...)
}

// missing reports that a required key is not there.
func (s *section) missing(key, wanted string) {
	if !s.broken {
		s.fail(key, "missing; give %s", wanted)
	}
}

// whatInstead says what to write instead of a key that does not exist.
func (s *section) whatInstead(e entry) string {
	if under, ok := ofOutput(e); ok && s.path == "" {
		return under
	}
	if e.value.kind == empty && strings.ContainsAny(e.key, "()") {
		return "a comma in braces ends a value; put quotes around an expression that has one"
	}
	return suggestion(e.key, s.asked, "the keys here are "+strings.Join(s.asked, ", "))
}

// done reports the keys nobody asked for.
func (s *section) done() {
	if s.node == nil {
		return
	}
	for _, e := range s.node.entries {
		if !slices.Contains(s.asked, e.key) {
			s.report(e.at, s.path, "unknown key %s; %s", quoted(e.key), s.whatInstead(e))
		}
	}
}

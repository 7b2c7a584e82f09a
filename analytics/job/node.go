package job

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// kind is what a node holds.
type kind int

const (
	empty   kind = iota // nothing, null or ~: as if the key were not there
	scalar              // text; what it means is up to the key that reads it
	mapping             // keys and values in the order of the file
	list                // values
)

// node is one value of the job file, free of the YAML library. A scalar is
// text whatever YAML takes it for: a date, a number and `off` mean what their
// key says, so that a customer column named 2011 or `no` is not mangled.
//
// Nodes are never changed once the file is read: an alias shares the node of its
// anchor.
type node struct {
	kind    kind
	at      Position
	text    string
	entries []entry
	items   []*node
	// anchor is the name that the file gives the value; used, that an alias has it.
	anchor string
	used   bool
}

// entry is one key of a mapping.
type entry struct {
	key   string
	at    Position
	value *node
}

// find gives the value of a key, empty or not; nil where the key is absent.
func (n *node) find(key string) *node {
	if n == nil {
		return nil
	}
	for _, e := range n.entries {
		if e.key == key {
			return e.value
		}
	}
	return nil
}

// lookup finds the value of a key; nil where the key is absent or empty.
func (n *node) lookup(key string) *node {
	if v := n.find(key); v != nil && v.kind != empty {
		return v
	}
	return nil
}

// isOff tells whether the node turns a stage off. YAML 1.1 takes `off` for
// false and 1.2 for text; both spellings are allowed.
func (n *node) isOff() bool {
	return n != nil && n.kind == scalar &&
		(strings.EqualFold(n.text, "off") || strings.EqualFold(n.text, "false"))
}

// String describes the node in a message: quoted text, or what sort it is.
func (n *node) String() string {
	switch n.kind {
	case scalar:
		return quoted(n.text)
	case mapping:
		return "a mapping"
	case list:
		return "a list"
	case empty:
	}
	return "an empty value"
}

// places adds where each value at and below the node stands, by key path.
func (n *node) places(path string, into map[string]Position) {
	if n == nil {
		return
	}
	for _, e := range n.entries {
		key := join(path, e.key)
		into[key] = e.value.at
		e.value.places(key, into)
	}
	for i, item := range n.items {
		key := join(path, strconv.Itoa(i))
		into[key] = item.at
		item.places(key, into)
	}
}

// quoted is text as a message shows it: on one line and not too long.
func quoted(text string) string {
	const most = 60 // characters; a mistyped SQL expression need not be shown whole
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most]) + "..."
	}
	return strconv.Quote(text)
}

// join is the path of a key below another; the root has the empty path.
func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

package job

import (
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// override lays one `key.path=value` of the command line on the tree. Items of
// a list go by number from 0. Mappings on the way that the file does not have
// are made; an empty value takes the key away, so that its default holds.
func (r *reader) override(root *node, arg string) *node {
	at := Position{File: "--set " + oneLine(arg)}
	path, text, found := strings.Cut(arg, "=")
	if !found {
		r.report(at, "", "want key.path=value, such as output.dir=results")
		return root
	}
	keys := strings.Split(strings.TrimSpace(path), ".")
	if slices.Contains(keys, "") {
		r.report(at, "", "a key is empty; want key.path=value, such as output.dir=results")
		return root
	}
	value := r.overrideValue(strings.TrimSpace(text), at)
	if value == nil {
		return root
	}
	w := writer{reader: r, at: at, keys: keys, value: value}
	return w.set(root, 0)
}

// overrideValue reads the value of an override; nil where it was refused. Lists, mappings and quotes are
// YAML's; anything else is text as it stands, as SQL such as `"Unit Price" > 0`
// or `note = 'a: b'` is not YAML and should not need to be.
func (r *reader) overrideValue(text string, at Position) *node {
	fixed := func(*token.Token) Position { return at }
	c := converter{reader: r, at: fixed, anchors: map[string]*node{}}
	switch {
	case text == "" || text == "null" || text == "~":
		return &node{kind: empty, at: at}
	case text[0] == '[' || text[0] == '{':
		body := r.parseYAML(text, fixed)
		if body == nil {
			return nil
		}
		return c.node(body, at)
	case text[0] == '"' || text[0] == '\'':
		attempt := &reader{file: r.file} // whose complaints do not count
		if s, ok := attempt.parseYAML(text, fixed).(*ast.StringNode); ok {
			return c.node(s, at)
		}
	}
	return &node{kind: scalar, at: at, text: text}
}

// writer puts a value at a path.
type writer struct {
	*reader
	at    Position
	keys  []string
	value *node
}

// set returns n with the value at the keys from depth on. Nodes are copied on
// the way down, never changed, because an alias may share them.
func (w writer) set(n *node, depth int) *node {
	if depth == len(w.keys) {
		return w.value
	}
	if n == nil {
		n = &node{kind: empty, at: w.at}
	}
	switch n.kind {
	case list:
		return w.setItem(n, depth)
	case scalar:
		w.report(w.at, w.path(depth), "%s has no keys below it, so %s cannot be set there", n, quoted(w.keys[depth]))
		return n
	case mapping, empty:
	}
	return w.setEntry(n, depth)
}

// setEntry sets below one key of a mapping, which is added if need be.
func (w writer) setEntry(n *node, depth int) *node {
	out := &node{kind: mapping, at: n.at}
	key, found := w.keys[depth], false
	for _, e := range n.entries {
		if e.key == key {
			e = entry{key: key, at: w.at, value: w.set(e.value, depth+1)}
			found = true
		}
		out.entries = append(out.entries, e)
	}
	if !found {
		out.entries = append(out.entries, entry{key: key, at: w.at, value: w.set(nil, depth+1)})
	}
	return out
}

// setItem sets below one item of a list.
func (w writer) setItem(n *node, depth int) *node {
	i, err := strconv.Atoi(w.keys[depth])
	if err != nil || i < 0 || i >= len(n.items) {
		w.report(w.at, w.path(depth), "no item %s; items go by number from 0, and there are %d",
			quoted(w.keys[depth]), len(n.items))
		return n
	}
	out := &node{kind: list, at: n.at, items: append([]*node(nil), n.items...)}
	out.items[i] = w.set(n.items[i], depth+1)
	return out
}

// path names the node at a depth.
func (w writer) path(depth int) string { return strings.Join(w.keys[:depth], ".") }

package job

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// converter turns the YAML library's tree into nodes, and reports what YAML
// allows but a job file does not: duplicate keys, merge keys, tags, and keys
// that are not plain text.
type converter struct {
	*reader
	at      func(*token.Token) Position
	anchors map[string]*node
	lost    bool // a value could not be made out
}

// node converts one value. A block mapping or list begins below its key, so
// messages about it point at the key: that is the parent's position.
func (c *converter) node(n ast.Node, parent Position) *node {
	switch n := n.(type) {
	case *ast.MappingNode:
		at := parent
		if n.IsFlowStyle {
			at = c.at(n.GetToken())
		}
		return c.mapping(n, at)
	case *ast.SequenceNode:
		at := parent
		if n.IsFlowStyle {
			at = c.at(n.GetToken())
		}
		return c.list(n, at)
	case *ast.AnchorNode:
		// The name is known only once its value is built, so a value cannot
		// contain itself.
		value := c.node(n.Value, parent)
		value.anchor = n.Name.GetToken().Value
		c.anchors[value.anchor] = value
		return value
	case *ast.AliasNode:
		return c.alias(n)
	case *ast.TagNode:
		c.tag(n)
		return c.node(n.Value, parent)
	}
	return c.scalar(n, parent)
}

// scalar converts a value without parts.
func (c *converter) scalar(n ast.Node, parent Position) *node {
	switch n := n.(type) {
	case nil, *ast.NullNode:
		return &node{kind: empty, at: parent}
	case *ast.StringNode:
		return &node{kind: scalar, at: c.at(n.GetToken()), text: strings.TrimSpace(n.Value)}
	case *ast.LiteralNode:
		return &node{kind: scalar, at: c.at(n.GetToken()), text: strings.TrimSpace(n.Value.Value)}
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return &node{kind: scalar, at: c.at(n.GetToken()), text: n.GetToken().Value}
	}
	c.report(c.at(n.GetToken()), "", "YAML %s is not supported in a job file", strings.ToLower(n.Type().String()))
	return &node{kind: empty, at: parent}
}

// tag reports a type that the file states, or text that YAML takes for one.
func (c *converter) tag(n *ast.TagNode) {
	at, tag, hint := c.at(n.GetToken()), n.GetToken().Value, ""
	if !strings.HasPrefix(tag, "!!") {
		hint = c.mending(at)
	}
	c.report(at, "", "YAML tag %s is not supported; remove it%s", quoted(tag), hint)
	c.lost = true
}

// alias is the value of the anchor of that name.
func (c *converter) alias(n *ast.AliasNode) *node {
	name := n.Value.GetToken().Value
	if value, ok := c.anchors[name]; ok {
		value.used = true
		return value
	}
	at := c.at(n.GetToken())
	c.report(at, "", "no anchor &%s stands before the alias *%s%s", name, name, c.mending(at))
	c.lost = true
	return &node{kind: empty, at: at}
}

// mapping converts the keys and values of a mapping; the first of two equal
// keys counts.
func (c *converter) mapping(n *ast.MappingNode, at Position) *node {
	out := &node{kind: mapping, at: at}
	first := map[string]Position{}
	for _, value := range n.Values {
		keyAt := c.at(value.Key.GetToken())
		key, ok := c.key(value.Key, keyAt)
		if !ok {
			continue
		}
		if earlier, twice := first[key]; twice {
			c.report(keyAt, "", "duplicate key %s, given before at %s; keep one", quoted(key), earlier)
			continue
		}
		first[key] = keyAt
		out.entries = append(out.entries, entry{key: key, at: keyAt, value: c.node(value.Value, keyAt)})
	}
	return out
}

// key is the text of a key, if it has one.
func (c *converter) key(n ast.MapKeyNode, at Position) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	case *ast.MergeKeyNode:
		c.report(at, "", "YAML merge keys (<<) are not supported; write the keys out, or use an alias for a whole value")
	default:
		c.report(at, "", "a key here is not plain text; want `key: value`")
	}
	return "", false
}

// list converts the items of a list. An item that is a block mapping stands
// where its first key does.
func (c *converter) list(n *ast.SequenceNode, at Position) *node {
	out := &node{kind: list, at: at}
	for _, value := range n.Values {
		itemAt := at
		if m, ok := value.(*ast.MappingNode); ok && len(m.Values) > 0 {
			itemAt = c.at(m.Values[0].Key.GetToken())
		} else if value != nil {
			itemAt = c.at(value.GetToken())
		}
		out.items = append(out.items, c.node(value, itemAt))
	}
	return out
}

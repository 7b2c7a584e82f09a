package job

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Key is a key of the job file, as the schema describes it.
type Key struct {
	// Path leads to it, with 0 for an item of a list: sources.0.columns.amount.
	Path string
	// Doc says what it means.
	Doc string
	// Words are those that it takes; of a list, as a list of one.
	Words []string
}

// Keys are the keys of the job file, in order of their paths. They come from [Schema].
func Keys() ([]Key, error) {
	var s schemaReader
	if err := json.Unmarshal(Schema, &s.root); err != nil {
		return nil, err
	}
	s.found = map[string]*Key{}
	s.read(s.root, "")
	var keys []Key
	for _, path := range slices.Sorted(maps.Keys(s.found)) {
		keys = append(keys, *s.found[path])
	}
	return keys, nil
}

// schemaNode is what is read of a part of the schema.
type schemaNode struct {
	Description string                `json:"description"`
	Ref         string                `json:"$ref"`
	Defs        map[string]schemaNode `json:"$defs"`
	Properties  map[string]schemaNode `json:"properties"`
	Items       *schemaNode           `json:"items"`
	AnyOf       []schemaNode          `json:"anyOf"`
	Enum        []any                 `json:"enum"`
}

// schemaReader collects the keys that a schema describes.
type schemaReader struct {
	root  schemaNode
	found map[string]*Key
}

// read takes the keys of a part of the schema, which is about a path. What a reference
// or a choice says is about the same path.
func (s *schemaReader) read(n schemaNode, path string) {
	s.note(n, path)
	if n.Ref != "" {
		s.read(s.root.Defs[strings.TrimPrefix(n.Ref, "#/$defs/")], path)
	}
	for _, choice := range n.AnyOf {
		s.read(choice, path)
	}
	if n.Items != nil {
		s.read(*n.Items, path+".0")
	}
	for name, below := range n.Properties {
		s.read(below, strings.TrimPrefix(path+"."+name, "."))
	}
}

// note adds what a part of the schema says of a key itself. The first description is
// the key's own; those of its choices come after it, and say the same of less.
func (s *schemaReader) note(n schemaNode, path string) {
	path, inList := strings.CutSuffix(path, ".0")
	if path == "" {
		return
	}
	k := s.found[path]
	if k == nil {
		k = &Key{Path: path}
		s.found[path] = k
	}
	if k.Doc == "" {
		k.Doc = n.Description
	}
	for _, v := range n.Enum {
		word, is := v.(string)
		switch {
		case !is: // false, which is off for some readers of YAML
		case inList:
			k.Words = append(k.Words, "["+word+"]")
		default:
			k.Words = append(k.Words, word)
		}
	}
}

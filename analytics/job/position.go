package job

import (
	"fmt"
	"strconv"
	"strings"
)

// Position is a place in the job file, 1-based; the zero Position is unknown.
// A value given on the command line has no line: its File is the override as
// it was written, such as `--set rfm.bins=4`.
type Position struct {
	File         string
	Line, Column int
}

// String is file:line:column, or File alone where there is no line.
func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Root is where the source stands in the job file; index is its place among those that are
// read together.
func (s Source) Root(index int) string {
	if s.root != "" {
		return s.root
	}
	return "sources." + strconv.Itoa(index)
}

// AttributeKey is the full name, within its source, of the key of an attribute.
func (s Source) AttributeKey(name string) string {
	if s.root != "" {
		return "columns." + name
	}
	return "columns.attributes." + name
}

// CommentBehind is what stands behind the value of a key of the source and is a
// comment to YAML, with the blanks before it: of `order: Order #`, " #".
func (s Source) CommentBehind(key string) string { return s.comments[key] }

// commentsBehind are the comments behind values, by key.
func (r *reader) commentsBehind(places map[string]Position) map[string]string {
	comments := map[string]string{}
	for key, at := range places {
		if behind := r.commentBehind(at); behind != "" {
			comments[key] = behind
		}
	}
	return comments
}

// Position tells where the value of a key of the source stands, so that a
// complaint about it (by the engine about its SQL, say) can point there. Keys
// are written as in the job file from the source down: `path`, `where`,
// `returns`, `columns.amount`, `columns.attributes.brand`. A key that was not
// given has the position of the nearest key above it that was.
func (s Source) Position(key string) Position {
	for key != "" {
		if at, ok := s.places[key]; ok {
			return at
		}
		key = key[:max(0, strings.LastIndexByte(key, '.'))]
	}
	return s.At
}

package job

import (
	"path/filepath"
	"strconv"
	"strings"
)

// MostJoins is how many files may be joined to one source. What became of a row in each
// takes two bits of a number.
const MostJoins = 15

// readJoins reads the files whose columns stand beside those of a source.
func readJoins(s *section) []Join {
	const wanted = "a list of files to join, each with path and on"
	items, given := s.items("join", wanted)
	if !given {
		return nil
	}
	if len(items) > MostJoins {
		s.fail("join", "%d files are joined; %d at most can be", len(items), MostJoins)
	}
	var out []Join
	names := map[string]int{}
	for i, item := range items {
		path := join(s.key("join"), strconv.Itoa(i))
		sub := newSection(s.reader, path, item, item.at, "a mapping with path and on")
		j := readJoin(sub)
		if before, taken := names[strings.ToLower(j.Name())]; taken && j.Path != "" {
			sub.fail("as", "two joined files are called %s (the other is %s.%d); give this one another name with as", quoted(j.Name()), s.key("join"), before)
		}
		names[strings.ToLower(j.Name())] = i
		out = append(out, j)
	}
	return out
}

func readJoin(s *section) Join {
	out := Join{Encoding: AutoEncoding}
	s.required("path", "the file, glob or directory whose columns are joined", &out.Path)
	refuseURL(s, "path", out.Path)
	s.text("as", &out.As)
	choice(s, "format", "format", &out.Format, Formats...)
	readEncoding(s, &out.Encoding)
	s.text("records", &out.Records)
	s.text("sheet", &out.Sheet)
	out.On = readJoinKeys(s)
	s.done()
	return out
}

// Name is what expressions call the joined files: their columns are name.column.
func (j Join) Name() string {
	if j.As != "" {
		return j.As
	}
	name := filepath.Base(filepath.ToSlash(j.Path))
	if at := strings.IndexByte(name, '.'); at > 0 {
		name = name[:at]
	}
	return name
}

// joinOn is what on takes.
const joinOn = "the column that both have (customer_id), \"ours = theirs\" where they call it differently, a list of these, or {left: ours, right: theirs}"

// readJoinKeys reads the columns of the key.
func readJoinKeys(s *section) []JoinKey {
	v := s.value("on")
	switch {
	case v == nil:
		s.missing("on", joinOn)
	case v.kind == scalar || v.kind == mapping:
		return []JoinKey{readJoinKey(s, "on", v)}
	case len(v.items) == 0:
		s.fail("on", "the list is empty; want %s", joinOn)
	default:
		var keys []JoinKey
		for i, item := range v.items {
			keys = append(keys, readJoinKey(s, join("on", strconv.Itoa(i)), item))
		}
		return keys
	}
	return nil
}

func readJoinKey(s *section, key string, v *node) JoinKey {
	path := s.key(key)
	switch v.kind {
	case mapping:
		var out JoinKey
		sub := newSection(s.reader, path, v, v.at, joinOn)
		sub.required("left", "the column, or SQL expression, of the source", &out.Left)
		sub.required("right", "the column, or SQL expression, of the joined file", &out.Right)
		sub.done()
		return out
	case scalar:
		left, right, two := strings.Cut(v.text, "=")
		if !two {
			right = left
		}
		out := JoinKey{strings.TrimSpace(left), strings.TrimSpace(right)}
		if out.Left == "" || out.Right == "" || strings.Contains(right, "=") {
			s.report(v.at, path, "%s is not %s", v, joinOn)
		}
		return out
	case empty, list:
	}
	s.report(v.at, path, "%s is not %s", v, joinOn)
	return JoinKey{}
}

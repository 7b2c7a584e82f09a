package feeds

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/goccy/go-yaml"

	"clientele/analytics/feeds/shapes"
	"clientele/analytics/publication/column"
)

// requests writes rows as requests, one on each line: as many rows in each as the engine
// takes.
type requests struct {
	w           io.Writer
	shape       *shapes.Shape
	ids, fields shapes.Fields
	types       []column.Type
	before      []byte // of a request, up to its rows
	after       []byte // of a request, behind its rows
	line        []byte // the request in the making
	rows        int    // in it
	lines       int64  // that were written
}

// The words that stand for something in envelopes and rows; see [shapes.Shape].
const (
	theRows       = "$rows"
	theIDs        = "$ids"
	theProperties = "$properties"
)

func newRequests(w io.Writer, shape *shapes.Shape, ids shapes.Fields, s source) *requests {
	r := &requests{w: w, shape: shape, ids: ids, fields: s.fields, types: s.types}
	envelope := r.appendNode(nil, shape.Envelope, nil)
	r.before, r.after, _ = bytes.Cut(envelope, appendJSON(nil, theRows))
	r.before, r.after = append(r.before, '['), append([]byte{']'}, r.after...)
	return r
}

// add puts a row into the request, or into the next where it is full.
func (r *requests) add(ids, cells []string) error {
	row := r.appendNode(nil, r.shape.Row, map[string][]member{theIDs: r.idMembers(ids), theProperties: r.members(cells)})
	limit, size := r.shape.Batch, len(r.line)+len(row)+len(r.after)+len(",")
	if r.rows > 0 && (r.rows == limit.Rows || limit.Bytes > 0 && size > limit.Bytes) {
		if err := r.send(); err != nil {
			return err
		}
	}
	if r.rows == 0 {
		r.line = append(r.line[:0], r.before...)
	} else {
		r.line = append(r.line, ',')
	}
	r.line = append(r.line, row...)
	r.rows++
	return nil
}

func (r *requests) end() (int64, error) {
	if r.rows == 0 {
		return r.lines, nil
	}
	err := r.send()
	return r.lines, err
}

// send writes the request in the making.
func (r *requests) send() error {
	r.rows = 0
	r.lines++
	r.line = append(append(r.line, r.after...), '\n')
	_, err := r.w.Write(r.line)
	return err
}

// member is a key and its value in JSON.
type member struct {
	name  string
	value []byte
}

// idMembers are the ids that a customer has.
func (r *requests) idMembers(ids []string) (members []member) {
	for i, id := range ids {
		if id != "" {
			members = append(members, member{r.ids[i].Name, appendJSON(nil, id)})
		}
	}
	return members
}

// members are the fields of a row.
func (r *requests) members(cells []string) (members []member) {
	for i, cell := range cells {
		if value := r.value(cell, r.types[i]); value != nil {
			members = append(members, member{r.fields[i].Name, value})
		}
	}
	return members
}

// value is a cell in JSON; nil: it is left out.
func (r *requests) value(cell string, t column.Type) []byte {
	if cell == "" {
		return emptyValue(r.shape, t)
	}
	switch t {
	case column.Count, column.Number, column.Amount:
		return []byte(cell)
	case column.Day:
		if r.shape.Days == "time" {
			cell += "T00:00:00Z"
		}
	case column.Text:
	}
	return appendJSON(nil, cell)
}

// emptyValue is how the shape has a value that is not there; nil: it is left out.
func emptyValue(s *shapes.Shape, t column.Type) []byte {
	way := s.Nothing
	if t == column.Text {
		way = s.Empty
	}
	switch way {
	case shapes.Blank:
		return []byte(`""`)
	case shapes.Null:
		return []byte("null")
	case shapes.Omit:
	}
	return nil
}

// appendNode appends a part of an envelope or a row. Keys that stand for members are replaced
// by these.
func (r *requests) appendNode(b []byte, node any, members map[string][]member) []byte {
	object, is := node.(yaml.MapSlice)
	if !is {
		return appendJSON(b, node)
	}
	b = append(b, '{')
	first := true
	key := func(name string) {
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(appendJSON(b, name), ':')
	}
	for _, item := range object {
		name := fmt.Sprint(item.Key)
		if these, stands := members[name]; stands {
			for _, m := range these {
				key(m.name)
				b = append(b, m.value...)
			}
			continue
		}
		key(name)
		b = r.appendNode(b, item.Value, members)
	}
	return append(b, '}')
}

// isPlain tells whether a text stands in JSON as it is, which most cells do.
func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// appendJSON appends a text or number in JSON, with <, > and & as they are.
func appendJSON(b []byte, value any) []byte {
	if s, is := value.(string); is && isPlain(s) {
		return append(append(append(b, '"'), s...), '"')
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err) // a text cannot fail, and shapes are tested
	}
	return append(b, bytes.TrimSuffix(text.Bytes(), []byte("\n"))...)
}

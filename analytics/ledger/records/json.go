package records

import (
	"bytes"
	"errors"
	"io"

	"github.com/tidwall/gjson"
)

// JSON reads the records of a JSON file: objects, each on a line, in a list of a document
// or in a list of each of its records. The columns are members of the objects; the others
// are passed over.
type JSON struct {
	objects objectReader
	inner   [][]string
	number  int64 // of the row, where rows go by it; 0: they go by lines
	counts  bool

	trees []*memberTree // by how many lists up
	cells [][]byte
	rows  []jsonRow // of the record, that were not given yet
	line  int64
}

// objectReader reads the texts that are to be objects.
type objectReader interface {
	// next gives the next text and its line. The error is io.EOF at the end.
	next() (text []byte, line int64, err error)
	// cut is an error where the text that is no object was the end of the file.
	cut(line int64) error
	linesRead() int64
}

// NewJSON reads the records of a text. Members without a name are not wanted.
func NewJSON(text io.Reader, l Layout, members []Member) *JSON {
	j := &JSON{objects: newObjectReader(text, l), inner: l.Inner, counts: l.numbered(), cells: make([][]byte, len(members))}
	for i, m := range members {
		if m.Name == "" {
			continue
		}
		for len(j.trees) <= m.Up {
			j.trees = append(j.trees, newMemberTree())
		}
		j.trees[m.Up].want(m.Path, i)
	}
	return j
}

func newObjectReader(text io.Reader, l Layout) objectReader {
	if l.Lines {
		return objectLines{newLines(text)}
	}
	return &objectList{text: newJSONText(text), layout: l}
}

// LinesRead is how many lines have been passed, blank ones among them.
func (j *JSON) LinesRead() int64 { return j.objects.linesRead() }

// Next gives the next record. The error is io.EOF at the end, or an [*Error].
func (j *JSON) Next() (Record, error) {
	for len(j.rows) == 0 {
		text, line, err := j.objects.next()
		if err != nil {
			return Record{}, err
		}
		object, ok := parseObject(text)
		if !ok {
			if err := j.objects.cut(line); err != nil {
				return Record{}, err
			}
			return Record{Line: j.place(line), Text: text, Malformed: true}, nil
		}
		if j.rows, err = unfold(jsonRow{object}, j.inner); err != nil {
			return Record{}, &Error{line, err.Error()}
		}
		j.line = line
	}
	row := j.rows[0]
	j.rows = j.rows[1:]
	r := Record{Line: j.place(j.line), Text: row.text()}
	if r.Malformed = row.malformed(); !r.Malformed {
		r.Cells = j.take(row)
	}
	return r, nil
}

// place is what a row goes by: its line or, where several may stand on one, its number.
func (j *JSON) place(line int64) int64 {
	if !j.counts {
		return line
	}
	j.number++
	return j.number
}

func (j *JSON) take(row jsonRow) [][]byte {
	clear(j.cells)
	for up, tree := range j.trees {
		if up < len(row) {
			tree.take(row[up], j.cells)
		}
	}
	return j.cells
}

func parseObject(text []byte) (gjson.Result, bool) {
	if !gjson.ValidBytes(text) {
		return gjson.Result{}, false
	}
	object := gjson.ParseBytes(text)
	return object, object.IsObject()
}

// objectLines are objects of which each has a line.
type objectLines struct{ *lines }

func (l objectLines) next() ([]byte, int64, error) { return l.nextFilled() }

func (l objectLines) linesRead() int64 { return l.passed }

func (l objectLines) cut(line int64) error {
	if !l.atEnd() {
		return nil
	}
	return &Error{line, "the file ends in the middle of this line, which has no line end and is not a whole object: it was cut off; export or copy it again"}
}

// nextFilled passes the next line that is not blank.
func (l *lines) nextFilled() (text []byte, number int64, err error) {
	for {
		at, err := l.ahead(0)
		if err != nil {
			return nil, 0, err
		}
		text := l.text(at.at, at.end)
		l.pass(at.next, 1)
		if len(bytes.TrimSpace(text)) > 0 && !blank(text) {
			return text, l.passed, nil
		}
	}
}

// atEnd tells whether the line that was passed last has no line end.
func (l *lines) atEnd() bool {
	return l.pos == l.end && l.pos > 0 && l.buf[l.pos-1] != '\n' && l.buf[l.pos-1] != '\r'
}

// ReadMembers gives the members of the first records of a text, in the order in which they
// come up.
func ReadMembers(text io.Reader, l Layout) ([]Member, error) {
	const looked = 20_000 // objects; a member may be missing from many of them
	objects := newObjectReader(text, l)
	names := memberNames{seen: map[string]bool{}}
	read, refused := 0, 0
	for range looked {
		text, line, err := objects.next()
		if err != nil {
			if at := (*Error)(nil); errors.Is(err, io.EOF) || errors.As(err, &at) && read > 0 {
				break // the end, or what is for who reads the rows
			}
			return nil, err
		}
		object, ok := parseObject(text)
		if !ok {
			refused++
			continue
		}
		read++
		rows, err := unfold(jsonRow{object}, l.Inner)
		if err != nil {
			return nil, &Error{line, err.Error()}
		}
		for _, row := range rows {
			names.add(row, l.Inner)
		}
	}
	if read > 0 {
		return names.inOrder(), nil
	}
	if refused > 0 {
		return nil, errors.New(l.wanted())
	}
	return nil, &EmptyError{l.wanted()}
}

// wanted says what a file must hold of which no record can be read.
func (l Layout) wanted() string {
	switch {
	case l.Lines:
		return `expected one object per line, such as {"id": 1}`
	case len(l.List) == 0:
		return `expected a list of objects, such as [{"id": 1}]`
	}
	return "its list of records is empty, or holds no objects"
}

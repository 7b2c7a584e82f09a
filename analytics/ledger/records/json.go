package records

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// JSON reads records that are one object a line. The columns are members of
// the objects; the others are passed over.
type JSON struct {
	lines  *lines
	column map[string]int
	cells  [][]byte
}

// NewJSON reads the named members of the objects in a text.
func NewJSON(text io.Reader, names []string) *JSON {
	j := &JSON{lines: newLines(text), column: map[string]int{}, cells: make([][]byte, len(names))}
	for i, n := range names {
		j.column[n] = i
	}
	return j
}

// LinesRead is how many lines have been passed, blank ones among them.
func (j *JSON) LinesRead() int64 { return j.lines.passed }

// Next gives the next record. The error is io.EOF at the end, or an [*Error].
func (j *JSON) Next() (Record, error) {
	text, at, err := j.lines.nextFilled()
	if err != nil {
		return Record{}, err
	}
	r := Record{Line: at, Text: text}
	object, ok := parseObject(text)
	switch {
	case ok:
		r.Cells = j.take(object)
	case j.lines.atEnd():
		return Record{}, &Error{at, "the file ends in the middle of this line, which has no line end and is not a whole object: it was cut off; export or copy it again"}
	default:
		r.Malformed = true
	}
	return r, nil
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

func parseObject(text []byte) (gjson.Result, bool) {
	if !gjson.ValidBytes(text) {
		return gjson.Result{}, false
	}
	object := gjson.ParseBytes(text)
	return object, object.IsObject()
}

// take gives the values of an object's members as text: of a text what it
// says, of a number its digits as written, of lists and objects their JSON. Of
// members of one name the last counts, as in most programs.
func (j *JSON) take(object gjson.Result) [][]byte {
	clear(j.cells)
	object.ForEach(func(key, value gjson.Result) bool {
		if i, known := j.column[key.String()]; known {
			j.cells[i] = textOf(value)
		}
		return true
	})
	return j.cells
}

func textOf(value gjson.Result) []byte {
	switch value.Type {
	case gjson.Null:
		return nil
	case gjson.String:
		return append([]byte{}, value.String()...)
	case gjson.Number:
		return []byte(digitsOf(value.Raw))
	default:
		return []byte(value.Raw)
	}
}

// digitsOf is a number as written or, where it is whole and a program wrote it
// as a float, its digits: an id 17850 must not become another customer as
// 17850.0 or, as Java has it, 1.785E4.
func digitsOf(written string) string {
	m := floatNumber.FindStringSubmatch(written)
	if m == nil {
		return written
	}
	sign, whole, places := m[1], m[2], strings.TrimRight(m[3], "0")
	exponent, err := strconv.Atoi(cmp.Or(m[4], "0"))
	const most = 30 // digits: beyond them it is no id, and no amount
	if err != nil || exponent < len(places) || exponent > most {
		return written
	}
	digits := strings.TrimLeft(whole+places+strings.Repeat("0", exponent-len(places)), "0")
	if digits == "" {
		return "0"
	}
	return sign + digits
}

// floatNumber is a number with decimals, an exponent or both.
var floatNumber = regexp.MustCompile(`^(-?)(\d+)(?:\.(\d+))?(?:[eE]\+?(\d+))?$`)

// ReadNames gives the names of the members in the first objects of a text, in
// the order in which they come up.
func ReadNames(text io.Reader) ([]string, error) {
	const looked = 20_000 // objects; a member may be missing from many of them
	l := newLines(text)
	var names []string
	seen := map[string]bool{}
	read := 0
	for range looked {
		line, _, err := l.nextFilled()
		if err != nil {
			if at := (*Error)(nil); errors.Is(err, io.EOF) || errors.As(err, &at) {
				break // the end, or lines that are for who reads the rows
			}
			return nil, err
		}
		object, ok := parseObject(line)
		if !ok {
			continue
		}
		read++
		object.ForEach(func(key, _ gjson.Result) bool {
			if name := key.String(); !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
			return true
		})
	}
	if read == 0 {
		return nil, errors.New(`expected one object per line, such as {"id": 1}`)
	}
	return names, nil
}

package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// scanner takes XML apart into the beginnings and ends of elements and the text between
// them. encoding/xml does too, and needs ten times as long for a sheet, most of it for a
// copy of each name: here what a token has is where it was read, and holds until the
// next one is.
type scanner struct {
	r    io.Reader
	buf  []byte
	pos  int // in buf, of what was not looked at
	end  int // in buf, of what was read
	last error

	name       []byte // of an element, without the prefix of its namespace
	attributes []byte // of an element, as they are written
	text       []byte
	closes     bool // <name/>: its end follows
}

// token is the kind of what was read.
type token int

const (
	beginning token = iota
	ending
	characters
)

const (
	firstScan   = 1 << 16 // bytes that are read at once
	longestMark = 1 << 26 // bytes of one text or element: a cell of Excel has at most 32767 signs
)

func newScanner(r io.Reader) *scanner { return &scanner{r: r, buf: make([]byte, firstScan)} }

// next gives the next token. The error is io.EOF at the end.
func (s *scanner) next() (token, error) {
	if s.closes {
		s.closes = false
		return ending, nil
	}
	for {
		if err := s.need(1); err != nil {
			return 0, err
		}
		if s.buf[s.pos] != '<' {
			return characters, s.characters()
		}
		if err := s.need(2); err != nil {
			return 0, cut(err)
		}
		switch s.buf[s.pos+1] {
		case '?':
			if err := s.declaration(); err != nil {
				return 0, err
			}
		case '!':
			is, err := s.special()
			if is || err != nil {
				return characters, err
			}
		default:
			return s.element()
		}
	}
}

// characters reads a text up to the next element.
func (s *scanner) characters() error {
	at, err := s.find(0, "<")
	if errors.Is(err, io.EOF) {
		at = s.end - s.pos // behind the last element
	} else if err != nil {
		return err
	}
	s.text, err = plain(s.buf[s.pos : s.pos+at])
	s.pos += at
	return err
}

// declaration passes <?xml … ?> and its like. Text is in UTF-8: the programs that write
// workbooks write no other.
func (s *scanner) declaration() error {
	at, err := s.find(2, "?>")
	if err != nil {
		return cut(err)
	}
	mark := s.buf[s.pos+2 : s.pos+at]
	if bytes.HasPrefix(mark, []byte("xml ")) {
		s.attributes = mark[len("xml "):]
		if e := s.attribute("encoding"); len(e) > 0 && !bytes.EqualFold(e, []byte("utf-8")) && !bytes.EqualFold(e, []byte("us-ascii")) {
			return fmt.Errorf("it is written in %q, not in UTF-8", e)
		}
	}
	s.pos += at + len("?>")
	return nil
}

// special passes a comment, or reads a text that is written as <![CDATA[…]]>.
func (s *scanner) special() (isText bool, err error) {
	const comment, data = "<!--", "<![CDATA["
	if err := s.need(len(data)); err != nil {
		return false, cut(err)
	}
	switch mark := s.buf[s.pos : s.pos+len(data)]; {
	case bytes.HasPrefix(mark, []byte(comment)):
		at, err := s.find(len(comment), "-->")
		if err != nil {
			return false, cut(err)
		}
		s.pos += at + len("-->")
		return false, nil
	case string(mark) == data:
		at, err := s.find(len(data), "]]>")
		if err != nil {
			return false, cut(err)
		}
		s.text = s.buf[s.pos+len(data) : s.pos+at]
		s.pos += at + len("]]>")
		return true, nil
	}
	return false, errors.New("it has a declaration of its own elements")
}

// element reads <name …>, <name …/> or </name>.
func (s *scanner) element() (token, error) {
	at, err := s.elementEnd()
	if err != nil {
		return 0, cut(err)
	}
	mark := s.buf[s.pos+1 : s.pos+at]
	s.pos += at + 1
	kind := beginning
	switch {
	case len(mark) > 0 && mark[0] == '/':
		kind, mark = ending, mark[1:]
	case len(mark) > 0 && mark[len(mark)-1] == '/':
		s.closes, mark = true, mark[:len(mark)-1]
	}
	end := 0
	for end < len(mark) && mark[end] != ' ' && mark[end] != '\t' && mark[end] != '\r' && mark[end] != '\n' {
		end++
	}
	s.name, s.attributes = local(mark[:end]), mark[end:]
	if len(s.name) == 0 {
		return 0, errors.New("it has an element without a name")
	}
	return kind, nil
}

// elementEnd finds the > that ends an element: not one within the quotes of an attribute.
func (s *scanner) elementEnd() (int, error) {
	for from := 1; ; {
		at, err := s.find(from, ">")
		if err != nil {
			return 0, err
		}
		if !inQuotes(s.buf[s.pos+1 : s.pos+at]) {
			return at, nil
		}
		from = at + 1
	}
}

// inQuotes tells whether a text ends within quotes.
func inQuotes(text []byte) bool {
	var open byte
	for _, sign := range text {
		switch {
		case open == 0 && (sign == '"' || sign == '\''):
			open = sign
		case sign == open:
			open = 0
		}
	}
	return open != 0
}

// local is a name without the prefix of its namespace.
func local(name []byte) []byte { return name[bytes.LastIndexByte(name, ':')+1:] }

// attribute is the value of an attribute of the element that was read; nil where it has
// none of that name.
func (s *scanner) attribute(name string) []byte {
	for rest := s.attributes; ; {
		equals := bytes.IndexByte(rest, '=')
		if equals < 0 {
			return nil
		}
		own := bytes.TrimSpace(rest[:equals])
		rest = bytes.TrimLeft(rest[equals+1:], " \t\r\n")
		if len(rest) < 2 {
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		if string(local(own)) == name {
			value, _ := plain(rest[1 : 1+end]) // an entity that is none is no value that is looked for
			return value
		}
		rest = rest[1+end+1:]
	}
}

// find finds where a sign begins ahead, at from or behind it.
func (s *scanner) find(from int, sign string) (int, error) {
	for {
		if at := bytes.Index(s.buf[s.pos+from:s.end], []byte(sign)); at >= 0 {
			return from + at, nil
		}
		from = max(from, s.end-s.pos-len(sign)+1) // it may have begun
		if err := s.need(s.end - s.pos + 1); err != nil {
			return 0, err
		}
	}
}

// need has so many bytes ahead. The error is io.EOF where there are not.
func (s *scanner) need(bytes int) error {
	for s.end-s.pos < bytes {
		if s.last != nil {
			return s.last
		}
		if s.end-s.pos > longestMark {
			return fmt.Errorf("it has an element or a text of more than %d MB", longestMark>>20)
		}
		s.fill()
	}
	return nil
}

func (s *scanner) fill() {
	if s.pos > 0 {
		s.end, s.pos = copy(s.buf, s.buf[s.pos:s.end]), 0
	}
	if s.end == len(s.buf) {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	var n int
	n, s.last = s.r.Read(s.buf[s.end:])
	s.end += n
}

// entities are those that XML has by itself.
var entities = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"', "apos": '\''}

// plain is a text without entities, its line ends as XML has them. Most have none and are
// what they were.
func plain(text []byte) ([]byte, error) {
	if !utf8.Valid(text) {
		return nil, errors.New("it has bytes that are not UTF-8")
	}
	if bytes.IndexByte(text, '&') < 0 && bytes.IndexByte(text, '\r') < 0 {
		return text, nil
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\r':
			out = append(out, '\n')
			if i+1 < len(text) && text[i+1] == '\n' {
				i++
			}
		case '&':
			end := bytes.IndexByte(text[i:], ';')
			if end < 0 {
				return nil, errors.New("it has an & that is none")
			}
			sign, err := entity(string(text[i+1 : i+end]))
			if err != nil {
				return nil, err
			}
			out = utf8.AppendRune(out, sign)
			i += end
		default:
			out = append(out, text[i])
		}
	}
	return out, nil
}

func entity(name string) (rune, error) {
	if sign, known := entities[name]; known {
		return sign, nil
	}
	base, digits := 10, ""
	if len(name) > 1 && name[0] == '#' {
		digits = name[1:]
		if digits[0] == 'x' {
			base, digits = 16, digits[1:]
		}
	}
	code, err := strconv.ParseUint(digits, base, 32)
	if err != nil || code > utf8.MaxRune {
		return 0, errors.New("it has an & of no sign that is known")
	}
	return rune(code), nil
}

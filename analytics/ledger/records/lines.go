package records

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

const (
	firstBuffer = 1 << 18 // bytes that are read at once; grows with the longest record
	// longestRecord is what a record may take. The longest text that a column of
	// Arrow's plain strings holds is 2 GiB, and a batch has several records.
	longestRecord = 1 << 28
)

// Error is a text whose records cannot be told apart from some line on.
type Error struct {
	Line    int64 // from 1
	Message string
}

// Error implements error.
func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Message) }

// EmptyError says that a text holds nothing: no names of columns and no rows.
type EmptyError struct{ Message string }

// Error implements error.
func (e *EmptyError) Error() string { return e.Message }

// lines gives the physical lines of a text. They end with \n, with \r\n, or
// with \r alone as on the first Macs, and need not all end alike.
type lines struct {
	r    io.Reader
	buf  []byte
	pos  int // in buf, of the first line that was not passed
	end  int // in buf, of what was read
	last error

	since    int  // in buf: there is no \n from here
	searched int  // up to here,
	newline  bool // and whether there is one right here

	passed int64 // lines
}

var byteOrderMark = []byte("\xef\xbb\xbf")

func newLines(r io.Reader) *lines {
	l := &lines{r: r, buf: make([]byte, firstBuffer)}
	for l.end < len(byteOrderMark) && l.last == nil {
		l.fill()
	}
	if bytes.HasPrefix(l.buf[:l.end], byteOrderMark) {
		l.pos = len(byteOrderMark)
	}
	l.since, l.searched = l.pos, l.pos
	return l
}

// line is a physical line as it lies ahead of the lines passed.
type line struct {
	at, end int // its text is from at to end
	next    int // where the next line begins
}

// terminated tells whether the line has a line end.
func (l line) terminated() bool { return l.next > l.end }

// blank tells whether a line holds nothing: spaces count for nothing, and so
// does the sign by which DOS ended a file.
func blank(text []byte) bool {
	const nothing = " \x1a"
	begins := len(text) > 0 && strings.IndexByte(nothing, text[0]) < 0 // as most lines do
	return !begins && len(bytes.Trim(text, nothing)) == 0
}

// ahead finds the line that begins at bytes after the lines passed. The error
// is io.EOF where the text ends there.
func (l *lines) ahead(at int) (line, error) {
	for from := at; ; {
		if end, next, ok := l.lineEnd(from); ok {
			return line{at, end, next}, nil
		}
		size := l.end - l.pos
		switch {
		case errors.Is(l.last, io.EOF) && size == at:
			return line{}, io.EOF
		case errors.Is(l.last, io.EOF):
			return line{at, size, size}, nil
		case l.last != nil:
			return line{}, l.last
		case size > longestRecord:
			return line{}, &Error{l.passed + 1, fmt.Sprintf("it has more than %d MB without an end: is this an export of text?", longestRecord>>20)}
		}
		from = max(at, size-1) // the last byte may be the \r of an \r\n
		l.fill()
	}
}

// lineEnd looks for the end of a line from a place ahead on, in what was read.
func (l *lines) lineEnd(from int) (end, next int, ok bool) {
	from += l.pos
	if from < l.since || from > l.searched {
		// Lines further on were looked at, and the ones before them are read now.
		l.since, l.searched, l.newline = from, from, false
	}
	if !l.newline {
		i := bytes.IndexByte(l.buf[l.searched:l.end], '\n')
		if l.newline = i >= 0; l.newline {
			l.searched += i
		} else {
			l.searched = l.end
		}
	}
	stop := l.searched // the \n, or what was read
	if i := bytes.IndexByte(l.buf[from:stop], '\r'); i >= 0 {
		at := from + i
		switch {
		case at+1 < l.end && l.buf[at+1] == '\n':
			return at - l.pos, at + 2 - l.pos, true
		case at+1 < l.end || l.last != nil:
			return at - l.pos, at + 1 - l.pos, true
		}
		return 0, 0, false // an \n may follow
	}
	return stop - l.pos, stop + 1 - l.pos, l.newline
}

// near tells whether the text ends within so many bytes ahead. What was looked at
// before no longer holds.
func (l *lines) near(bytes int) bool {
	for l.last == nil && l.end-l.pos < bytes {
		l.fill()
	}
	return l.last != nil && l.end-l.pos < bytes
}

// text is what lies ahead, from one place to another. It holds until more is
// looked at.
func (l *lines) text(from, to int) []byte { return l.buf[l.pos+from : l.pos+to] }

// pass moves beyond lines that were looked at.
func (l *lines) pass(next int, count int64) {
	l.pos += next
	l.passed += count
	if l.searched < l.pos {
		l.since, l.searched, l.newline = l.pos, l.pos, false
	}
}

// fill reads more of the text.
func (l *lines) fill() {
	if l.pos > 0 {
		copy(l.buf, l.buf[l.pos:l.end])
		l.end, l.since, l.searched, l.pos = l.end-l.pos, l.since-l.pos, l.searched-l.pos, 0
	}
	if l.end == len(l.buf) {
		l.buf = append(l.buf, make([]byte, len(l.buf))...)
	}
	var n int
	n, l.last = l.r.Read(l.buf[l.end:])
	l.end += n
}

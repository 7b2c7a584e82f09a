package records

import (
	"errors"
	"fmt"
	"io"
)

// jsonText goes through a JSON document of any size. It holds one record at a time, and
// no more of the document.
type jsonText struct {
	r    io.Reader
	buf  []byte
	pos  int // in buf, of the first byte that was not passed
	end  int // in buf, of what was read
	kept int // in buf, where what is kept begins; -1: nothing is
	last error

	passed LineCount // of the bytes passed
}

func newJSONText(r io.Reader) *jsonText {
	t := &jsonText{r: r, buf: make([]byte, firstBuffer), kept: -1}
	for t.end < len(byteOrderMark) && t.last == nil {
		t.fill()
	}
	if string(t.buf[:min(t.end, len(byteOrderMark))]) == string(byteOrderMark) {
		t.pass(len(byteOrderMark))
	}
	return t
}

// line is the line on which the next byte stands.
func (t *jsonText) line() int64 { return t.passed.ends + 1 }

func (t *jsonText) fail(format string, args ...any) error {
	return &Error{t.line(), fmt.Sprintf(format, args...)}
}

// cut is the error of a document that ends too early.
func (t *jsonText) cut() error {
	return t.fail("the document ends here, in the middle: it was cut off; export or copy it again")
}

// fill reads more of the text.
func (t *jsonText) fill() {
	from := t.pos
	if t.kept >= 0 {
		from = t.kept
	}
	if from > 0 {
		copy(t.buf, t.buf[from:t.end])
		t.pos, t.end = t.pos-from, t.end-from
		if t.kept >= 0 {
			t.kept = 0
		}
	}
	if t.end == len(t.buf) {
		t.buf = append(t.buf, make([]byte, len(t.buf))...)
	}
	var n int
	n, t.last = t.r.Read(t.buf[t.end:])
	t.end += n
}

// more reads on where all that was read is passed. The error is io.EOF at the end.
func (t *jsonText) more() error {
	for t.pos == t.end {
		switch {
		case t.last != nil:
			return t.last
		case t.kept >= 0 && t.end-t.kept > longestRecord:
			return t.fail("a value has more than %d MB: is this a list of records?", longestRecord>>20)
		}
		t.fill()
	}
	return nil
}

func (t *jsonText) pass(n int) {
	_, _ = t.passed.Write(t.buf[t.pos : t.pos+n])
	t.pos += n
}

// next passes blanks and gives the byte behind them, which is not passed. The error is
// io.EOF at the end.
func (t *jsonText) next() (byte, error) {
	for {
		if err := t.more(); err != nil {
			return 0, err
		}
		n := 0
		for t.pos+n < t.end && isJSONBlank(t.buf[t.pos+n]) {
			n++
		}
		t.pass(n)
		if t.pos < t.end {
			return t.buf[t.pos], nil
		}
	}
}

func isJSONBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// nextInside is next within a document: it must not end there.
func (t *jsonText) nextInside() (byte, error) {
	c, err := t.next()
	if errors.Is(err, io.EOF) {
		return 0, t.cut()
	}
	return c, err
}

// expect passes a sign.
func (t *jsonText) expect(sign byte) error {
	c, err := t.nextInside()
	if err != nil {
		return err
	}
	if c != sign {
		return t.fail("expected %q here, as JSON has it: export the file again", sign)
	}
	t.pass(1)
	return nil
}

// follows passes a comma, or the sign that ends what is listed; ended tells which.
func (t *jsonText) follows(end byte) (ended bool, err error) {
	c, err := t.nextInside()
	if err != nil {
		return false, err
	}
	if c != ',' && c != end {
		return false, t.fail("expected ',' or %q here, as JSON has it: export the file again", end)
	}
	t.pass(1)
	return c == end, nil
}

// keep passes a value and gives its text, which holds until the next is passed.
func (t *jsonText) keep() ([]byte, error) {
	t.kept = t.pos
	err := t.skip()
	text := t.buf[t.kept:t.pos]
	t.kept = -1
	return text, err
}

// skip passes a value. Brackets and quotes tell where it ends; what stands between is for
// who keeps it.
func (t *jsonText) skip() error {
	depth := 0
	for {
		c, err := t.nextInside()
		if err != nil {
			return err
		}
		switch c {
		case '{', '[':
			depth++
			t.pass(1)
		case '}', ']':
			if depth--; depth < 0 {
				return t.fail("expected a value before %q: export the file again", c)
			}
			t.pass(1)
		case '"':
			err = t.skipText()
		case ',', ':':
			if depth == 0 {
				return t.fail("expected a value before %q: export the file again", c)
			}
			t.pass(1)
		default:
			err = t.skipWord()
		}
		if err != nil || depth == 0 {
			return err
		}
	}
}

// skipText passes a text in quotes.
func (t *jsonText) skipText() error {
	t.pass(1)
	escaped := false
	for {
		if err := t.more(); err != nil {
			if errors.Is(err, io.EOF) {
				return t.cut()
			}
			return err
		}
		for i, c := range t.buf[t.pos:t.end] {
			switch {
			case escaped:
				escaped = false
			case c == '\\':
				escaped = true
			case c == '"':
				t.pass(i + 1)
				return nil
			}
		}
		t.pass(t.end - t.pos)
	}
}

// skipWord passes a number, or a word such as null.
func (t *jsonText) skipWord() error {
	for {
		n := 0
		for t.pos+n < t.end && !endsWord(t.buf[t.pos+n]) {
			n++
		}
		t.pass(n)
		if t.pos < t.end {
			return nil
		}
		if err := t.more(); err != nil {
			if errors.Is(err, io.EOF) {
				return nil // a document may be a number
			}
			return err
		}
	}
}

func endsWord(c byte) bool {
	switch c {
	case ',', ':', '{', '}', '[', ']', '"':
		return true
	}
	return isJSONBlank(c)
}

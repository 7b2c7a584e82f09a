package charset

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Error is a byte that is not in the encoding. All text before it has been
// read.
type Error struct {
	Encoding string
	Bytes    []byte // that are no character; up to four
	Cut      bool   // the text ends in the middle of a character
}

// Error implements error.
func (e *Error) Error() string {
	if e.Cut {
		return fmt.Sprintf("the file ends in the middle of a character of %s: it was cut off; export or copy it again", e.Encoding)
	}
	return fmt.Sprintf("the bytes %x are no character of %s", e.Bytes, e.Encoding)
}

// NewReader reads a text in the named encoding as UTF-8. The name is one that
// [Named] gives, but not [UTF16]: [Detect] says which of the two it is.
func NewReader(name string, text io.Reader) io.Reader {
	switch name {
	case UTF8:
		return &utf8Reader{r: text}
	case UTF16LE:
		return newReader(text, utf16Decoder{name, binary.LittleEndian})
	case UTF16BE:
		return newReader(text, utf16Decoder{name, binary.BigEndian})
	}
	return newReader(text, tableOf(name))
}

// transformer makes UTF-8 of bytes.
type transformer interface {
	// transform appends the text of src to dst and says how many bytes of src it
	// is: all but an incomplete character at the end, unless there are no more.
	transform(dst, src []byte, last bool) (out []byte, used int, err error)
}

// reader decodes what it reads.
type reader struct {
	r    io.Reader
	t    transformer
	src  []byte // bytes that were read
	end  int    // of what is in src
	out  []byte // text that nobody has read yet
	dst  []byte // where out lies
	last error
}

const sourceBytes = 1 << 16 // that are decoded at once: they stay in the processor's cache

func newReader(r io.Reader, t transformer) *reader {
	return &reader{r: r, t: t, src: make([]byte, sourceBytes)}
}

// Read implements io.Reader.
func (r *reader) Read(p []byte) (int, error) {
	for len(r.out) == 0 {
		if r.last != nil {
			return 0, r.last
		}
		r.fill()
	}
	n := copy(p, r.out)
	r.out = r.out[n:]
	return n, nil
}

// fill decodes more of the text.
func (r *reader) fill() {
	n, err := r.r.Read(r.src[r.end:])
	r.end += n
	ends := errors.Is(err, io.EOF)
	var used int
	var wrong error
	r.dst, used, wrong = r.t.transform(r.dst[:0], r.src[:r.end], ends)
	r.out = r.dst
	copy(r.src, r.src[used:r.end])
	r.end -= used
	if wrong != nil {
		err = wrong
	}
	r.last = err
}

// asciiRun is how many bytes at the beginning are ASCII.
func asciiRun(b []byte) int {
	const beyond = 0x8080808080808080
	i := 0
	for ; i+8 <= len(b); i += 8 {
		if binary.LittleEndian.Uint64(b[i:])&beyond != 0 {
			break
		}
	}
	for i < len(b) && b[i] < 0x80 {
		i++
	}
	return i
}

// transform implements transformer.
func (t *table) transform(dst, src []byte, last bool) (out []byte, used int, err error) {
	for used < len(src) {
		if n := asciiRun(src[used:]); n > 0 {
			dst = append(dst, src[used:used+n]...)
			used += n
			continue
		}
		c, n := t.next(src[used:])
		switch {
		case n == 0 && last:
			return dst, used, &Error{Encoding: t.name, Cut: true}
		case n == 0:
			return dst, used, nil
		case c.size == 0:
			return dst, used, &Error{Encoding: t.name, Bytes: append([]byte(nil), src[used:used+n]...)}
		}
		dst = append(dst, c.utf8[:c.size]...)
		used += n
	}
	return dst, used, nil
}

// next is the character beyond ASCII that a text begins with, and of how many
// bytes. It is empty where they are no character; of 0 bytes, the text ends in
// the middle of one.
func (t *table) next(src []byte) (c cell, n int) {
	if c = t.one[src[0]]; c.size > 0 {
		return c, 1
	}
	if t.two == nil {
		return cell{}, 1
	}
	if len(src) < 2 {
		return cell{}, 0
	}
	if c = t.two[pairOf(src[0], src[1])]; c.size > 0 {
		return c, 2
	}
	long := t.long(src[0], src[1])
	switch {
	case long == 0:
		return cell{}, min(2, len(src))
	case len(src) < long:
		return cell{}, 0
	}
	return t.longCell(src[:long]), long
}

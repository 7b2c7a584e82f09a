package ledger

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// lineWalker finds where the records of a text export stand. The engine reads
// a file in parallel and does not say; a person who looks for a bad row in an
// editor needs the line.
//
// It counts twice: physical lines, as an editor shows them, and logical lines,
// where a quoted text with line breaks is one, as the engine's own messages
// count.
type lineWalker struct {
	r                 *bufio.Reader
	delimiter         byte // 0: nothing is quoted
	logical, physical int64
	text              []byte // of the logical line that next moved to
	ending            string // of the lines so far
	mixed             bool   // whether they do not all end alike
}

// byteOrderMark is what some programs put before UTF-8 text.
var byteOrderMark = []byte("\xef\xbb\xbf")

// newLineWalker walks a text from its beginning.
func newLineWalker(text io.Reader, delimiter byte) *lineWalker {
	r := bufio.NewReaderSize(text, 1<<16)
	if mark, _ := r.Peek(len(byteOrderMark)); bytes.Equal(mark, byteOrderMark) {
		_, _ = r.Discard(len(byteOrderMark)) // it was peeked at: it is there
	}
	return &lineWalker{r: r, delimiter: delimiter}
}

// logicalLine is a logical line and where it begins.
type logicalLine struct {
	logical, physical int64 // from 1
	blank             bool
}

// next moves to the next logical line; the error is io.EOF at the end.
func (w *lineWalker) next() (logicalLine, error) {
	w.logical++
	w.physical++
	at := logicalLine{logical: w.logical, physical: w.physical, blank: true}
	q := quoting{delimiter: w.delimiter, fieldStart: true}
	w.text = w.text[:0]
	started := false
	for {
		chunk, ends, err := w.chunk()
		w.text = append(w.text, chunk...)
		if len(chunk) > 0 {
			started = true
			at.blank = at.blank && len(bytes.TrimRight(chunk, "\r\n")) == 0
		}
		if w.delimiter != 0 {
			q.feed(chunk)
		}
		switch {
		case err != nil && started && errors.Is(err, io.EOF):
			return at, nil
		case err != nil:
			return at, err
		case ends && q.inside:
			w.physical++
		case ends:
			w.noteEnding()
			return at, nil
		}
	}
}

// noteEnding notes how the line ends that next moved to.
func (w *lineWalker) noteEnding() {
	ending := w.text[len(w.text)-1:]
	if bytes.HasSuffix(w.text, []byte("\r\n")) {
		ending = w.text[len(w.text)-2:]
	}
	w.mixed = w.mixed || w.ending != "" && w.ending != string(ending)
	w.ending = string(ending)
}

// row is the line that next moved to as text, without its end.
func (w *lineWalker) row() string {
	return strings.ToValidUTF8(strings.TrimRight(string(w.text), "\r\n"), "\uFFFD")
}

// chunk reads a physical line or, of a long one, a piece, and tells whether
// the line ends with it: with \n, \r\n, or \r alone as on the first Macs.
func (w *lineWalker) chunk() (text []byte, ends bool, err error) {
	const longest = 4096 // so that files without \n are not searched for one to their end
	if _, err = w.r.Peek(1); err != nil {
		return nil, false, err
	}
	text, _ = w.r.Peek(min(w.r.Buffered(), longest))
	end := bytes.IndexByte(text, '\n')
	if end < 0 {
		end = len(text)
	}
	if cr := bytes.IndexByte(text[:end], '\r'); cr >= 0 {
		end = cr
	}
	switch {
	case end == len(text): // a piece
	case text[end] == '\n':
		end, ends = end+1, true
	case end+1 < len(text):
		end, ends = end+1, true
		if text[end] == '\n' {
			end++
		}
	case end > 0:
		// What follows the \r is not there yet: it begins the next piece.
	default:
		if text, err = w.r.Peek(2); err == nil && text[1] == '\n' {
			end = 1
		}
		end, ends = end+1, true
	}
	text = text[:end]
	_, err = w.r.Discard(end)
	return text, ends, err
}

// quoting follows whether text is inside quotes, which count only where a
// field begins, spaces before them apart: a" is a cell of two characters.
type quoting struct {
	delimiter          byte
	inside, fieldStart bool
}

func (q *quoting) feed(chunk []byte) {
	if !q.inside && bytes.IndexByte(chunk, '"') < 0 {
		text := bytes.TrimRight(chunk, " ")
		q.fieldStart = len(text) > 0 && text[len(text)-1] == q.delimiter || len(text) == 0 && q.fieldStart
		return
	}
	for _, c := range chunk {
		switch {
		case q.inside:
			// A doubled quote leaves and enters again: fieldStart allows it.
			q.inside = c != '"'
			q.fieldStart = !q.inside
		case c == '"' && q.fieldStart:
			q.inside = true
		default:
			q.fieldStart = c == q.delimiter || c == ' ' && q.fieldStart
		}
	}
}

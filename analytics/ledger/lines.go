package ledger

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"
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
	started := false
	for {
		chunk, err := w.r.ReadSlice('\n')
		if len(chunk) > 0 {
			started = true
			at.blank = at.blank && len(bytes.TrimRight(chunk, "\r\n")) == 0
		}
		if w.delimiter != 0 {
			q.feed(chunk)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil && started && errors.Is(err, io.EOF):
			return at, nil
		case err != nil:
			return at, err
		case q.inside:
			w.physical++
		default:
			return at, nil
		}
	}
}

// quoting follows whether text is inside quotes, which count only where a
// field begins: a" is a cell of two characters.
type quoting struct {
	delimiter          byte
	inside, fieldStart bool
}

func (q *quoting) feed(chunk []byte) {
	if !q.inside && bytes.IndexByte(chunk, '"') < 0 {
		q.fieldStart = len(chunk) > 0 && chunk[len(chunk)-1] == q.delimiter
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
			q.fieldStart = c == q.delimiter
		}
	}
}

// openText opens a file as its text, whatever it is compressed with.
func openText(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	switch {
	case strings.HasSuffix(strings.ToLower(name), ".gz"):
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		return both{z, f}, nil
	case strings.HasSuffix(strings.ToLower(name), ".zst"):
		z, err := zstd.NewReader(f)
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		return both{z.IOReadCloser(), f}, nil
	}
	return f, nil
}

// both reads from a decompressor and closes it and its file.
type both struct {
	io.ReadCloser
	file *os.File
}

func (b both) Close() error { return errors.Join(b.ReadCloser.Close(), b.file.Close()) }

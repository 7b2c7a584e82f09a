package ledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"clientele/analytics/job"
	"clientele/analytics/ledger/records"
)

// recordReader reads the records of a text export.
type recordReader interface {
	Next() (records.Record, error)
	LinesRead() int64
}

// lineCounter says how many lines or rows a file has.
type lineCounter interface{ Lines() int64 }

// textFile is a text export that is being read. The fingerprint and the number of lines
// are taken from the very bytes that the records are made of.
type textFile struct {
	file
	bytes   *fingerprinted
	text    io.Closer
	counted lineCounter
	records recordReader
	reading
}

// openText opens a file of a batch and passes its header.
func (b *batch) openText(ctx context.Context, f file) (*textFile, error) {
	bytes, err := openFingerprinted(ctx, f)
	if err != nil {
		return nil, err
	}
	if b.format == job.XLSX {
		t, err := b.openSheet(f, bytes)
		if err != nil {
			return nil, errors.Join(err, bytes.file.Close())
		}
		return t, nil
	}
	plain, err := uncompressed(f.open, bytes)
	if err != nil {
		return nil, errors.Join(err, bytes.file.Close())
	}
	counted := &records.LineCount{}
	t := &textFile{file: f, bytes: bytes, counted: counted, text: plain}
	text := f.decoded(plain, counted)
	if b.format == job.JSON {
		t.records = b.fillDown(records.NewJSON(text, f.layout, b.wantedMembers()))
		return t, nil
	}
	csv := records.NewCSV(text, f.head)
	t.records = b.fillDown(records.NewFooters(csv))
	if err := csv.SkipHeader(f.head); err != nil {
		return nil, errors.Join(t.failed(err), t.close())
	}
	return t, nil
}

// next gives the next record; the error is io.EOF at the end, or a
// [*DataError].
func (t *textFile) next() (records.Record, error) {
	r, err := t.records.Next()
	if err != nil {
		if errors.Is(err, io.EOF) {
			return r, io.EOF
		}
		return r, t.failed(err)
	}
	if r.Uncomputed && !r.Footer {
		return r, t.failed(&records.Error{Line: r.Line, Message: "a cell of this row has a formula whose value is not in the file: open it in a spreadsheet program and save it again"})
	}
	t.rows++
	if r.Malformed {
		if t.malformed++; t.malformed == 1 {
			t.firstMalformed = r.Line
		}
	}
	return r, nil
}

// failed is an error of reading in the file's words.
func (t *textFile) failed(err error) error {
	var at *records.Error
	var m *misread
	switch {
	case t.bytes.ctx.Err() != nil:
		return t.bytes.ctx.Err()
	case errors.As(err, &m):
		return m
	case errors.As(err, &at):
		return &DataError{Path: t.path, Line: at.Line, Message: at.Message}
	case errors.Is(err, io.EOF): // above the header
		return &DataError{Path: t.path, Message: changedMessage}
	}
	return dataError(t.file, err)
}

// finish checks a file that was read to its end. Its lines, counted apart from the reader
// of records, must be those of the records, the header and the blank lines. And the file
// must still be the one that was described.
func (t *textFile) finish() (reading, error) {
	var err error
	if t.sha256, err = t.bytes.finish(); err != nil {
		return t.reading, t.failed(err)
	}
	if err := t.unchanged(); err != nil {
		return t.reading, err
	}
	if lines, read := t.counted.Lines(), t.records.LinesRead(); lines != read {
		return t.reading, &DataError{Path: t.path, Line: min(lines, read) + 1, Message: fmt.Sprintf(
			"the file has %d lines, and %d of them were read as rows, headers or blank lines: nothing is published, since some rows would be lost; please report this", lines, read)}
	}
	return t.reading, nil
}

func (t *textFile) close() error { return cmp.Or(t.text.Close(), t.bytes.file.Close()) }

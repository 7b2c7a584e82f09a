package modeltable

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"clientele/analytics/ledger"
)

// readCSV reads a table of text (RFC 4180, with a header) row by row, so that
// a fault has a line, whatever blank lines and line breaks in quotes there are.
func (s *scanner) readCSV(ctx context.Context) error {
	text, err := ledger.OpenText(s.path)
	if err != nil {
		return s.fail("cannot be read: %v", reason(err))
	}
	defer func() { _ = text.Close() }() // nothing was written
	r := csvReader(text)
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return s.fail("is empty; expected a header with customer_id, x, t_x, t and, if known, spend and weight")
	}
	if err != nil {
		return s.unreadable(header, err)
	}
	names := make([]string, len(header))
	for i, name := range header {
		names[i] = strings.TrimSpace(name)
	}
	if !utf8.ValidString(strings.Join(names, "")) {
		return s.fail("is not text in UTF-8; convert it, for example with iconv")
	}
	numbers, err := s.numberColumns(names)
	if err != nil {
		return err
	}
	return s.readRecords(ctx, r, names, numbers)
}

func (s *scanner) readRecords(ctx context.Context, r *csv.Reader, names, numbers []string) error {
	id := slices.Index(names, idColumn)
	at := make([]int, len(numbers))
	for k, name := range numbers {
		at[k] = slices.Index(names, name)
	}
	cells := make([]cell, len(numbers))
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return s.unreadable(record, err)
		}
		for k, i := range at {
			cells[k] = textCell(record[i])
		}
		s.rows++
		line, _ := r.FieldPos(id)
		s.lines = append(s.lines, line)
		if err := s.addRecord(record[id], numbers, cells); err != nil {
			return rowError(s.line(line), err)
		}
		if len(s.ID) == s.limit {
			if err := s.hand(); err != nil {
				return err
			}
		}
	}
}

func (s *scanner) addRecord(id string, numbers []string, cells []cell) error {
	if !utf8.ValidString(id) {
		return errors.New("customer_id is not text in UTF-8; convert the table, for example with iconv")
	}
	// The id shares its memory with the whole record, which need not be kept.
	return s.add(strings.Clone(id), numbers, cells)
}

func textCell(text string) cell {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return cell{number: v, isNumber: err == nil, text: text}
}

// csvReader reads the records of a text: without byte order mark, and with the
// separator that its first line has most of.
func csvReader(text io.Reader) *csv.Reader {
	const longestHeader = 1 << 12
	buffered := bufio.NewReaderSize(text, 1<<16)
	head, _ := buffered.Peek(longestHeader) // a shorter text is no error, and others come back with Read
	byteOrderMark := []byte("\xef\xbb\xbf")
	if bytes.HasPrefix(head, byteOrderMark) {
		_, _ = buffered.Discard(len(byteOrderMark)) // they were peeked at: they are there
	}
	first, _, _ := bytes.Cut(bytes.TrimLeft(head, "\r\n"), []byte("\n"))
	r := csv.NewReader(buffered)
	r.ReuseRecord = true
	for _, other := range ";\t|" {
		if bytes.Count(first, []byte(string(other))) > bytes.Count(first, []byte(string(r.Comma))) {
			r.Comma = other
		}
	}
	return r
}

// unreadable is the error of a record that cannot be split into cells, or of a
// file that breaks off.
func (t *Table) unreadable(record []string, err error) error {
	var at *csv.ParseError
	switch {
	case errors.Is(err, csv.ErrFieldCount) && errors.As(err, &at):
		return &ledger.DataError{Path: t.line(at.StartLine), Message: fmt.Sprintf("%d cells, expected as many as the header has", len(record))}
	case errors.As(err, &at):
		return &ledger.DataError{Path: t.line(at.StartLine), Message: fmt.Sprintf("cannot be split into cells: %v", at.Err)}
	case errors.Is(err, context.Canceled):
		return err
	default:
		return t.fail("cannot be read: %v", reason(err))
	}
}

// line is a line of the table for messages.
func (t *Table) line(n int) string { return fmt.Sprintf("%s:%d", t.path, n) }

package records

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Record is one record of an export. Its bytes hold until the next is read.
type Record struct {
	Line  int64    // on which it begins, from 1
	Text  []byte   // as it stands in the file, without its line end
	Cells [][]byte // as many as there are columns; nil: no value

	// Malformed tells that the text is not a record: it has no cells then.
	Malformed bool
	// Footer tells that the text closes a report, such as a total below the rows: it has
	// no cells either.
	Footer bool
	// Uncomputed tells that the file does not have a value that is used: a formula was
	// never computed.
	Uncomputed bool
}

// CSV reads the records of a CSV file below its header.
//
// A quote may open and never close, by an item called 5" or by a hand that
// forgot it. To the grammar of CSV (RFC 4180) all that follows is one cell
// then. CSV asks the lines below: where one of them reads as a row by itself
// (see slip), the quote is a slip, its line alone is malformed, and the next line is read
// as if nothing had been. Where none does, the cell goes on over the lines, as
// an address does. Where the file ends before the quote closes and no line
// below reads as a row, nothing can be trusted from there on: the error names
// the line.
type CSV struct {
	lines *lines
	split splitter
	shape Shape
}

// NewCSV reads a text whose head is known.
func NewCSV(text io.Reader, h Head) *CSV {
	return &CSV{lines: newLines(text), split: splitter{delimiter: h.Delimiter}, shape: h.Shape}
}

// LinesRead is how many lines have been passed: those of records, of the
// header, above it, and blank ones.
func (c *CSV) LinesRead() int64 { return c.lines.passed }

// SkipHeader passes the lines above the header, and the header.
func (c *CSV) SkipHeader(h Head) error {
	for range h.Above {
		l, err := c.lines.ahead(0)
		if err != nil {
			return err
		}
		c.lines.pass(l.next, 1)
	}
	_, err := c.next(false)
	if err == nil {
		c.skipRule()
	}
	return err
}

// skipRule passes the line that some programs draw below their header.
func (c *CSV) skipRule() {
	l, err := c.lines.ahead(0)
	if err != nil {
		return // for who reads the rows
	}
	text := bytes.TrimSpace(c.lines.text(l.at, l.end))
	if c.shape.Columns > 1 && len(bytes.Trim(text, "-=+| "+string(c.split.delimiter))) == 0 && bytes.Contains(text, []byte("---")) {
		c.lines.pass(l.next, 1)
	}
}

// Next gives the next record. The error is io.EOF at the end, or an [*Error].
func (c *CSV) Next() (Record, error) { return c.next(true) }

// next gives the next record; counted tells whether it must have as many cells
// as there are columns, and all lines must be complete.
func (c *CSV) next(counted bool) (Record, error) {
	for {
		l, err := c.lines.ahead(0)
		if err != nil {
			return Record{}, err
		}
		text := c.lines.text(l.at, l.end)
		if blank(text) {
			c.lines.pass(l.next, 1)
			continue
		}
		r := Record{Line: c.lines.passed + 1, Text: text}
		switch c.split.split(text) {
		case open:
			return c.spread(l, counted)
		case broken:
			r.Malformed = true
		case whole:
			r.Cells = c.split.cells
		}
		if counted {
			if err := c.judge(&r, l); err != nil {
				return Record{}, err
			}
		}
		c.lines.pass(l.next, 1)
		return r, nil
	}
}

// judge tells whether a record has the columns of the header, and no byte of
// value 0, which no text has.
func (c *CSV) judge(r *Record, last line) error {
	fits := !r.Malformed && c.shape.fits(r.Cells)
	if !fits && !last.terminated() && (r.Malformed || len(r.Cells) < c.shape.Columns && !c.shape.closesFile(r.Cells)) {
		return &Error{r.Line, fmt.Sprintf("the file ends in the middle of this line, which has no line end and fewer than %d columns: it was cut off; export or copy it again", c.shape.Columns)}
	}
	if !fits || bytes.IndexByte(r.Text, 0) >= 0 {
		r.Malformed, r.Cells = true, nil
		return nil
	}
	r.Cells = r.Cells[:c.shape.Columns]
	return nil
}

// spread reads a record whose first line ends within quotes.
func (c *CSV) spread(first line, counted bool) (Record, error) {
	begins := c.lines.passed + 1
	column, complete := len(c.split.cells), c.readsIfNotQuoted(first)
	last, count := first, int64(1)
	for {
		next, err := c.lines.ahead(last.next)
		if errors.Is(err, io.EOF) {
			return Record{}, neverCloses(begins, count, c.shape.Columns)
		}
		if err != nil {
			return Record{}, err
		}
		if state := c.split.resume(c.lines.text(0, next.end)); c.slip(next, column, complete, state) {
			text := c.lines.text(first.at, first.end)
			c.lines.pass(first.next, 1)
			return Record{Line: begins, Text: text, Malformed: true}, nil
		} else if last, count = next, count+1; state == open {
			continue
		}
		r := Record{Line: begins, Text: c.lines.text(0, last.end)}
		r.Malformed = c.split.split(r.Text) != whole
		r.Cells = c.split.cells
		if counted {
			if err := c.judge(&r, last); err != nil {
				return Record{}, err
			}
		}
		c.lines.pass(last.next, count)
		return r, nil
	}
}

// readsIfNotQuoted tells whether a line that ends within quotes would be a row
// without the sign that opened them.
func (c *CSV) readsIfNotQuoted(l line) bool {
	rest := splitter{delimiter: c.split.delimiter}
	if rest.split(c.lines.text(0, l.end)[c.split.quoted:]) != whole {
		return false
	}
	return c.shape.isRow(append(slices.Clip(c.split.cells), rest.cells...))
}

// slip tells whether a line below an open quote shows that the quote is a slip.
// column is the one in which it opened; complete tells whether its own line
// would be a row without it; state is how far the cells are found at the end of
// this line.
//
// Where the quotes close on this line and make a sound row, the cells behind
// them stand where a row has them in either case: "two\nlines",1,2 is one row,
// though its second line has all columns. Only the cells before tell. Where
// they close and make no row, a line that would be one costs itself alone.
func (c *CSV) slip(l line, column int, complete bool, state splitting) bool {
	text, delimiter := c.lines.text(l.at, l.end), c.split.delimiter
	switch {
	case state == open:
		return c.shape.reads(text, delimiter)
	case state == whole && c.shape.fits(c.split.cells):
		before := bytes.Split(c.lines.text(l.at, c.split.closed), []byte{delimiter})
		return complete && len(before) == column+1 && c.shape.begins(before[:column])
	}
	return complete || c.shape.reads(text, delimiter)
}

func neverCloses(begins, count int64, columns int) error {
	if count == 1 {
		return &Error{begins, "the file ends within quotes that open on this line: it was cut off, or a quote is too many; export or copy it again"}
	}
	return &Error{begins, fmt.Sprintf("quotes open on this line and never close, and none of the %d lines below reads as a row of %d columns: write a quote within quotes twice, or export the file again", count-1, columns)}
}

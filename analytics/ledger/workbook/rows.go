package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// Row is a row of a sheet that has cells. Its cells hold until the next is read.
type Row struct {
	Number int64 // as the sheet shows it
	// Cells are the values from the first column on; an empty one is nil. The last is
	// not empty.
	Cells [][]byte
	// Unknown are the columns with a formula whose value the file does not have.
	Unknown []int
}

// Rows reads a sheet.
type Rows struct {
	book   *Book
	part   io.ReadCloser
	xml    *scanner
	name   string
	row    Row
	passed int64
	values []byte // of the row's cells, one behind the other
	places []place
	value  []byte // of the cell that is read
}

// place is where the value of a cell lies.
type place struct{ from, to int }

// Rows begins to read a sheet. What is read of its XML is written to seen too.
func (b *Book) Rows(s Sheet, seen io.Writer) (*Rows, error) {
	part, err := b.open(s.part)
	if err != nil {
		return nil, err
	}
	return &Rows{book: b, part: part, xml: newScanner(io.TeeReader(part, seen)), name: s.part}, nil
}

// Close ends the reading.
func (r *Rows) Close() error { return r.part.Close() }

// Passed is how many rows were read, blank ones among them.
func (r *Rows) Passed() int64 { return r.passed }

// Next gives the next row that is not blank. The error is io.EOF at the end.
func (r *Rows) Next() (Row, error) {
	for {
		kind, err := r.xml.next()
		if errors.Is(err, io.EOF) {
			return Row{}, io.EOF
		}
		if err != nil {
			return Row{}, damaged(r.name, err)
		}
		if kind != beginning || string(r.xml.name) != "row" {
			continue
		}
		if err := r.read(); err != nil {
			return Row{}, damaged(r.name, err)
		}
		if len(r.row.Cells) > 0 || len(r.row.Unknown) > 0 {
			return r.row, nil
		}
	}
}

// read reads the cells of a row whose beginning was read.
func (r *Rows) read() error {
	r.passed++
	number := r.row.Number + 1
	if stated := r.xml.attribute("r"); len(stated) > 0 {
		var err error
		if number, err = strconv.ParseInt(string(stated), 10, 64); err != nil || number <= r.row.Number {
			return fmt.Errorf("row %q follows row %d", stated, r.row.Number)
		}
	}
	r.row = Row{Number: number, Cells: r.row.Cells[:0], Unknown: r.row.Unknown[:0]}
	r.values, r.places = r.values[:0], r.places[:0]
	for next := 0; ; {
		kind, err := r.xml.next()
		if err != nil {
			return cut(err)
		}
		switch {
		case kind == ending && string(r.xml.name) == "row":
			r.lay()
			return nil
		case kind != beginning || string(r.xml.name) != "c":
			continue
		}
		column, err := columnOf(r.xml.attribute("r"), next)
		if err != nil {
			return err
		}
		if err := r.cell(column); err != nil {
			return err
		}
		next = column + 1
	}
}

// cut is the error of XML that ends too early.
func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// lay lays out the cells of a row, up to the last that is not empty.
func (r *Rows) lay() {
	n := len(r.places)
	for n > 0 && r.places[n-1].from == r.places[n-1].to {
		n--
	}
	for _, p := range r.places[:n] {
		if p.from == p.to {
			r.row.Cells = append(r.row.Cells, nil)
			continue
		}
		r.row.Cells = append(r.row.Cells, r.values[p.from:p.to:p.to])
	}
}

// mostColumns is how many a sheet of Excel has.
const mostColumns = 16384

// columnOf is the column of a cell called such as BC7, from 0; a cell without a name has
// the next.
func columnOf(name []byte, next int) (int, error) {
	if len(name) == 0 {
		return next, nil
	}
	column := 0
	for _, sign := range name {
		if sign < 'A' || sign > 'Z' {
			break
		}
		if column = column*26 + int(sign-'A') + 1; column > mostColumns {
			break
		}
	}
	if column == 0 || column > mostColumns || column-1 < next {
		return 0, fmt.Errorf("the cell %q stands where none can be", name)
	}
	return column - 1, nil
}

// cellType is what the value of a cell is.
type cellType struct {
	kind  string // of the file's: n, s, str, inlineStr, b, e, d
	style int    // -1: none
}

// typeOf is the type of the cell whose beginning was read. Its kind is one of a few, so
// that none is made for each cell.
func (r *Rows) typeOf() cellType {
	t := cellType{style: -1}
	kind := r.xml.attribute("t")
	for _, known := range []string{"s", "inlineStr", "str", "b", "e", "d"} {
		if string(kind) == known {
			t.kind = known
		}
	}
	if t.kind == "" && len(r.book.dates) > 0 {
		if style, err := strconv.Atoi(string(r.xml.attribute("s"))); err == nil {
			t.style = style
		}
	}
	return t
}

// cell reads one cell, whose beginning was read.
func (r *Rows) cell(column int) error {
	is := r.typeOf()
	formula, valued, err := r.parts(is.kind == "inlineStr")
	if err != nil {
		return err
	}
	for len(r.places) <= column {
		r.places = append(r.places, place{})
	}
	// Some programs write an empty number for a value that they do not work out.
	if formula && (!valued || is.kind == "" && len(bytes.TrimSpace(r.value)) == 0) {
		r.row.Unknown = append(r.row.Unknown, column)
	}
	from := len(r.values)
	if r.values, err = r.book.appendValue(r.values, r.value, is); err != nil {
		return err
	}
	r.places[column] = place{from, len(r.values)}
	return nil
}

// parts reads a cell up to its end: its value, or the text that stands in it.
func (r *Rows) parts(inline bool) (formula, valued bool, err error) {
	r.value = r.value[:0]
	inValue := false
	for {
		kind, err := r.xml.next()
		if err != nil {
			return formula, valued, cut(err)
		}
		switch name := r.xml.name; {
		case kind == characters && inValue:
			r.value = append(r.value, r.xml.text...)
		case kind == beginning && string(name) == "f":
			formula = true
		case kind == beginning && string(name) == "v":
			valued, inValue = true, !inline
		case kind == beginning && string(name) == "is":
			text, err := richText(r.xml, r.value, "is")
			if err != nil {
				return formula, valued, cut(err)
			}
			if inline {
				r.value = text
			}
		case kind == ending && string(name) == "c":
			return formula, valued, nil
		case kind == ending:
			inValue = false
		}
	}
}

// appendValue appends the value of a cell as text to others. An error such as #N/A is no
// value.
func (b *Book) appendValue(to, stored []byte, is cellType) ([]byte, error) {
	switch is.kind {
	case "s":
		i, err := strconv.Atoi(string(bytes.TrimSpace(stored)))
		if err != nil || i < 0 || i >= len(b.texts) {
			return to, fmt.Errorf("a cell has the text number %q of %d", stored, len(b.texts))
		}
		return append(to, b.texts[i]...), nil
	case "inlineStr", "str":
		return appendUnescaped(to, stored), nil
	case "b":
		return strconv.AppendBool(to, string(bytes.TrimSpace(stored)) == "1"), nil
	case "e":
		return to, nil
	case "d":
		return append(to, bytes.Replace(stored, []byte("T"), []byte(" "), 1)...), nil
	}
	number := bytes.TrimSpace(stored)
	if len(number) == 0 {
		return to, nil
	}
	if is.style >= 0 && is.style < len(b.dates) && b.dates[is.style] != noClock {
		if text, ok := b.timeText(string(number), b.dates[is.style]); ok {
			return append(to, text...), nil
		}
	}
	return appendNumber(to, number), nil
}

package workbook

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
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
	xml    *xml.Decoder
	name   string
	row    Row
	passed int64
}

// Rows begins to read a sheet. What is read of its XML is written to seen too.
func (b *Book) Rows(s Sheet, seen io.Writer) (*Rows, error) {
	part, err := b.open(s.part)
	if err != nil {
		return nil, err
	}
	return &Rows{book: b, part: part, xml: xml.NewDecoder(io.TeeReader(part, seen)), name: s.part}, nil
}

// Close ends the reading.
func (r *Rows) Close() error { return r.part.Close() }

// Passed is how many rows were read, blank ones among them.
func (r *Rows) Passed() int64 { return r.passed }

// Next gives the next row that is not blank. The error is io.EOF at the end.
func (r *Rows) Next() (Row, error) {
	for {
		token, err := r.xml.RawToken()
		if errors.Is(err, io.EOF) {
			return Row{}, io.EOF
		}
		if err != nil {
			return Row{}, damaged(r.name, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "row" {
			continue
		}
		if err := r.read(start); err != nil {
			return Row{}, damaged(r.name, err)
		}
		if len(r.row.Cells) > 0 || len(r.row.Unknown) > 0 {
			return r.row, nil
		}
	}
}

// read reads the cells of a row.
func (r *Rows) read(start xml.StartElement) error {
	r.passed++
	number := r.row.Number + 1
	if stated := attribute(start, "r"); stated != "" {
		var err error
		if number, err = strconv.ParseInt(stated, 10, 64); err != nil || number <= r.row.Number {
			return fmt.Errorf("row %q follows row %d", stated, r.row.Number)
		}
	}
	r.row = Row{Number: number, Cells: r.row.Cells[:0], Unknown: r.row.Unknown[:0]}
	for next := 0; ; next++ {
		token, err := r.xml.RawToken()
		if err != nil {
			return cut(err)
		}
		switch token := token.(type) {
		case xml.EndElement:
			if token.Name.Local == "row" {
				r.trim()
				return nil
			}
			next--
		case xml.StartElement:
			if token.Name.Local != "c" {
				next--
				continue
			}
			column, err := columnOf(attribute(token, "r"), next)
			if err != nil {
				return err
			}
			next = column
			if err := r.cell(column, token); err != nil {
				return err
			}
		default:
			next--
		}
	}
}

// cut is the error of XML that ends too early.
func cut(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// trim leaves out the empty cells at the end of a row.
func (r *Rows) trim() {
	n := len(r.row.Cells)
	for n > 0 && len(r.row.Cells[n-1]) == 0 {
		n--
	}
	r.row.Cells = r.row.Cells[:n]
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// mostColumns is how many a sheet of Excel has.
const mostColumns = 16384

// columnOf is the column of a cell called such as BC7, from 0; a cell without a name has
// the next.
func columnOf(name string, next int) (int, error) {
	if name == "" {
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

// cell reads one cell.
func (r *Rows) cell(column int, start xml.StartElement) error {
	c, err := r.parts(start)
	if err != nil {
		return err
	}
	for len(r.row.Cells) <= column {
		r.row.Cells = append(r.row.Cells, nil)
	}
	if c.formula && !c.valued {
		r.row.Unknown = append(r.row.Unknown, column)
	}
	value, err := r.book.valueOf(c, attribute(start, "t"), attribute(start, "s"))
	if err == nil && value != "" {
		r.row.Cells[column] = []byte(value)
	}
	return err
}

// stored is what a cell has in it.
type stored struct {
	value, text     string // <v>, and <is>
	formula, valued bool
}

// parts reads a cell up to its end.
func (r *Rows) parts(start xml.StartElement) (c stored, err error) {
	var value strings.Builder
	in := ""
	for {
		token, err := r.xml.RawToken()
		if err != nil {
			return c, cut(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch in = token.Name.Local; in {
			case "f":
				c.formula = true
			case "v":
				c.valued = true
			case "is":
				if c.text, err = richText(r.xml, "is"); err != nil {
					return c, cut(err)
				}
				in = ""
			}
		case xml.EndElement:
			if in = ""; token.Name.Local == start.Name.Local {
				c.value = value.String()
				return c, nil
			}
		case xml.CharData:
			if in == "v" {
				value.Write(token)
			}
		}
	}
}

// valueOf is the value of a cell of a type and a style, as text. An error such as #N/A is
// no value.
func (b *Book) valueOf(c stored, kind, style string) (string, error) {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(c.value))
		if err != nil || i < 0 || i >= len(b.texts) {
			return "", fmt.Errorf("a cell has the text number %q of %d", c.value, len(b.texts))
		}
		return b.texts[i], nil
	case "inlineStr":
		return c.text, nil
	case "str":
		return unescaped(c.value), nil
	case "b":
		return strconv.FormatBool(strings.TrimSpace(c.value) == "1"), nil
	case "e":
		return "", nil
	case "d":
		return strings.Replace(c.value, "T", " ", 1), nil
	}
	number := strings.TrimSpace(c.value)
	if number == "" {
		return "", nil
	}
	if i, err := strconv.Atoi(style); err == nil && i < len(b.dates) && b.dates[i] != noClock {
		if text, ok := b.timeText(number, b.dates[i]); ok {
			return text, nil
		}
	}
	return numberText(number), nil
}

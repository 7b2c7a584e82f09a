package exports

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/text/encoding"
)

// column is a column of a table of Rs.
type column[R any] struct {
	name string
	cell func(R) string
	// spare columns are not there in every export of the kind.
	spare bool
}

// spare are columns that nobody filled in and that not every export has.
func spare[R any](names ...string) []column[R] {
	columns := make([]column[R], len(names))
	for i, name := range names {
		columns[i] = column[R]{name: name, cell: func(R) string { return "" }, spare: true}
	}
	return columns
}

// fixed is a column in which every row says the same; it may be missing.
func fixed[R any](name, value string) column[R] {
	return column[R]{name: name, cell: func(R) string { return value }, spare: true}
}

// table is a table as text.
type table struct {
	heading []string
	rows    [][]string
}

// tableOf lays out rows in columns, as the variation wants them.
func tableOf[R any](f *folder, columns []column[R], rows []R) *table {
	columns = vary(f, columns)
	t := &table{}
	for _, c := range columns {
		t.heading = append(t.heading, c.name)
	}
	for _, r := range rows {
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = c.cell(r)
		}
		t.rows = append(t.rows, cells)
	}
	return t
}

// vary drops and shuffles columns.
func vary[R any](f *folder, columns []column[R]) []column[R] {
	var out []column[R]
	for _, c := range columns {
		if !f.Drop || !c.spare {
			out = append(out, c)
		}
	}
	if f.Shuffle {
		f.dice.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	}
	return out
}

// quoting is when a cell stands in quotes.
type quoting int

const (
	whereNeeded quoting = iota // RFC 4180
	whereSpaces                // as PHP writes CSV: also around what holds a space
	whereCommas                // as Excel writes text between tabs: also around what holds a comma
	always
	never // no quotes at all: what would need them may not stand in a cell
)

// dialect is how a table is written as text.
type dialect struct {
	comma    string
	quotes   quoting
	eol      string
	mark     bool              // a byte order mark first
	encoding encoding.Encoding // nil for UTF-8
	// preamble are lines before the heading, footer lines after the last row.
	preamble, footer []string
}

// rfc4180 is the plainest dialect.
var rfc4180 = dialect{comma: ",", eol: "\n"}

// text writes a table into the folder.
func (f *folder) text(path string, t *table, d dialect) error {
	data, err := d.bytes(t)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	f.add(path, data, len(t.rows))
	return nil
}

// bytes is the table as the dialect writes it.
func (d dialect) bytes(t *table) ([]byte, error) {
	var b strings.Builder
	if d.mark {
		b.WriteString("\ufeff")
	}
	for _, line := range d.preamble {
		b.WriteString(line + d.eol)
	}
	d.line(&b, t.heading)
	for _, row := range t.rows {
		d.line(&b, row)
	}
	for _, line := range d.footer {
		b.WriteString(line + d.eol)
	}
	if d.encoding == nil {
		return []byte(b.String()), nil
	}
	var out bytes.Buffer
	w := d.encoding.NewEncoder().Writer(&out)
	if _, err := w.Write([]byte(b.String())); err != nil {
		return nil, err // a character that the encoding does not have
	}
	return out.Bytes(), nil
}

// line writes one line.
func (d dialect) line(b *strings.Builder, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			b.WriteString(d.comma)
		}
		if d.quoted(cell) {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		b.WriteString(cell)
	}
	b.WriteString(d.eol)
}

// quoted says whether a cell stands in quotes.
func (d dialect) quoted(cell string) bool {
	switch d.quotes {
	case always:
		return true
	case never:
		return false
	case whereCommas:
		return strings.ContainsAny(cell, d.comma+",\"\r\n")
	case whereSpaces:
		return strings.ContainsAny(cell, d.comma+"\"\r\n\t\\ ")
	default:
		return strings.ContainsAny(cell, d.comma+"\"\r\n")
	}
}

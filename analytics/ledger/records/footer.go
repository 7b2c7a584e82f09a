package records

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Footers reads the records of a file and knows those that close a report: a
// total, "End of report", how many records there were. They are no rows, and no
// damage. A record closes only where nothing but such records follows it, so that
// those that may are held back until a row comes, or the end.
type Footers struct {
	recordReader
	shape   Shape
	near    func() bool                          // whether a footer may begin here
	cellsOf func(r Record) (c [][]byte, ok bool) // also of one that has too few
	held    []Record                             // that may close
	sum     bool                                 // one of them closes, and is not empty
	next    Record                               // behind them
	nextErr error
	waiting bool // next is to be given after those held
}

// recordReader reads the records of a file.
type recordReader interface {
	Next() (Record, error)
	LinesRead() int64
}

// A footer may begin so far above the end of a file: some hundred lines. Of a CSV file only
// the lines there are looked at, so that the others cost nothing.
const (
	footerBytes = 1 << 13
	footerRows  = 100
)

// NewFooters knows the footers among the records of a file.
func NewFooters(c *CSV) *Footers {
	split := splitter{delimiter: c.split.delimiter}
	return &Footers{
		recordReader: c, shape: c.shape,
		near: func() bool { return c.lines.near(footerBytes) },
		cellsOf: func(r Record) ([][]byte, bool) {
			if !r.Malformed {
				return r.Cells, true
			}
			if split.split(r.Text) != whole || len(split.cells) >= c.shape.Columns {
				return nil, false
			}
			return split.cells, true
		},
	}
}

// rowReader reads the rows of a sheet. Row are the cells of the last one, of which a sum
// may have more than there are columns.
type rowReader interface {
	recordReader
	Row() [][]byte
}

// FootersOfRows knows the footers among the rows of a sheet. How far its end is cannot be
// told.
func FootersOfRows(rows rowReader, s Shape) *Footers {
	return &Footers{
		recordReader: rows, shape: s,
		near:    func() bool { return true },
		cellsOf: func(Record) ([][]byte, bool) { return rows.Row(), true },
	}
}

// Next gives the next record, as the reader below does.
func (f *Footers) Next() (Record, error) {
	for {
		switch {
		case f.waiting && len(f.held) > 0:
			r := f.held[0]
			f.held = f.held[1:]
			return r, nil
		case f.waiting:
			f.waiting, f.sum = false, false
			return f.next, f.nextErr
		}
		near := f.near()
		r, err := f.recordReader.Next()
		if err == nil && near && len(f.held) < footerRows && f.hold(r) {
			continue
		}
		if len(f.held) == 0 {
			return r, err
		}
		f.decide(errors.Is(err, io.EOF))
		f.next, f.nextErr, f.waiting = r, err, true
	}
}

// hold keeps a record back that may close a report, or is empty.
func (f *Footers) hold(r Record) bool {
	cells, ok := f.cellsOf(r)
	if !ok {
		return false
	}
	empty := allBlank(cells)
	if !empty && !f.mayClose(cells) {
		return false
	}
	r = cloneOf(r)
	r.Footer = !empty // as far as is known
	f.held = append(f.held, r)
	return true
}

// decide says what the records are that were held back. Rows of blank cells among those
// that close the text are what they are.
func (f *Footers) decide(closed bool) {
	for i := range f.held {
		r := &f.held[i]
		if r.Footer = r.Footer && closed; r.Footer {
			r.Malformed, r.Cells = false, nil
		}
	}
}

// mayClose tells whether cells are no row and may close a report. Below a total stand
// notes, which read as no row.
func (f *Footers) mayClose(cells [][]byte) bool {
	if f.shape.closes(cells) {
		f.sum = true
		return true
	}
	return f.sum && (!f.shape.begins(cells) || f.shape.lacksNumbers(cells))
}

func cloneOf(r Record) Record {
	r.Text = bytes.Clone(r.Text)
	if r.Cells != nil {
		r.Cells = cloned(r.Cells)
	}
	return r
}

func allBlank(cells [][]byte) bool { return filledIn(cells) == 0 }

func filledIn(cells [][]byte) int {
	n := 0
	for _, c := range cells {
		if len(bytes.TrimSpace(c)) > 0 {
			n++
		}
	}
	return n
}

// closes tells whether a line that is not empty closes a report. It does where it is one
// text, or a rule, where rows have several columns; where it begins with a word such as Total
// and lacks a value that rows have; or where it says in so many words that it is a balance or the end.
func (s Shape) closes(cells [][]byte) bool {
	at := 0
	for len(bytes.TrimSpace(cells[at])) == 0 {
		at++
	}
	first := bytes.TrimSpace(cells[at])
	switch {
	case s.Columns < 2:
		return false
	case isRule(first):
		return true
	case filledIn(cells) == 1 && s.Columns > 2 && kindOf(first) == 0:
		return true
	case beginsSum(first) && (len(cells) < s.Columns || s.lacksValue(cells)):
		return true
	}
	for _, c := range cells {
		if isClosing(bytes.TrimSpace(c)) {
			return true
		}
	}
	return false
}

// closesFile tells whether a last line without a line end closes a report. It must say so:
// half a row is one text too.
func (s Shape) closesFile(cells [][]byte) bool {
	for _, c := range cells {
		if c = bytes.TrimSpace(c); isRule(c) || isClosing(c) {
			return true
		}
	}
	return len(cells) > 0 && beginsSum(bytes.TrimSpace(cells[0]))
}

// lacksValue tells whether cells lack a date or, where rows have none, a
// number that rows have.
func (s Shape) lacksValue(cells [][]byte) bool {
	var kinds valueKind
	for _, v := range s.Values {
		kinds |= v.Kinds
	}
	for _, v := range s.Values {
		if kinds&moment != 0 && v.Kinds&moment == 0 {
			continue
		}
		if v.Column >= len(cells) || kindOf(cells[v.Column])&v.Kinds == 0 {
			return true
		}
	}
	return false
}

// lacksNumbers tells whether cells have no number where rows have numbers.
func (s Shape) lacksNumbers(cells [][]byte) bool {
	for _, v := range s.Values {
		if v.Column < len(cells) && v.Kinds&number != 0 && kindOf(cells[v.Column]) == number {
			return false
		}
	}
	return true
}

// rule is a line that is drawn, such as ---- or ====, also around a word.
var rule = regexp.MustCompile(`^[-=_*+|~#]{3,}([^-=_*+|~#]*[-=_*+|~#]{3,})?$`)

func isRule(cell []byte) bool { return rule.Match(cell) }

// sums are the words by which lines of sums begin, in the languages of the
// exports that the documentation knows.
var sums = []string{
	"total", "totals", "subtotal", "sub total", "sub-total", "grand total", "sum", "summary", "balance",
	"summe", "gesamt", "gesamtsumme", "zwischensumme", "saldo", "total général", "somme", "solde", "suma", "soma", "totale", "totaal", "итого", "всего",
	"合计", "总计", "小计", "汇总", "共计", "總計", "小計", "合計", "総計",
}

// beginsSum tells whether a cell is or begins with such a word.
func beginsSum(cell []byte) bool {
	text := plainWords(cell)
	for _, word := range sums {
		rest, ok := strings.CutPrefix(text, word)
		if ok && (rest == "" || word[0] >= 0x80 || strings.IndexAny(rest, " :(0123456789") == 0) {
			return true
		}
	}
	return false
}

// closings are what closes a statement, whatever else stands in its line: no
// customer and no order is called so.
var closings = []string{
	"end of report", "end of file", "end of data", "end of statement", "end of export", "closing balance", "ending balance", "grand total",
	"endsaldo", "schlusssaldo", "schlußsaldo", "abschlusssaldo", "ende der liste", "ende des berichts", "gesamtsumme",
	"saldo final", "saldo finale", "solde final", "solde de clôture", "total général", "fin du relevé",
	"期末余额", "期末餘額", "本期合计", "本期合計",
}

func isClosing(cell []byte) bool {
	return slices.Contains(closings, plainWords(cell))
}

// plainWords is a cell in small letters, without the signs around it.
func plainWords(cell []byte) string {
	return strings.ToLower(strings.Trim(string(cell), " \t:：*=-_.#<>\"'"))
}

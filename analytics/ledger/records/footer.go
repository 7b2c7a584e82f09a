package records

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Footers reads the records of a CSV file and knows those that close a report: a
// total, "End of report", how many records there were. They are no rows, and no
// damage. A record closes only where nothing but such records follows it, so that
// those that may are held back until a row comes, or the end. Only the last of a
// file are looked at: the others cost nothing.
type Footers struct {
	*CSV
	split   splitter
	held    []Record // that may close
	next    Record   // behind them
	nextErr error
	waiting bool // next is to be given after those held
}

// footerBytes is how far above the end of a file a footer may begin: some
// hundred lines.
const footerBytes = 1 << 13

// NewFooters knows the footers among the records of a file.
func NewFooters(c *CSV) *Footers {
	return &Footers{CSV: c, split: splitter{delimiter: c.split.delimiter}}
}

// Next gives the next record, as [CSV.Next] does.
func (f *Footers) Next() (Record, error) {
	for {
		switch {
		case f.waiting && len(f.held) > 0:
			r := f.held[0]
			f.held = f.held[1:]
			return r, nil
		case f.waiting:
			f.waiting = false
			return f.next, f.nextErr
		}
		near := f.lines.near(footerBytes)
		r, err := f.CSV.Next()
		if err == nil && near && f.mayClose(r) {
			f.held = append(f.held, cloneOf(r))
			continue
		}
		if errors.Is(err, io.EOF) {
			f.close()
		}
		if len(f.held) == 0 {
			return r, err
		}
		f.next, f.nextErr, f.waiting = r, err, true
	}
}

// close marks the records that close the text. Rows of blank cells among them
// are what they are.
func (f *Footers) close() {
	for i := range f.held {
		if r := &f.held[i]; !f.isEmpty(*r) {
			r.Footer, r.Malformed, r.Cells = true, false, nil
		}
	}
}

// mayClose tells whether a record is no row and may close a report, or is
// empty.
func (f *Footers) mayClose(r Record) bool {
	cells, ok := f.cellsOf(r)
	return ok && (allBlank(cells) || f.shape.closes(cells))
}

func (f *Footers) isEmpty(r Record) bool {
	cells, _ := f.cellsOf(r)
	return allBlank(cells)
}

// cellsOf are the cells of a record, also of one that has too few.
func (f *Footers) cellsOf(r Record) ([][]byte, bool) {
	if !r.Malformed {
		return r.Cells, true
	}
	if f.split.split(r.Text) != whole || len(f.split.cells) >= f.shape.Columns {
		return nil, false
	}
	return f.split.cells, true
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

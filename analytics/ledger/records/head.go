package records

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Head is how a CSV file is written, as its first lines show it. Quotes are ",
// a quote within quotes is written twice, and there is a header.
type Head struct {
	Delimiter byte
	Above     int // lines above the header, such as a title
	Names     []string
	// Titles are the cells of the lines above the header.
	Titles [][]string
	// Titled tells whether the header looks like names: a file without a header
	// begins with somebody's data.
	Titled bool
	Shape  Shape
}

// delimiters are those that are looked for, the likeliest first.
var delimiters = []byte{',', ';', '\t', '|'}

const (
	headBytes = 1 << 20 // how much of a file is looked at, unless its lines are longer
	headLines = 200     // and how many lines of it
)

// ReadHead finds out how a CSV file is written. It votes, so that a title above
// the header or bad lines below do not matter.
func ReadHead(text io.Reader) (Head, error) {
	head, err := firstLines(text)
	if err != nil {
		return Head{}, err
	}
	if !isText(head) {
		return Head{}, errors.New("it is no text, as bytes of value 0 show: export it as CSV")
	}
	best := voteOn(head, delimiters[0])
	for _, d := range delimiters[1:] {
		if v := voteOn(head, d); v.agree > best.agree || v.agree == best.agree && v.width > best.width {
			best = v
		}
	}
	rows := best.logicalLines(head)
	if len(rows) == 0 {
		return Head{}, &EmptyError{"it holds blank lines only: export it again"}
	}
	at := best.header(rows)
	h := Head{Delimiter: best.delimiter, Above: rows[at].above, Names: namesOf(rows[at].cells), Titled: nameColumns(rows[at].cells)}
	if slices.ContainsFunc(h.Names, func(name string) bool { return strings.Contains(name, "\x00") }) {
		return Head{}, errors.New("the names of its columns have NUL characters in them: export it again")
	}
	for _, r := range rows[:at] {
		h.Titles = append(h.Titles, textsOf(r.cells))
	}
	h.Shape = best.shape(rows[at+1:], len(h.Names))
	return h, nil
}

// firstLines reads the beginning of a text: whole lines, a header and a row at
// least where there are.
func firstLines(text io.Reader) ([]byte, error) {
	const enough = 2 // lines
	var head []byte
	for most := headBytes; ; most *= 4 {
		more, err := io.ReadAll(io.LimitReader(text, int64(most-len(head))))
		if err != nil {
			return nil, err
		}
		if head = append(head, more...); len(head) < most {
			return head, nil // all of the text
		}
		counted := &LineCount{}
		_, _ = counted.Write(head)
		switch {
		case counted.ends >= enough:
			return head[:bytes.LastIndexAny(head, "\r\n")+1], nil // the last line is cut
		case most >= longestRecord:
			return nil, fmt.Errorf("its first lines have more than %d MB: is this an export of text?", longestRecord>>20)
		}
	}
}

// isText tells text from other files, by the bytes of value 0 that
// most of their lines have. A few lines with one are damage, as any other.
func isText(head []byte) bool {
	const most = 0.1 // of the lines
	lines := bytes.Split(head, []byte{'\n'})
	zero := 0
	for _, l := range lines {
		if bytes.IndexByte(l, 0) >= 0 {
			zero++
		}
	}
	return float64(zero) <= most*float64(len(lines))
}

// vote is how the lines of a head split at one delimiter.
type vote struct {
	delimiter byte
	said      bool       // a line sep=; above says so
	width     int        // usual number of cells
	agree     int        // lines with that many; 0 where they are not split at all
	rows      [][][]byte // the lines, split
}

func voteOn(head []byte, delimiter byte) vote {
	v := vote{delimiter: delimiter}
	l := newLines(bytes.NewReader(head))
	if first, err := l.ahead(0); err == nil {
		if said, ok := sepLine(l.text(first.at, first.end)); ok {
			if v.said = said == delimiter; !v.said {
				return v
			}
			l.pass(first.next, 1)
		}
	}
	byWidth := map[int]int{}
	s := splitter{delimiter: delimiter}
	// Every delimiter is judged by the same lines. A title in quotes splits at one alone,
	// and must not let the others look at more rows, whose decimal commas agree.
	for looked := 0; looked < headLines; {
		refused, ok := s.nextWhole(l)
		if looked += refused + 1; !ok || looked > headLines {
			break
		}
		v.rows = append(v.rows, cloned(s.cells))
		byWidth[len(s.cells)]++
	}
	v.width, v.agree = commonWidth(byWidth)
	return v
}

// commonWidth is the number of cells that most of a text is in, and of how many
// lines: not of most lines, since above a few rows there may be more lines such
// as "Account;12345". One line alone is a title, if any other width has two.
func commonWidth(byWidth map[int]int) (width, lines int) {
	delete(byWidth, 1) // lines that are not split
	several := slices.ContainsFunc(slices.Collect(maps.Values(byWidth)), func(n int) bool { return n > 1 })
	for _, w := range slices.Sorted(maps.Keys(byWidth)) {
		if n := byWidth[w]; (n > 1 || !several) && n*(w-1) > lines*(width-1) {
			width, lines = w, n
		}
	}
	return width, lines
}

// nextWhole splits the next line that can be, with the lines below over which
// its quotes go on. It does not know yet what a row is, so that quotes that
// close nowhere near are taken for a slip. refused is how many lines it passed over
// because they cannot be split.
func (s *splitter) nextWhole(l *lines) (refused int, ok bool) {
	const near = 20 // lines
	for {
		first, err := l.ahead(0)
		if err != nil {
			return refused, false // the end: nothing else can fail in memory
		}
		last, count, state := first, int64(1), s.split(l.text(0, first.end))
		for state == open && count < near {
			next, err := l.ahead(last.next)
			if err != nil {
				break
			}
			last, count = next, count+1
			state = s.resume(l.text(0, last.end))
		}
		empty := blank(l.text(first.at, first.end))
		if state == whole && (count > 1 || !empty) {
			s.split(l.text(0, last.end))
			l.pass(last.next, count)
			return refused, true
		}
		if !empty {
			refused++
		}
		l.pass(first.next, 1)
	}
}

// sepLine reads the line sep=; by which a spreadsheet says its delimiter.
func sepLine(line []byte) (delimiter byte, ok bool) {
	if len(line) == len("sep=;") && bytes.HasPrefix(line, []byte("sep=")) {
		return line[len("sep=")], true
	}
	return 0, false
}

// headLine is a line that is not blank, split. A cell may go on over several
// physical lines.
type headLine struct {
	above int // physical lines above it
	cells [][]byte
}

// logicalLines splits a head into the lines of its records.
func (v vote) logicalLines(head []byte) []headLine {
	c := NewCSV(bytes.NewReader(head), Head{Delimiter: v.delimiter, Shape: shapeOf(v.rows, v.width)})
	if v.said {
		_, _ = c.next(false) // the line sep=;
	}
	var all []headLine
	for len(all) < headLines {
		r, err := c.next(false)
		if err != nil {
			return all // the end, or quotes that never close: that is for who reads the rows
		}
		if !r.Malformed {
			all = append(all, headLine{int(r.Line) - 1, cloned(r.Cells)})
		}
	}
	return all
}

// shape is what the rows below the header look like.
func (v vote) shape(below []headLine, columns int) Shape {
	rows := make([][][]byte, len(below))
	for i, l := range below {
		rows[i] = l.cells
	}
	return shapeOf(rows, columns)
}

// textsOf are cells as texts.
func textsOf(cells [][]byte) []string {
	texts := make([]string, len(cells))
	for i, c := range cells {
		texts[i] = string(bytes.TrimSpace(c))
	}
	return texts
}

func cloned(cells [][]byte) [][]byte {
	out := make([][]byte, len(cells))
	for i, c := range cells {
		out[i] = bytes.Clone(c)
	}
	return out
}

// header is the index of the line that names the columns: the first without a
// value in it that is about as wide as the others. A title is narrower; rows
// may be wider than their header by a delimiter at their end.
func (v vote) header(rows []headLine) int {
	for _, wide := range []int{v.width*2/3 + 1, 2} {
		at := slices.IndexFunc(rows, func(l headLine) bool { return len(l.cells) >= wide && nameColumns(l.cells) })
		if at >= 0 {
			return v.lastHeader(rows, at)
		}
	}
	return 0
}

// lastHeader is the header among the lines that could be one: below a title
// that is written with delimiters, and below names of groups of columns, which
// stand above a few of them. at is the first such line.
func (v vote) lastHeader(rows []headLine, at int) int {
	for next := at + 1; next < len(rows) && nameColumns(rows[next].cells); next++ {
		was, is := rows[at].cells, rows[next].cells
		widens := len(was) != v.width && len(is) == v.width && len(was) > len(is)
		names := len(is) >= len(was) && filledIn(was) < len(was) && filledIn(is) > filledIn(was)
		if widens || names {
			at = next
		}
	}
	return at
}

// nameColumns tells whether cells can be the names of columns: not a value
// among them, and most of them not empty.
func nameColumns(cells [][]byte) bool {
	named := 0
	for _, c := range cells {
		c = bytes.TrimSpace(c)
		if value.Match(c) {
			return false
		}
		if len(c) > 0 {
			named++
		}
	}
	return 2*named > len(cells)
}

// namesOf are the names in a header, as they stand there. A column without a
// name, such as the row numbers that data frames write first, is called by its
// place.
func namesOf(cells [][]byte) []string {
	names := make([]string, len(cells))
	for i, c := range cells {
		names[i] = string(bytes.TrimSpace(c))
		if names[i] == "" {
			names[i] = fmt.Sprintf("column%d", i+1)
		}
	}
	return names
}

package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// dialect is how a CSV file is written. The rest is fixed: quotes are ", a
// quote within quotes is doubled, and there is a header.
type dialect struct {
	delimiter byte
	skip      int // lines above the header, such as a title
}

// delimiters are those that are looked for, the likeliest first.
var delimiters = []byte{',', ';', '\t', '|'}

const (
	headBytes = 1 << 20 // how much of a file is looked at
	headLines = 200     // and how many lines of it
)

// readHead finds out how a CSV file is written from its first lines, and gives
// the names in its header. It votes, so that a title above the header or bad
// lines below do not matter.
func readHead(text io.Reader) (dialect, []string, error) {
	head, err := io.ReadAll(io.LimitReader(text, headBytes))
	if err != nil {
		return dialect{}, nil, err
	}
	if len(head) == headBytes {
		head = head[:bytes.LastIndexAny(head, "\r\n")+1] // the last line is cut
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return dialect{}, nil, errors.New("it is not UTF-8 text: export it as CSV in UTF-8")
	}
	best := splitHead(head, delimiters[0])
	for _, d := range delimiters[1:] {
		if h := splitHead(head, d); h.agree > best.agree || h.agree == best.agree && h.width > best.width {
			best = h
		}
	}
	if len(best.lines) == 0 {
		return dialect{}, nil, errors.New("it holds blank lines only: export it again")
	}
	at := best.header()
	return dialect{best.delimiter, best.lines[at].above}, columnNames(best.lines[at].cells), nil
}

// headLine is a line that is not blank, split at a delimiter.
type headLine struct {
	above int // physical lines above it
	cells []string
}

// splitHeadLines is the head of a file as one delimiter splits it.
type splitHeadLines struct {
	delimiter byte
	lines     []headLine
	width     int // most frequent number of cells
	agree     int // lines with that many; 0 where they are not split at all
}

func splitHead(head []byte, delimiter byte) splitHeadLines {
	s := splitHeadLines{delimiter: delimiter}
	if said, rest, ok := sepLine(head); ok {
		if delimiter != said {
			return s
		}
		s.lines = splitLines(rest, delimiter, 1)
	} else {
		s.lines = splitLines(head, delimiter, 0)
	}
	byWidth := map[int]int{}
	for _, l := range s.lines {
		width := len(l.cells)
		byWidth[width]++
		if n := byWidth[width]; width > 1 && n > s.agree {
			s.width, s.agree = width, n
		}
	}
	return s
}

// sepLine reads the line sep=; by which a spreadsheet says its delimiter.
func sepLine(head []byte) (delimiter byte, rest []byte, ok bool) {
	line, rest, _ := bytes.Cut(bytes.TrimPrefix(head, byteOrderMark), []byte("\n"))
	line = bytes.TrimRight(line, "\r")
	if len(line) == len("sep=;") && bytes.HasPrefix(line, []byte("sep=")) {
		return line[len("sep=")], rest, true
	}
	return 0, nil, false
}

func splitLines(text []byte, delimiter byte, above int) []headLine {
	var lines []headLine
	w := newLineWalker(bytes.NewReader(text), delimiter)
	for len(lines) < headLines {
		at, err := w.next()
		if err != nil {
			return lines // the end: nothing else can fail in memory
		}
		if !at.blank {
			lines = append(lines, headLine{above + int(at.physical) - 1, cells(w.row(), delimiter)})
		}
	}
	return lines
}

// header is the index of the line that names the columns: the first without a
// value in it that is about as wide as the others. A title is narrower; rows
// may be wider than their header by a delimiter at their end.
func (s splitHeadLines) header() int {
	for _, wide := range []int{s.width*2/3 + 1, 2} {
		at := slices.IndexFunc(s.lines, func(l headLine) bool { return len(l.cells) >= wide && nameColumns(l.cells) })
		if at >= 0 {
			return at
		}
	}
	return 0
}

// value is a number, a date or a time, in whatever notation.
var value = regexp.MustCompile(`^[-+]?[.,]?\d[-\d.,/:TZ ]*$`)

// nameColumns tells whether cells can be the names of columns: not a value
// among them, and most of them not empty.
func nameColumns(cells []string) bool {
	named := 0
	for _, c := range cells {
		if value.MatchString(c) {
			return false
		}
		if c != "" {
			named++
		}
	}
	return 2*named > len(cells)
}

// cells splits a line as the engine does.
func cells(line string, delimiter byte) []string {
	var all []string
	q := quoting{delimiter: delimiter, fieldStart: true}
	begin := 0
	for i := range len(line) {
		if line[i] == delimiter && !q.inside {
			all = append(all, unquoted(line[begin:i]))
			begin = i + 1
		}
		q.feed([]byte{line[i]})
	}
	return append(all, unquoted(line[begin:]))
}

// unquoted is a cell without the quotes and spaces around it.
func unquoted(cell string) string {
	cell = strings.TrimSpace(cell)
	if inner, ok := strings.CutPrefix(cell, `"`); ok {
		cell = strings.TrimSpace(strings.ReplaceAll(strings.TrimSuffix(inner, `"`), `""`, `"`))
	}
	return cell
}

// columnNames makes a header's cells fit for SQL: every column has a name, and
// no two names differ in case alone.
func columnNames(cells []string) []string {
	names := make([]string, len(cells))
	used := map[string]bool{}
	for i, name := range cells {
		if name == "" {
			name = fmt.Sprintf("column%d", i+1)
		}
		names[i] = name
		for k := 2; used[strings.ToLower(names[i])]; k++ {
			names[i] = fmt.Sprintf("%s_%d", name, k)
		}
		used[strings.ToLower(names[i])] = true
	}
	return names
}

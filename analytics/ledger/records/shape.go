package records

import (
	"bytes"
	"regexp"
)

// Shape is what the rows of a CSV file look like.
type Shape struct {
	Columns int
	// Values are the columns that hold numbers and dates in most rows, in order.
	Values []ValueColumn
}

// ValueColumn is a column of numbers, of dates or of both.
type ValueColumn struct {
	Column int
	Kinds  valueKind // those that it holds
}

// valueKind is a set of kinds of values.
type valueKind uint8

const (
	number valueKind = 1 << iota
	moment           // a date, a time or both
)

// fits tells whether a record has the columns of the header. One empty cell
// more is an extra delimiter at the end of the line, as some programs write.
func (s Shape) fits(cells [][]byte) bool {
	return len(cells) == s.Columns || len(cells) == s.Columns+1 && len(cells[s.Columns]) == 0
}

// reads tells whether a line by itself is a row: all columns, and numbers and
// dates where most rows have them.
func (s Shape) reads(text []byte, delimiter byte) bool {
	if s.Columns < 2 || bytes.Count(text, []byte{delimiter}) < s.Columns-1 {
		return false
	}
	alone := splitter{delimiter: delimiter}
	return alone.split(text) == whole && s.isRow(alone.cells)
}

// isRow tells whether cells are all columns, and half of the numbers and dates
// are where most rows have them.
func (s Shape) isRow(cells [][]byte) bool { return s.fits(cells) && s.begins(cells) }

// begins tells whether of the columns that cells are the first of, half of the
// numbers and dates are where most rows have them.
func (s Shape) begins(cells [][]byte) bool {
	found, looked := 0, 0
	for _, v := range s.Values {
		if v.Column >= len(cells) {
			break
		}
		looked++
		if kindOf(cells[v.Column])&v.Kinds != 0 {
			found++
		}
	}
	return 2*found >= looked
}

// value is a number, a date or a time, in whatever notation.
var value = regexp.MustCompile(`^[-+]?[.,]?\d[-\d.,/:TZ ]*$`)

// kindOf is the kind of a cell's value, 0 where it holds none. Dates written
// 01.02.2024 or 20240201 count as numbers: a column of them does throughout.
func kindOf(cell []byte) valueKind {
	cell = bytes.TrimSpace(cell)
	switch {
	case !value.Match(cell):
		return 0
	case bytes.ContainsAny(cell[1:], "-/:TZ "):
		return moment
	}
	return number
}

// shapeOf is the shape of rows with so many columns. Rows of another width are
// looked over: they are titles or damage.
func shapeOf(rows [][][]byte, columns int) Shape {
	s := Shape{Columns: columns}
	numbers, moments, filled := make([]int, columns), make([]int, columns), make([]int, columns)
	for _, cells := range rows {
		if !s.fits(cells) {
			continue
		}
		for i, cell := range cells[:columns] {
			if len(bytes.TrimSpace(cell)) == 0 {
				continue
			}
			filled[i]++
			switch kindOf(cell) {
			case number:
				numbers[i]++
			case moment:
				moments[i]++
			}
		}
	}
	const (
		most = 0.8 // of the cells that are filled; the rest are damage, or words such as n/a
		some = 0.1 // of the values: fewer of a kind are damage
	)
	for i := range columns {
		values := float64(numbers[i] + moments[i])
		if filled[i] == 0 || values < most*float64(filled[i]) {
			continue
		}
		v := ValueColumn{Column: i}
		if float64(numbers[i]) >= some*values {
			v.Kinds |= number
		}
		if float64(moments[i]) >= some*values {
			v.Kinds |= moment
		}
		s.Values = append(s.Values, v)
	}
	return s
}

package records

import (
	"bytes"
	"regexp"
)

// Shape is what the rows of a CSV file look like.
type Shape struct {
	Columns int
	// Values are the columns that hold numbers and dates in most rows.
	Values []int
}

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
	if alone.split(text) != whole || !s.fits(alone.cells) {
		return false
	}
	found := 0
	for _, column := range s.Values {
		if isValue(alone.cells[column]) {
			found++
		}
	}
	return 2*found >= len(s.Values)
}

// value is a number, a date or a time, in whatever notation.
var value = regexp.MustCompile(`^[-+]?[.,]?\d[-\d.,/:TZ ]*$`)

func isValue(cell []byte) bool { return value.Match(bytes.TrimSpace(cell)) }

// shapeOf is the shape of rows with so many columns. Rows of another width are
// looked over: they are titles or damage.
func shapeOf(rows [][][]byte, columns int) Shape {
	s := Shape{Columns: columns}
	values, filled := make([]int, columns), make([]int, columns)
	for _, cells := range rows {
		if !s.fits(cells) {
			continue
		}
		for i, cell := range cells[:columns] {
			switch cell = bytes.TrimSpace(cell); {
			case len(cell) == 0:
			case isValue(cell):
				values[i]++
				filled[i]++
			default:
				filled[i]++
			}
		}
	}
	const most = 0.8 // of the cells that are filled; the rest are damage, or words such as n/a
	for i := range columns {
		if filled[i] > 0 && float64(values[i]) >= most*float64(filled[i]) {
			s.Values = append(s.Values, i)
		}
	}
	return s
}

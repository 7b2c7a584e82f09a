package publication

import (
	"strings"

	"github.com/apache/arrow-go/v18/arrow/array"
)

// TextColumn is a column of texts. Names and reasons are those of many customers: each is in
// memory once. A nil column has no cells.
type TextColumn struct {
	distinct []string // in order of their first cells
	at       []uint32 // by customer: the place among distinct
}

// TextColumnOf is the column of some cells.
func TextColumnOf(cells []string) *TextColumn {
	c, known := &TextColumn{}, map[string]uint32{}
	for _, cell := range cells {
		c.add(known, cell)
	}
	return c
}

// Len is the number of cells.
func (c *TextColumn) Len() int {
	if c == nil {
		return 0
	}
	return len(c.at)
}

// At is the text of a customer.
func (c *TextColumn) At(i int) string { return c.distinct[c.at[i]] }

// Distinct are the texts, in order of the first customers who have them.
func (c *TextColumn) Distinct() []string {
	if c == nil {
		return nil
	}
	return c.distinct
}

// Place is where a customer's text is among the distinct ones.
func (c *TextColumn) Place(i int) int { return int(c.at[i]) }

// Cells are the texts of all customers.
func (c *TextColumn) Cells() []string {
	cells := make([]string, c.Len())
	for i := range cells {
		cells[i] = c.At(i)
	}
	return cells
}

// add adds a cell. known are the places of the texts so far.
func (c *TextColumn) add(known map[string]uint32, cell string) {
	at, is := known[cell]
	if !is {
		cell = strings.Clone(cell) // it may lie in memory that is not ours
		at = uint32(len(c.distinct))
		known[cell], c.distinct = at, append(c.distinct, cell)
	}
	c.at = append(c.at, at)
}

// textReader fills a text column from the chunks of a file.
type textReader struct {
	column *TextColumn
	known  map[string]uint32
}

func newTextReader(rows int) *textReader {
	return &textReader{column: &TextColumn{at: make([]uint32, 0, rows)}, known: map[string]uint32{}}
}

// take reads a chunk; an absent cell is empty.
func (r *textReader) take(a *array.String) {
	for i := range a.Len() {
		cell := ""
		if !a.IsNull(i) {
			cell = a.Value(i)
		}
		r.column.add(r.known, cell)
	}
}

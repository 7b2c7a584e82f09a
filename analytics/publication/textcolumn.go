package publication

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
		c.add(known, []byte(cell))
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

// add adds a cell, which may lie in memory of somebody else. known are the places of the texts so
// far.
func (c *TextColumn) add(known map[string]uint32, cell []byte) {
	at, is := known[string(cell)]
	if !is {
		text := string(cell)
		at = uint32(len(c.distinct))
		known[text], c.distinct = at, append(c.distinct, text)
	}
	c.at = append(c.at, at)
}

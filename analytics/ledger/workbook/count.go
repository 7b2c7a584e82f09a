package workbook

// RowCount counts the rows of a sheet whose XML is written to it. It knows nothing of
// cells: what it says is held against what the reader of rows made of the sheet.
type RowCount struct {
	rows int64
	name []byte
	in   bool // the name of an element
}

// Write implements io.Writer.
func (c *RowCount) Write(text []byte) (int, error) {
	for _, sign := range text {
		switch {
		case sign == '<':
			c.in, c.name = true, c.name[:0]
		case !c.in:
		case sign == ':':
			c.name = c.name[:0]
		case sign == ' ' || sign == '>' || sign == '/' && len(c.name) > 0 || sign == '\n' || sign == '\r' || sign == '\t':
			c.in = false
			if string(c.name) == "row" {
				c.rows++
			}
		default:
			c.name = append(c.name, sign)
		}
	}
	return len(text), nil
}

// Lines is how many rows there are.
func (c *RowCount) Lines() int64 { return c.rows }

package job

// readFillDown reads which columns of an export the lines of an order leave
// blank after its first; nil where there are none.
func readFillDown(s *section, columns Columns) []string {
	const wanted = "a list of columns of the export, such as [Status, Date]"
	out, given := readDistinct(s, "fill_down", "column", wanted)
	if given && columns.Order == "" && !s.broken {
		s.fail("fill_down", "a line is filled from the line above it of the same order; map columns.order, the column that tells which lines make one")
	}
	return out
}

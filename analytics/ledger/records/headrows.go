package records

// HeadOfRows finds the row that names the columns among the first rows of a sheet, whose
// cells are split already. Columns without a name that rows have beyond those of the header
// are called by their place. at is its index; ok is false where there are no rows.
func HeadOfRows(rows [][][]byte) (h Head, at int, ok bool) {
	if len(rows) == 0 {
		return h, 0, false
	}
	v := vote{}
	byWidth := map[int]int{}
	lines := make([]headLine, len(rows))
	most := 0
	for i, cells := range rows {
		lines[i].cells = cells
		byWidth[len(cells)]++
		if n := byWidth[len(cells)]; len(cells) > 1 && n > v.agree {
			v.width, v.agree = len(cells), n
		}
	}
	at = v.header(lines)
	for _, cells := range rows[at:] {
		most = max(most, len(cells))
	}
	header := make([][]byte, most)
	copy(header, rows[at])
	h = Head{Names: namesOf(header), Titled: nameColumns(rows[at])}
	h.Shape = shapeOf(padded(rows[at+1:], most), most)
	return h, at, true
}

// padded are rows with a cell in each column: those of a sheet end with the last that is
// not empty.
func padded(rows [][][]byte, columns int) [][][]byte {
	all := make([][][]byte, len(rows))
	for i, cells := range rows {
		all[i] = make([][]byte, columns)
		copy(all[i], cells)
	}
	return all
}

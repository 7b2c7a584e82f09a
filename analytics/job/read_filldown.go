package job

import (
	"slices"
	"strconv"
)

// readFillDown reads which columns of an export the lines of an order leave
// blank after its first; nil where there are none.
func readFillDown(s *section, columns Columns) []string {
	const wanted = "a list of columns of the export, such as [Status, Date]"
	items, given := s.items("fill_down", wanted)
	var out []string
	for i, item := range items {
		path := join(s.key("fill_down"), strconv.Itoa(i))
		switch {
		case item.kind != scalar:
			s.report(item.at, path, "%s is not a column; want %s", item, wanted)
		case item.text == "":
			s.report(item.at, path, "is empty; give a column or remove it")
		case slices.Contains(out, item.text):
			s.report(item.at, path, "%s is listed twice; keep one", quoted(item.text))
		default:
			out = append(out, item.text)
		}
	}
	if given && columns.Order == "" && !s.broken {
		s.fail("fill_down", "a line is filled from the line above it of the same order; map columns.order, the column that tells which lines make one")
	}
	return out
}

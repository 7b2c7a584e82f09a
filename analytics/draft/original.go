package draft

import (
	"slices"
	"strings"
)

// nothing are texts by which databases write that there is no value.
var nothing = []string{"", `\N`, "NULL", "null"}

// decideOriginal maps the column by which a row that gives goods back names its sale: few
// rows have it, and all they have are orders of other rows.
func (r *roles) decideOriginal(s *Source) {
	order := s.columnOf("columns.order")
	if order == nil {
		return
	}
	for _, c := range r.table.columns {
		if nameScore(roleOriginal, c.name) < unlikely || c == order {
			continue
		}
		named, others, empty := 0, 0, false
		for v := range c.values {
			switch {
			case slices.Contains(nothing, v):
				empty = true
			case order.values[v] > 0:
				named++
			default:
				others++ // a sale from before the export, or below its first rows
			}
		}
		if named == 0 || others > named || r.namesItself(order, c) {
			continue
		}
		d := &Decision{Key: "columns.original_order", Value: c.name, Sure: Likely, Why: "its values are orders of other rows"}
		if empty {
			d.Value = "nullif(nullif(" + identifier(c.name) + ", 'NULL'), '\\N')"
		}
		s.add(d)
		return
	}
}

// namesItself tells whether a row names its own order by another column.
func (r *roles) namesItself(order, c *column) bool {
	return slices.ContainsFunc(r.table.look.Rows, func(row []string) bool {
		id := strings.TrimSpace(row[order.at])
		return id != "" && id == strings.TrimSpace(row[c.at])
	})
}

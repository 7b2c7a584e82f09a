package groups

import (
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
)

// Columns are what a state remembers of the anchor night; nil where there is none.
func (r *Result) Columns() publication.Columns {
	a := r.anchor
	if a.night == nil {
		return nil
	}
	there := func(i int) bool { return a.orders[i] > 0 }
	columns := publication.Columns{
		column.AnchorOrders: publication.Counts(a.orders).Where(there),
		column.AnchorNet:    publication.Amounts(a.net).Where(there),
	}
	for _, g := range column.Groupings {
		if of := a.groups[g.Name]; of != nil {
			columns[g.Anchor] = publication.TextsAt(len(a.orders), of).Where(there)
		}
	}
	return columns
}

// LevelColumns are the level of each customer in the pyramid; empty where there is none.
func (r *Result) LevelColumns(customers int) publication.Columns {
	level := func(int) string { return "" }
	if r.level != nil {
		level = r.level
	}
	return publication.Columns{column.Level: publication.TextsAt(customers, level)}
}

// Files are the groups, one row each.
func (r *Result) Files() []night.File {
	return []night.File{{Name: column.Segments.File, Columns: publication.SegmentColumns(r.Groups, r.valued)}}
}

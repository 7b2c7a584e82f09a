package publication

import (
	"fmt"

	"clientele/analytics/publication/column"
	"clientele/internal/money"
)

// StateOf is a state that is given and not read, for tests: ids in order, and columns,
// each a slice of string, int64, float64, int32 (a day) or [money.Amount] with an entry
// for each.
func StateOf(ids []string, columns map[*column.Column]any) (*State, error) {
	s := newState()
	s.ID = ids
	for c, cells := range columns {
		rows, typ := 0, column.Type("")
		switch cells := cells.(type) {
		case []string:
			s.texts[c], rows, typ = TextColumnOf(cells), len(cells), column.Text
		case []int64:
			s.counts[c], rows, typ = cells, len(cells), column.Count
		case []float64:
			s.floats[c], rows, typ = cells, len(cells), column.Number
		case []int32:
			s.days[c], rows, typ = cells, len(cells), column.Day
		case []money.Amount:
			s.money[c], rows, typ = cells, len(cells), column.Amount
		}
		mustBe(c, typ)
		if rows != len(ids) {
			return nil, fmt.Errorf("publication: column %s has %d cells, want %d", c.Name, rows, len(ids))
		}
		s.has[c] = true
	}
	return s, nil
}

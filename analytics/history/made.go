package history

import (
	"fmt"
	"maps"
	"slices"

	"clientele/analytics/ledger"
)

// MembersOf are members that are given and not read: ids in order, and columns by the
// names of [StateColumns], each a slice of string, int64, float64, int32 (a day) or
// [ledger.Money] with an entry for each.
func MembersOf(ids []string, columns map[string]any) (*Members, error) {
	m := newMembers()
	m.ID = ids
	for _, name := range slices.Sorted(maps.Keys(columns)) {
		rows := 0
		switch values := columns[name].(type) {
		case []string:
			m.texts[name], rows = values, len(values)
		case []int64:
			m.counts[name], rows = values, len(values)
		case []float64:
			m.floats[name], rows = values, len(values)
		case []int32:
			m.days[name], rows = values, len(values)
		case []ledger.Money:
			m.money[name], rows = values, len(values)
		default:
			return nil, fmt.Errorf("column %s is a %T", name, values)
		}
		if rows != len(ids) {
			return nil, fmt.Errorf("column %s has %d cells, want %d", name, rows, len(ids))
		}
		m.has[name] = true
	}
	return m, nil
}

func newMembers() *Members {
	return &Members{
		texts: map[string][]string{}, counts: map[string][]int64{}, floats: map[string][]float64{},
		days: map[string][]int32{}, money: map[string][]ledger.Money{}, has: map[string]bool{},
	}
}

package draft

import (
	"slices"
	"strings"
)

// givesBack tells whether rows with one of the states are returns beside the rows of
// their sales: their amounts are below zero, or the sale of the same order and product
// has a row of its own. Otherwise such a row is the sale, which has come back.
func (r *roles) givesBack(status *column, returned []string) bool {
	var same []*column // that a return and its sale have alike
	for _, role := range []string{roleOrder, roleProduct} {
		if c := r.best(role); c != nil {
			same = append(same, c.column)
		}
	}
	amount := r.best(roleAmount)
	sales, back := map[string]bool{}, map[string]bool{}
	for _, row := range r.table.look.Rows {
		cells := make([]string, len(same))
		for i, c := range same {
			cells[i] = strings.TrimSpace(row[c.at])
		}
		key := strings.Join(cells, "\x00")
		if !slices.Contains(returned, strings.TrimSpace(row[status.at])) {
			sales[key] = true
			continue
		}
		back[key] = true
		if amount != nil && strings.ContainsAny(row[amount.at], "-\u2212(") {
			return true
		}
	}
	if r.best(roleOrder) == nil {
		return false
	}
	for key := range back {
		if sales[key] {
			return true
		}
	}
	return false
}

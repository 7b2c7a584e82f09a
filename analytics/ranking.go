package analytics

import (
	"cmp"
	"slices"
)

// ranking is the customers from best to worst: by clv or, without it, by net
// spend; those that tie by id. It holds places in the columns.
func (f *found) ranking() []int {
	by := f.base.net
	if f.worth != nil {
		by = f.worth.CLV
	}
	// The values lie beside the indices: a sort that looks them up is slow.
	type entry struct {
		value float64
		at    int
	}
	entries := make([]entry, len(by))
	for i := range entries {
		entries[i] = entry{by[i], i}
	}
	slices.SortFunc(entries, func(a, b entry) int {
		switch {
		case a.value > b.value:
			return -1
		case a.value < b.value:
			return 1
		default: // customers are in order of id
			return cmp.Compare(a.at, b.at)
		}
	})
	order := make([]int, len(entries))
	for rank, e := range entries {
		order[rank] = e.at
	}
	return order
}

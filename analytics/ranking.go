package analytics

import (
	"cmp"
	"slices"
	"strings"
)

// ranking is the customers from best to worst: by clv or, without it, by net
// spend; those that tie by id. It holds indices into the night's columns.
func (n *night) ranking() []int {
	by := amounts(n.customers.Net)
	if n.worth != nil {
		by = n.worth.clv
	}
	order := make([]int, n.customers.Len())
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(by[b], by[a]), strings.Compare(n.customers.ID[a], n.customers.ID[b]))
	})
	return order
}

// ranked gives a column in the order of the ranking, each value turned into
// what is published.
func ranked[From, To any](order []int, column []From, as func(From) To) []To {
	out := make([]To, len(order))
	for rank, i := range order {
		out[rank] = as(column[i])
	}
	return out
}

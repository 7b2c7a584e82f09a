package customers

import (
	"cmp"
	"slices"

	"clientele/internal/calendar"
)

// Leaf is the customers of one group of FirstLabels whose first purchase day is in a month.
type Leaf struct {
	Cohort calendar.Month
	Group  int32
}

// Leaves lists them in order of month and group, and says which each customer is in. Without
// groups all customers are of one.
func (t *Table) Leaves() (all []Leaf, of []int32) {
	at := map[Leaf]int32{}
	for i := range t.ID {
		at[t.leafOf(i)] = 0
	}
	for leaf := range at {
		all = append(all, leaf)
	}
	slices.SortFunc(all, func(a, b Leaf) int { return cmp.Or(cmp.Compare(a.Cohort, b.Cohort), cmp.Compare(a.Group, b.Group)) })
	for k, leaf := range all {
		at[leaf] = int32(k)
	}
	of = make([]int32, t.Len())
	for i := range of {
		of[i] = at[t.leafOf(i)]
	}
	return all, of
}

func (t *Table) leafOf(customer int) Leaf {
	leaf := Leaf{Cohort: calendar.MonthOf(t.FirstDay[customer])}
	if t.Group != nil {
		leaf.Group = t.Group[customer]
	}
	return leaf
}

package main

import (
	"cmp"
	"math"
	"slices"

	"clientele/benchmarks/studies/published"
)

// atRisk is what the customers spent of whom most is at risk: the tenth of all
// with the highest value_at_risk.
type atRisk struct {
	Customers int    `json:"n"`
	Former    figure `json:"former"` // at their former pace
	Expected  figure `json:"expected"`
	Actual    figure `json:"actual"`
}

func (f future) atRisk() (a atRisk) {
	order := make([]int, len(f.spent))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Compare(f.night.Customers[j].AtRisk, f.night.Customers[i].AtRisk)
	})
	for _, i := range order[:len(order)/10] {
		if c := f.night.Customers[i]; c.AtRisk > 0 {
			a.add(c, f.spent[i])
		}
	}
	return a
}

func (a *atRisk) add(c published.Customer, spent float64) {
	a.Customers++
	a.Former += figure(c.Future + c.AtRisk)
	a.Expected += figure(c.Future)
	a.Actual += figure(spent)
}

// share is a part of what would have been spent at the former pace; NaN where
// nothing is at risk.
func (a atRisk) share(of figure) figure {
	if a.Customers == 0 {
		return figure(math.NaN())
	}
	return of / a.Former
}

package interest

import (
	"cmp"
	"slices"
)

// testable picks the tests that can matter: those that could have a p-value
// of at most level/K, where K is the smallest number that is not exceeded by
// how many these are. The rest cannot be found whatever happens and would only
// dilute the level. The smallest p-value that a test could have must not depend
// on its outcome.
//
// Source: R. E. Tarone (1990), Biometrics 46, 515-522; with false discovery
// rates P. B. Gilbert (2005), Applied Statistics 54, 143-158, section 3.
func testable(attainable []float64, level float64) []int {
	var order []int
	for i, p := range attainable {
		if p <= level {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(attainable[a], attainable[b]), cmp.Compare(a, b)) })
	// How many reach level/k falls as k grows; k grows until it is enough.
	reach := len(order)
	for k := 1; k < reach; k++ {
		for reach > 0 && attainable[order[reach-1]] > level/float64(k+1) {
			reach--
		}
	}
	order = order[:reach]
	slices.Sort(order)
	return order
}

// discoveryRates adjusts p-values for their number: rejecting all with a rate
// of at most q keeps the expected share of false ones at or under q, when they
// are independent or hang together positively.
//
// Source: Y. Benjamini, Y. Hochberg (1995), JRSS B 57, 289-300.
func discoveryRates(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	rates, least := make([]float64, len(p)), 1.
	for rank, i := range slices.Backward(order) {
		least = min(least, p[i]*float64(len(p))/float64(rank+1))
		rates[i] = least
	}
	return rates
}

package interest

import (
	"cmp"
	"slices"
)

// testable picks the tests that can become a discovery: those that could have a p-value of
// at most level/K, where K is the smallest number such that at most K tests could. The
// others cannot become a discovery whatever happens, and would only make the level
// stricter. attainable has the smallest p-value that each test could have; it must not
// depend on the outcome.
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
	// The number of tests that reach level/k falls as k grows. k grows until it is at
	// least that number.
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

// discoveryRates adjusts p-values for their number: if all tests with a rate of at most q
// are discoveries, the expected share of false ones among them is at most q. The tests
// must be independent or positively dependent.
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

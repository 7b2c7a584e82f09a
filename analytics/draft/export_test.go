package draft

import "clientele/analytics/ledger"

// Numbers are, by column, the shares of the values that may be numbers.
func Numbers(look *ledger.Look) []float64 {
	var all []float64
	for _, c := range profile(look).columns {
		all = append(all, c.numbers)
	}
	return all
}

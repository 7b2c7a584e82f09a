package referrals

import "clientele/internal/forest"

// Referred tells who was brought by another customer, as far as it is believed; nil where no
// source maps referrers.
func Referred(customers int, said []forest.Said) []bool {
	if said == nil {
		return nil
	}
	referred := make([]bool, customers)
	for i, referrer := range forest.Decide(customers, said, forest.First).Above {
		referred[i] = referrer != forest.None
	}
	return referred
}

package referrals

// Referred tells who was brought by another customer, as far as it is believed; nil where no
// source maps referrers.
func Referred(customers int, said []Said) []bool {
	if said == nil {
		return nil
	}
	referred := make([]bool, customers)
	for i, referrer := range linksOf(customers, said).referrer {
		referred[i] = referrer != Unknown
	}
	return referred
}

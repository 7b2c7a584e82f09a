package publication

import "clientele/internal/money"

// Referrals is what run.json says of customers who were brought by others.
type Referrals struct {
	Referred  int64        `json:"referred"`  // customers who were brought by a customer
	Referrers int64        `json:"referrers"` // who brought them
	Value     money.Amount `json:"value"`     // what was moved from those to who stands above
	// Steps is the same by how far up it went; not there where the job has no referral.
	Steps []ReferralStep `json:"steps,omitempty"`
	// Customers of whom something that was said does not count: the referrer is not among
	// the customers, is the customer, or is in a circle with them; or several are named, of
	// whom the first counts.
	Unknown  int64 `json:"unknown"`
	Self     int64 `json:"self"`
	Circular int64 `json:"circular"`
	Several  int64 `json:"several"`
}

// ReferralStep is what was moved so many steps up.
type ReferralStep struct {
	Step      int64        `json:"step"`
	Share     float64      `json:"share"`     // of what each customer is worth
	Customers int64        `json:"customers"` // who have somebody so many steps above
	Value     money.Amount `json:"value"`
}

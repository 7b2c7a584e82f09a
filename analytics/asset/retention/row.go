package retention

import "clientele/internal/money"

// row is what is counted of a period. Who buys in it is active. Revenue is bought less
// returned, of those who are active: what comes back from who buys nothing in the period is
// in Idle.
type row struct {
	Start        int64 // active in the period before: retained or churned
	StartRevenue money.Amount

	Retained, Churned, Resurrected, New int64
	Active, Repeat                      int64        // Repeat: active with a purchase day before, in the period or earlier
	ChurnedRevenue                      money.Amount // what those who churned brought in the period before
	Contraction, Expansion              money.Amount // by how much less and more the retained brought
	ResurrectedRevenue, NewRevenue      money.Amount
	Revenue, Idle                       money.Amount

	Former        int64 // active whose first purchase day is of an earlier year
	FormerRevenue money.Amount
}

// kept is what is left of the revenue of the period before, with what its customers bought
// more, and without.
func (r *row) kept() (net, gross money.Amount) {
	gross = r.StartRevenue.Minus(r.ChurnedRevenue).Minus(r.Contraction)
	return gross.Plus(r.Expansion), gross
}

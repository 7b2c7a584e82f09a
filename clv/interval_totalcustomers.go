package clv

import (
	"cmp"
	"slices"
)

// customer is one of a total, or several of one history.
type customer struct {
	row            // history, and customers that share it
	at     int     // a row of the panel
	paid   float64 // purchases that brought spend
	spend  float64 // mean of those
	each   Basket  // expected
	chosen float64 // in a sample: the weight that stands for all others
}

// compare puts customers in an order that does not depend on that of the panel.
func (a customer) compare(b customer) int {
	return cmp.Or(a.row.compare(b.row), cmp.Compare(a.paid, b.paid), cmp.Compare(a.spend, b.spend),
		cmp.Compare(a.each.Spend, b.each.Spend), cmp.Compare(a.each.Orders, b.each.Orders))
}

// same reports whether two customers differ in weight at most.
func (a customer) same(b customer) bool {
	return a.sameHistory(b.row) && a.paid == b.paid && a.spend == b.spend && a.each == b.each
}

// newCustomers are the customers of a panel in a fixed order, equal ones together. Without
// baskets only their histories count.
func newCustomers(panel Panel, spent Spent, each Baskets) []customer {
	all := make([]customer, 0, panel.Len())
	for i := range panel.X {
		w := panel.weight(i)
		if w == 0 {
			continue
		}
		h := customer{row: row{x: panel.X[i] + 0, tx: panel.TX[i] + 0, t: panel.T[i] + 0, weight: w}, at: i}
		if each.Spend != nil {
			h.paid, h.spend, h.each = panel.X[i], spent.Mean[i], each.At(i)
			if spent.Paid != nil {
				h.paid = spent.Paid[i]
			}
		}
		all = append(all, h)
	}
	slices.SortFunc(all, customer.compare)
	merged := all[:0]
	for _, h := range all {
		if n := len(merged); n > 0 && merged[n-1].same(h) {
			merged[n-1].weight += h.weight
		} else {
			merged = append(merged, h)
		}
	}
	return merged
}

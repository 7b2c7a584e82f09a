package draft

import (
	"slices"

	"clientele/analytics/ledger"
)

// decideServices leaves out lines that are no goods, such as postage. Those that may be
// goods are a comment.
func (s *Source) decideServices() {
	product := s.columnOf("columns.product")
	if product == nil {
		return
	}
	found := ledger.ServicesAmong(product.most)
	if len(found.Sure) > 0 {
		s.add(&Decision{Key: "exclude_products", List: found.Sure, Sure: Likely, Why: "these lines are no goods"})
	}
	if len(found.Perhaps) > 0 {
		s.add(&Decision{Key: "exclude_products", List: slices.Concat(found.Sure, found.Perhaps), Off: true, Why: "so, if these too are postage, fees, vouchers or corrections and no goods"})
	}
}

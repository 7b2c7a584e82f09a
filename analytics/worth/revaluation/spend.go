package revaluation

import (
	"math"

	"clientele/clv"
	"clientele/internal/money"
)

// ExpectedSpend is what the night's model of spend expects of a history of purchases that
// brought money.
func (n *Night) ExpectedSpend(of clv.SpendHistory) float64 {
	return money.Round(n.SpendFactor * n.Spend.Expected(of))
}

// SpendOf is what the night would expect a purchase to come to of a history that a newer
// night knows, which expects spendIs of it; NaN where that cannot be told.
func (n *Night) SpendOf(newer *Night, is History, spendIs float64) float64 {
	switch {
	case n.Spend == nil: // the customer's own mean
		return money.Round(max(0, is.Net.Float()/float64(is.PurchaseDays)))
	case newer.Spend != nil:
		if h, found := newer.PaidHistory(is, spendIs); found {
			return n.ExpectedSpend(h)
		}
	}
	return math.NaN()
}

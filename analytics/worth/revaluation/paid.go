package revaluation

import (
	"math"

	"clientele/clv"
)

// PaidHistory finds how many purchases of a customer brought money, and whether the first
// did: a publication does not tell, but what the night expected of the next purchase does,
// to a millionth. found is false where nothing fits.
func (n *Night) PaidHistory(h History, expected float64) (of clv.SpendHistory, found bool) {
	repeats := float64(h.PurchaseDays - 1)
	net := h.Net.Float()
	if net <= 0 {
		of = clv.SpendHistory{Repeats: repeats, FirstUnpaid: true}
		return of, n.fits(of, expected)
	}
	for paid := repeats; paid >= 0; paid-- {
		for _, firstUnpaid := range []bool{false, true} {
			of = paidOf(net, repeats, paid, firstUnpaid)
			if n.fits(of, expected) {
				return of, true
			}
		}
	}
	return of, false
}

// paidOf is the history of purchases of which so many repeat ones, and perhaps the first,
// brought money.
func paidOf(net, repeats, paid float64, firstUnpaid bool) clv.SpendHistory {
	of := clv.SpendHistory{Repeats: repeats, Paid: paid, FirstUnpaid: firstUnpaid}
	if firstUnpaid {
		of.Mean = net / max(paid, 1)
		return of
	}
	of.First = net / (paid + 1)
	of.Mean = of.First
	return of
}

// fits tells whether the night expected that of such a history, but for the rounding of
// the last place.
func (n *Night) fits(of clv.SpendHistory, expected float64) bool {
	const lastPlace, digits = 1.5e-6, 1e-12
	return math.Abs(n.ExpectedSpend(of)-expected) <= lastPlace+digits*math.Abs(expected)
}

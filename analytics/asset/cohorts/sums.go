package cohorts

import (
	"math"

	"clientele/internal/money"
)

// sums are the money of customers who were won alike.
type sums struct {
	won                 money.Amount
	unshared            money.Amount // what was spent where nobody was won
	spend, past, future money.Amount
}

// plus adds what others come to.
func (s sums) plus(o sums) sums {
	return sums{s.won.Plus(o.won), s.unshared.Plus(o.unshared), s.spend.Plus(o.spend), s.past.Plus(o.past), s.future.Plus(o.future)}
}

// minus takes off what others come to.
func (s sums) minus(o sums) sums {
	return sums{s.won.Minus(o.won), s.unshared.Minus(o.unshared), s.spend.Minus(o.spend), s.past.Minus(o.past), s.future.Minus(o.future)}
}

// rounded are the sums to so many places.
func (s sums) rounded(places int) sums {
	return sums{roundTo(s.won, places), roundTo(s.unshared, places), roundTo(s.spend, places), roundTo(s.past, places), roundTo(s.future, places)}
}

// roundTo is the amount nearest to one that has so many places.
func roundTo(a money.Amount, places int) money.Amount {
	scale := int64(math.Pow10(money.Scale - places))
	return a.Over(scale).Times(scale)
}

// round rounds the money of groups to the places of the currency, so that those of a kind add
// up to the total: each is the step from one rounded running sum to the next, in the order of
// the file. So no row is more than the smallest unit off its own sum.
func round(groups []*group, places int) {
	exact, rounded := map[string]sums{}, map[string]sums{}
	for _, g := range groups {
		for _, l := range g.leaves {
			exact[g.kind] = exact[g.kind].plus(l.sums)
		}
		next := exact[g.kind].rounded(places)
		g.sums = next.minus(rounded[g.kind])
		rounded[g.kind] = next
	}
}

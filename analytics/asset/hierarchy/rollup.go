package hierarchy

import (
	"clientele/analytics/accounts"
	"clientele/internal/forest"
	"clientele/internal/money"
)

// Sums are what some customers come to.
type Sums struct {
	Customers, Orders   int64
	Spend, Past, Future money.Amount
}

func (s *Sums) add(other Sums) {
	s.Customers += other.Customers
	s.Orders += other.Orders
	s.Spend, s.Past, s.Future = s.Spend.Plus(other.Spend), s.Past.Plus(other.Past), s.Future.Plus(other.Future)
}

// Rolled are the sums of accounts, each at its place among those found.
type Rolled struct {
	Own []Sums // of the account itself: of no customer where it buys nothing
	All []Sums // and of all below it
	// Alone are those who are in no hierarchy, together.
	Alone Sums
}

// RollUp sums customers up. of gives what one of them comes to; their ids are in order.
func RollUp(found *accounts.Found, ids []string, of func(customer int) Sums) Rolled {
	r := Rolled{Own: make([]Sums, len(found.IDs)), All: make([]Sums, len(found.IDs))}
	alone, at := found.Alone(), 0
	for i, id := range ids {
		for at < len(found.IDs) && found.IDs[at] < id {
			at++
		}
		if at == len(found.IDs) || found.IDs[at] != id || alone[at] {
			r.Alone.add(of(i))
			continue
		}
		r.Own[at] = of(i)
	}
	copy(r.All, r.Own)
	down := found.TopDown()
	for k := len(down) - 1; k >= 0; k-- { // from below: an account is whole before it is added to the one above
		if above := found.Above[down[k]]; above != forest.None {
			r.All[above].add(r.All[down[k]])
		}
	}
	return r
}

package exports

import (
	"maps"
	"slices"
	"time"
)

// Truth is what is true of the customers of an export.
type Truth struct {
	// Customers are those with at least one order that counts, by the id that
	// a list of them should have.
	Customers map[string]Buyer
	// ReturnedAll is how many customers gave back every order that they paid.
	ReturnedAll int
	// Unknown is the money that is left of orders without a customer.
	Unknown Money
	// Stopped are the customers who left for good before the last day.
	Stopped []string
}

// Buyer is what is true of one customer.
type Buyer struct {
	Orders  int    // paid for, and not given back whole
	Net     Money  // what stayed with the shop
	LastDay string // of the last order that counts, in the shop's zone
}

// Money is an amount in millionths of the currency, so that amounts times a
// rate of exchange with four places are exact.
type Money int64

// reading is how an export is to be understood: who bought, and for how much.
type reading struct {
	// id is the customer's in the list that is made of the export.
	id func(*Customer) string
	// paid is what the customer paid for an order; back is what a refund gave
	// back, nil where the export does not know of refunds.
	paid func(*Shop, *Order) Money
	back func(*Shop, *Refund) Money
}

// totals is the reading of exports that show what the customer paid.
func totals(id func(*Customer) string) reading {
	return reading{
		id:   id,
		paid: func(s *Shop, o *Order) Money { return money(s.Total(o)) },
		back: func(s *Shop, r *Refund) Money { return money(s.Amount(r)) },
	}
}

// goods is the reading of exports that show goods without shipping and without
// tax that comes on top.
func goods(id func(*Customer) string) reading {
	return reading{
		id:   id,
		paid: func(_ *Shop, o *Order) Money { return money(o.Net()) },
		back: func(_ *Shop, r *Refund) Money { return money(sum(r.Lines, func(b *Back) Cents { return b.Net })) },
	}
}

// withoutRefunds is the reading of an export that does not know of refunds.
func (r reading) withoutRefunds() reading {
	r.back = nil
	return r
}

// money is an amount in millionths.
func money(c Cents) Money { return Money(c) * 10_000 }

// truth adds up what is true, from the shop alone.
func (r reading) truth(s *Shop) Truth {
	t := Truth{Customers: map[string]Buyer{}}
	paid := map[string]bool{}
	for _, o := range s.Orders {
		if o.Fate != Paid {
			continue
		}
		left, whole := r.left(s, o)
		if o.Customer == nil {
			t.Unknown += left
			continue
		}
		id := r.id(o.Customer)
		paid[id] = true
		if whole {
			continue
		}
		b := t.Customers[id]
		b.Orders++
		b.Net += left
		b.LastDay = max(b.LastDay, o.Time.Format(time.DateOnly))
		t.Customers[id] = b
	}
	t.ReturnedAll = len(paid) - len(t.Customers)
	t.Stopped = r.stopped(s)
	return t
}

// left is the money of an order that stayed, and whether all of it went back.
func (r reading) left(s *Shop, o *Order) (left Money, whole bool) {
	left = r.paid(s, o)
	if r.back == nil {
		return left, false
	}
	for _, back := range o.Refunds {
		left -= r.back(s, back)
	}
	return left, left == 0
}

// stopped are the ids of those who left, in order.
func (r reading) stopped(s *Shop) []string {
	ids := map[string]bool{}
	for _, c := range s.Customers {
		if !c.Stopped.IsZero() {
			ids[r.id(c)] = true
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

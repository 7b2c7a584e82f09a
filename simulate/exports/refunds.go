package exports

import "time"

// giveBack decides what comes back of an order, and when: half the time all of
// it, else some pieces of one line, and now and then the rest of it later.
// What would come back after the export's last day is not in it.
func (m *maker) giveBack(o *Order) {
	kind := m.dice.IntN(8)
	if m.style.wholeOnly || kind < 4 {
		m.back(o, everything)
		return
	}
	if m.back(o, m.somePieces) && kind == 7 && !m.allBack(o) {
		m.back(o, everything)
	}
}

// back adds a refund of the pieces that choose names of each line, some days
// after the last; false if that is after the export.
func (m *maker) back(o *Order, choose func(*Order) map[*Line]int) bool {
	from := o.Time
	if n := len(o.Refunds); n > 0 {
		from = o.Refunds[n-1].Time
	}
	at := from.AddDate(0, 0, 1+m.dice.IntN(25))
	// Into office hours.
	at = time.Date(at.Year(), at.Month(), at.Day(), 9+m.dice.IntN(8), m.dice.IntN(60), m.dice.IntN(60), 0, m.shop.Zone)
	if at.Format(time.DateOnly) > m.shop.End.Format(time.DateOnly) {
		return false
	}
	r := &Refund{Order: o, Number: len(o.Refunds) + 1, Time: at}
	pieces := choose(o)
	for _, l := range o.Lines {
		if n := pieces[l]; n > 0 {
			r.Lines = append(r.Lines, m.share(o, l, n))
		}
	}
	o.Refunds = append(o.Refunds, r)
	if m.allBack(o) {
		r.Shipping = o.Shipping
	}
	return true
}

// everything is all that did not come back yet.
func everything(o *Order) map[*Line]int {
	pieces := map[*Line]int{}
	for _, l := range o.Lines {
		pieces[l] = l.Quantity - came(o, l).Quantity
	}
	return pieces
}

// somePieces are those of one line, not all where there are several.
func (m *maker) somePieces(o *Order) map[*Line]int {
	l := o.Lines[m.dice.IntN(len(o.Lines))]
	return map[*Line]int{l: 1 + m.dice.IntN(l.Quantity)}
}

// share is the part of a line's money that so many of its pieces are. The last
// pieces take what is left, so that all together are the line.
func (m *maker) share(o *Order, l *Line, pieces int) *Back {
	before := came(o, l)
	b := &Back{Line: l, Quantity: pieces, Gross: Cents(pieces) * l.Price}
	if before.Quantity+pieces == l.Quantity {
		b.Discount, b.Tax = l.Discount-before.Discount, l.Tax-before.Tax
	} else {
		n, of := Cents(pieces), Cents(l.Quantity)
		b.Discount, b.Tax = m.round(l.Discount*n/of), m.round(l.Tax*n/of)
	}
	b.Net = b.Gross - b.Discount
	return b
}

// came is what came back of a line so far.
func came(o *Order, l *Line) (all Back) {
	for _, r := range o.Refunds {
		for _, b := range r.Lines {
			if b.Line == l {
				all.Quantity += b.Quantity
				all.Discount += b.Discount
				all.Tax += b.Tax
			}
		}
	}
	return all
}

// allBack says whether nothing of the order's goods is left with the customer.
func (m *maker) allBack(o *Order) bool {
	for _, l := range o.Lines {
		if came(o, l).Quantity < l.Quantity {
			return false
		}
	}
	return true
}

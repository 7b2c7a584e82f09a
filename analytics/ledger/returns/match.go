package returns

import (
	"math/bits"
	"slices"
)

// Piece is a part of a return that takes back a part of a sale. Return and Sale are
// places in the lines that Match was given.
type Piece struct {
	Return, Sale int
	// Quantity is how much of the sale's line is taken back; 0: not known, and the piece is
	// of the whole order of the line.
	Quantity int64
	Amount   int64 // 0 or below
	Cost     int64
	ByOrder  bool // the return names the order; else its product does
}

// Match says which sales the returns of one customer take back. It goes through the
// returns twice, each time by when they were:
//
// First those that name their order: by a reference, by standing on its row, or by its own
// id. They take back its lines of the same product, if product and quantity are known,
// and for the rest the order as a whole.
//
// Then those whose product and quantity are known. They take back what was bought of the
// product before: the latest sale of which enough is left or, where there is none, what is
// left of several, latest first.
func Match(lines []Line) []Piece {
	m := newMatcher(lines)
	var open []int
	for _, r := range m.returns {
		if !m.byOrder(r) {
			open = append(open, r)
		}
	}
	for _, r := range open {
		m.byProduct(r)
	}
	return m.pieces
}

// order names an order of a customer: two sources number theirs by themselves.
type order struct {
	source int32
	id     string
}

// matcher is a customer's lines while they are matched.
type matcher struct {
	lines   []Line
	left    []int64 // of each sale, the quantity that was not taken back yet
	returns []int   // by time

	orders   map[order][]int    // sales, by time
	named    map[string][]order // orders by their id, by source
	products map[string][]int   // sales with a quantity, by time
	onRow    map[place]int      // sales
	pieces   []Piece
}

type place struct {
	file int32
	row  int64
}

func newMatcher(lines []Line) *matcher {
	m := &matcher{
		lines: lines, left: make([]int64, len(lines)),
		orders: map[order][]int{}, named: map[string][]order{}, products: map[string][]int{}, onRow: map[place]int{},
	}
	places := make([]int, len(lines))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(a, b int) int { return byTime(lines[a], lines[b]) })
	for _, i := range places {
		m.add(i)
	}
	for _, orders := range m.named {
		slices.SortFunc(orders, func(a, b order) int { return int(a.source) - int(b.source) })
	}
	return m
}

func (m *matcher) add(i int) {
	l := m.lines[i]
	if l.IsReturn {
		m.returns = append(m.returns, i)
		return
	}
	m.left[i] = l.Quantity
	m.onRow[place{l.File, l.Row}] = i
	if l.Product != "" && l.Quantity > 0 {
		m.products[l.Product] = append(m.products[l.Product], i)
	}
	if l.Order == "" {
		return
	}
	o := order{l.Source, l.Order}
	if m.orders[o] == nil {
		m.named[l.Order] = append(m.named[l.Order], o)
	}
	m.orders[o] = append(m.orders[o], i)
}

// byOrder matches a return that names its order, and tells whether it does.
func (m *matcher) byOrder(r int) bool {
	l := m.lines[r]
	if l.OnSale {
		sale, known := m.onRow[place{l.File, l.Row}]
		if known {
			m.take(r, []int{sale}, true)
		}
		return known
	}
	sales := m.orderOf(l)
	if sales == nil {
		return false
	}
	m.take(r, sales, true)
	return true
}

// orderOf gives the sales of the order that a return names; nil: none. A reference is to
// an order of the same source or, where it has none of that id, to one of the first other
// source that does.
func (m *matcher) orderOf(l Line) []int {
	if l.Original != "" {
		if sales := m.orders[order{l.Source, l.Original}]; sales != nil {
			return sales
		}
		for _, o := range m.named[l.Original] {
			return m.orders[o]
		}
	}
	if l.Order == "" {
		return nil
	}
	return m.orders[order{l.Source, l.Order}]
}

// byProduct matches a return to sales of its product that were before it.
func (m *matcher) byProduct(r int) {
	l := m.lines[r]
	if l.Product == "" || l.Quantity == 0 {
		return
	}
	sales := m.products[l.Product]
	before := 0
	for before < len(sales) && m.lines[sales[before]].moment() <= l.moment() {
		before++
	}
	m.take(r, sales[:before], false)
}

// take takes a return back from sales. What is left of a return that names its order is
// taken from the order as a whole.
func (m *matcher) take(r int, sales []int, ofOrder bool) {
	l := m.lines[r]
	part := parts{line: l}
	if l.Product != "" && l.Quantity > 0 {
		for _, sale := range m.chosen(l, sales) {
			quantity := min(m.left[sale], l.Quantity-part.quantity)
			m.left[sale] -= quantity
			amount, cost := part.next(quantity)
			m.pieces = append(m.pieces, Piece{Return: r, Sale: sale, Quantity: quantity, Amount: amount, Cost: cost, ByOrder: ofOrder})
		}
	}
	if amount, cost, more := part.rest(); ofOrder && more {
		m.pieces = append(m.pieces, Piece{Return: r, Sale: sales[0], Amount: amount, Cost: cost, ByOrder: true})
	}
}

// chosen are the sales that a return of a quantity takes back: the latest of which enough
// is left or, where there is none, as many as it takes, latest first.
func (m *matcher) chosen(l Line, sales []int) []int {
	var several []int
	found := int64(0)
	for _, sale := range slices.Backward(sales) {
		switch left := m.left[sale]; {
		case left == 0 || m.lines[sale].Product != l.Product:
		case left >= l.Quantity:
			return []int{sale}
		case found < l.Quantity:
			several, found = append(several, sale), found+left
		}
	}
	return several
}

// parts parts a return by quantity, so that all parts add up to it.
type parts struct {
	line                   Line
	quantity, amount, cost int64 // parted so far
}

// next gives the amount and cost of the next quantity.
func (p *parts) next(quantity int64) (amount, cost int64) {
	p.quantity += quantity
	amount = share(p.line.Amount, p.quantity, p.line.Quantity) - p.amount
	cost = share(p.line.Cost, p.quantity, p.line.Quantity) - p.cost
	p.amount, p.cost = p.amount+amount, p.cost+cost
	return amount, cost
}

// rest gives what was not parted, and tells whether there is anything.
func (p *parts) rest() (amount, cost int64, more bool) {
	more = p.line.Quantity == 0 || p.quantity < p.line.Quantity
	return p.line.Amount - p.amount, p.line.Cost - p.cost, more
}

// share is total·part/whole, towards zero, for 0 <= part <= whole and whole above 0. The
// product may have more than 64 bits.
func share(total, part, whole int64) int64 {
	size := uint64(total)
	if total < 0 {
		size = -size
	}
	high, low := bits.Mul64(size, uint64(part))
	quotient, _ := bits.Div64(high, low, uint64(whole)) // no more than size, as part <= whole
	if total < 0 {
		return -int64(quotient)
	}
	return int64(quotient)
}

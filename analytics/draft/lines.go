package draft

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"clientele/analytics/ledger"
)

// decideAmountIs finds out whether the amount is an order's total that stands
// on each of its lines, by what a run would warn of.
func (r *roles) decideAmountIs(s *Source) {
	order, amount := s.find("columns.order"), s.find("columns.amount")
	if order == nil || amount == nil {
		return
	}
	o, a := r.table.named(order.Value), r.table.named(amount.Value)
	if o == nil || a == nil {
		return
	}
	if filled := s.find("fill_down"); filled != nil && slices.Contains(filled.List, a.name) {
		s.About = append(s.About, "One row is a line of an order.")
		s.add(&Decision{Key: "amount_is", Value: "order", Sure: Likely, Why: "only an order's first line has it"})
		return
	}
	orders := r.linesOf(o, a, s.columnOf("columns.product"))
	if !slices.ContainsFunc(orders, func(l ledger.OrderLines) bool { return l.Lines > 1 }) {
		s.About = append(s.About, "One row is an order: no order has two.")
		return
	}
	s.About = append(s.About, "One row is a line of an order.")
	r.noticeTotals(s)
}

// decideAmountIs says what the kind says where orders have several rows. Where it says
// nothing, a total that stands on each line shows itself: some plugins and apps write a
// line for each product into an export of orders.
func (k *kind) decideAmountIs(s *Source, tables []*table) {
	order := s.columnOf("columns.order")
	switch {
	case order != nil && order.unique(s.table):
	case len(k.AmountIs) > 0:
		s.add(k.decide("amount_is", k.AmountIs, tables...))
	default:
		(&roles{table: s.table}).noticeTotals(s)
	}
}

// noticeTotals sets amount_is where all lines of orders have one amount.
func (r *roles) noticeTotals(s *Source) {
	o, a := s.columnOf("columns.order"), s.columnOf("columns.amount")
	if o == nil || a == nil {
		return
	}
	product := s.columnOf("columns.product")
	if found := ledger.RepetitionOf(r.linesOf(o, a, product), product != nil); found.Suspicious() {
		s.add(&Decision{Key: "amount_is", Value: "order", Sure: Likely, Why: fmt.Sprintf("all lines have one amount in %d of %s with several", found.Equal, counted(int(found.Several), "order"))})
	}
}

// linesOf are the orders of the first rows with what their lines tell. What was given back
// has totals of its own and is left out.
func (r *roles) linesOf(order, amount, product *column) []ledger.OrderLines {
	at := map[string]int{}
	var first [][]string
	var orders []ledger.OrderLines
	for _, row := range r.table.look.Rows {
		id, paid := strings.TrimSpace(row[order.at]), strings.TrimSpace(row[amount.at])
		if id == "" || paid == "" || strings.ContainsAny(paid, "-−(") {
			continue
		}
		n, again := at[id]
		if !again {
			value, _ := strconv.ParseFloat(paid, 64) // 0 where it is written in another way
			at[id] = len(orders)
			first, orders = append(first, row), append(orders, ledger.OrderLines{Lines: 1, Equal: true, Amount: paid, Value: value})
			continue
		}
		o := &orders[n]
		o.Lines++
		o.Equal = o.Equal && paid == o.Amount
		o.Tells = o.Tells || product == nil || row[product.at] != first[n][product.at]
	}
	return orders
}

// fillDown fills columns that an order's lines after the first leave blank.
func (s *Source) fillDown(names []string) {
	order := s.columnOf("columns.order")
	if order == nil {
		return
	}
	var fill []string
	for _, name := range names {
		c := s.table.named(name)
		if s.kind != nil {
			c = s.kind.column(s.table, name)
		}
		if c != nil && s.table.blankBelow(order, c) {
			fill = append(fill, c.name)
		}
	}
	if len(fill) > 0 {
		s.add(&Decision{Key: "fill_down", List: fill, Why: "only an order's first line has them", Sure: Known})
	}
}

// columnOf is the column that a key is mapped to, if it is one of the source's own.
func (s *Source) columnOf(key string) *column {
	if d := s.find(key); d != nil {
		return s.table.named(d.Value)
	}
	return nil
}

// blankBelow tells whether an order's lines after the first leave a column blank that
// the first fills.
func (t *table) blankBelow(order, c *column) bool {
	blank, filled := 0, 0
	before, first := "", ""
	for _, row := range t.look.Rows {
		id, v := strings.TrimSpace(row[order.at]), strings.TrimSpace(row[c.at])
		if id == "" || id != before {
			before, first = id, v
			continue
		}
		switch {
		case first == "":
		case v == "":
			blank++
		default:
			filled++
		}
	}
	return blank > 10*filled
}

package draft

import (
	"fmt"
	"slices"
	"strings"
)

// decideAmountIs finds out whether the amount is an order's total that stands
// on each of its lines: the same on all lines of nearly every order that has
// several, while something else about the lines differs.
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
	several, same := r.repeated(o, a)
	const enough, nearlyAll = 3, 0.98
	switch {
	case several == 0:
		s.About = append(s.About, "One row is an order: no order has two.")
	case several >= enough && float64(same) >= nearlyAll*float64(several):
		s.About = append(s.About, "One row is a line of an order.")
		s.add(&Decision{Key: "amount_is", Value: "order", Sure: Likely, Why: fmt.Sprintf("%d of %s with several lines have the same amount on each", same, counted(several, "order"))})
	default:
		s.About = append(s.About, "One row is a line of an order.")
	}
}

// repeated counts the orders of several lines that differ in something, and
// those of them with one amount on all lines.
func (r *roles) repeated(order, amount *column) (several, same int) {
	type seen struct {
		row           []string
		lines         int
		other, differ bool
	}
	orders := map[string]*seen{}
	for _, row := range r.table.look.Rows {
		id := strings.TrimSpace(row[order.at])
		if id == "" {
			continue
		}
		first := orders[id]
		if first == nil {
			orders[id] = &seen{row: row, lines: 1}
			continue
		}
		first.lines++
		first.other = first.other || row[amount.at] != first.row[amount.at]
		for i := range row {
			first.differ = first.differ || row[i] != first.row[i]
		}
	}
	for _, o := range orders {
		if o.lines < 2 || !o.differ {
			continue
		}
		several++
		same += boolTo(!o.other)
	}
	return several, same
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

package night

import (
	"clientele/analytics/consent"
	"clientele/analytics/customers"
	"clientele/analytics/history"
	"clientele/analytics/publication/column"
)

// Context is what a stage is given. Columns have one entry per customer, in the order
// of Customers.ID.
type Context struct {
	Frame
	Customers *customers.Table
	// Before is the night before beside tonight's customers; nil: this is the first.
	Before *Before
	// Contact says of each customer whether a list may name them; nil: all may.
	Contact []consent.Status
}

// NewContext lays the night before, whose members have been recalled, beside tonight's
// customers.
func NewContext(f Frame, t *customers.Table) Context {
	n := Context{Frame: f, Customers: t}
	if f.Previous != nil {
		n.Before = newBefore(&f, t)
	}
	return n
}

// MayContact tells whether a list may name a customer.
func (n *Context) MayContact(customer int) bool {
	return n.Contact == nil || n.Contact[customer] == consent.Yes
}

// Before is the night before beside tonight's customers.
type Before struct {
	*history.Night
	// Was has, for each customer, the place among Members; -1: new. Where none of them has
	// the customer's id, it is that of a member who is the same person.
	Was []int
	// Joined are the members who are published under another id tonight, in order of id.
	Joined []Joined
	// Gone are the places of the members who are not in tonight's list, under no id.
	Gone []int
	// Idle are the customers who have neither bought nor returned anything since.
	Idle []bool
}

func newBefore(f *Frame, t *customers.Table) *Before {
	of := f.Previous
	b := &Before{Night: of, Idle: make([]bool, t.Len())}
	b.Was, b.Joined, b.Gone = f.Match(of.Members, t.ID)
	orders, net := of.Members.Counts(column.Orders), of.Members.Amounts(column.Net)
	if orders == nil || net == nil {
		return b
	}
	for i, at := range b.Was {
		b.Idle[i] = at >= 0 && orders[at] == t.Orders[i] && net[at] == t.Net[i]
	}
	return b
}

// Recalled are the columns of the night before that it takes to lay it beside tonight's
// customers.
var Recalled = []*column.Column{column.FirstDay, column.Orders, column.Net}

// RecencyDays are the days since each customer's last purchase.
func (n *Context) RecencyDays() []float64 {
	today := n.Today()
	days := make([]float64, n.Customers.Len())
	for i, last := range n.Customers.LastDay {
		days[i] = float64(today - last)
	}
	return days
}

package interests

import (
	"cmp"
	"slices"
	"strings"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/segment/interest"
)

// Result is the lost interests of a night.
type Result struct {
	// Lost has, for each customer, the names of what is lost, joined by semicolons.
	Lost []string

	levels  []level
	found   []finding // in the order of customer, category and product
	windows windows
	ids     []string
	contact func(customer int) bool // whether a list may name a customer; nil: all
	segment []string                // of each customer; nil: there are none

	categories []categoryShare // of each segment; nil: no category is mapped, or there are no segments
}

// level is what was tested by category or by product.
type level struct {
	of     string // category or product
	bought *customers.Interests
	result interest.Result
}

// finding is a row of interests.csv.
type finding struct {
	interest.Loss

	level             int   // among Result.levels
	customer          int32 // a row of the Table
	thing             int32 // among the level's
	category, product string
	to                string // the sibling that took its place; empty: the interest is lost
	since             int32  // last day with it
}

// kind is what became of an interest.
func (f finding) kind() string {
	if f.to == "" {
		return "lost"
	}
	return "switched"
}

// Run finds who has lost interest in what: in categories, and in products where they are
// mapped. segment is the named segment of each customer; nil: there are none. The result
// is nil where the stage is off, or nothing is mapped that could be lost.
func Run(n night.Context, segment []string) (*Result, error) {
	t := n.Customers
	if t.Categories == nil && t.Products == nil {
		if s := n.Job.Stages; s != nil && !s.Interests.Off && s.Interests != job.DefaultInterests() {
			n.Warn("warning.interests_unmapped")
		}
		return nil, nil //nolint:nilnil // a stage that is off has no result
	}
	r := &Result{windows: windowsOf(&n.Frame), ids: t.ID, segment: segment, contact: n.MayContact}
	rules := n.Job.Stages.Interests.Rules()
	for _, l := range []level{{of: "category", bought: t.Categories}, {of: "product", bought: t.Products}} {
		if l.bought == nil {
			continue
		}
		var err error
		if l.result, err = interest.Find(&l.bought.Input, rules, n.Threads); err != nil {
			return nil, err
		}
		r.add(l, rules)
	}
	slices.SortFunc(r.found, inOrder)
	if t.Categories != nil {
		r.categories = categoryShares(t.Bought, t.Categories.Things, segment)
	}
	r.Lost = namesOf(r.found, t.Len())
	return r, nil
}

// add adds the findings of a level. Where products come after categories, a
// product goes without saying for a customer who has lost its whole category.
func (r *Result) add(l level, rules interest.Rules) {
	type lost struct {
		customer int32
		category string
	}
	gone := map[lost]bool{}
	for _, before := range r.found {
		gone[lost{before.customer, before.category}] = true
	}
	siblings := l.bought.Input.Siblings(l.result.Lost, rules)
	for i, loss := range l.result.Lost {
		f := l.finding(loss, siblings[i], len(r.levels))
		if !gone[lost{f.customer, f.category}] {
			r.found = append(r.found, f)
		}
	}
	r.levels = append(r.levels, l)
}

// finding names what a customer has lost, and the pair that took its place.
func (l level) finding(loss interest.Loss, sibling, number int) finding {
	b := l.bought
	pair := b.Input.Pairs[loss.Pair]
	f := finding{
		Loss: loss, level: number, customer: b.Customer[pair.Customer], thing: pair.Thing,
		category: b.Things[pair.Thing], since: b.LastDay[loss.Pair],
	}
	if number > 0 { // a product under a category
		f.category, f.product = b.Parent(pair.Thing), f.category
	}
	if sibling != interest.NoParent {
		f.to = b.Things[b.Input.Pairs[sibling].Thing]
	}
	return f
}

// inOrder orders by customer (the Table is in order of id), category and product.
func inOrder(a, b finding) int {
	return cmp.Or(cmp.Compare(a.customer, b.customer), strings.Compare(a.category, b.category), strings.Compare(a.product, b.product))
}

// namesOf are the categories that each customer has lost or, where only products are
// mapped, the products. A semicolon within a name becomes a comma.
func namesOf(found []finding, customers int) []string {
	lost := make([]string, customers)
	for _, f := range found {
		if f.level > 0 {
			continue
		}
		name := strings.ReplaceAll(f.category, ";", ",")
		if lost[f.customer] != "" {
			name = lost[f.customer] + ";" + name
		}
		lost[f.customer] = name
	}
	return lost
}

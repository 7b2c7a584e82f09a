package analytics

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"clientele/analytics/customers"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
	"clientele/segment/interest"
)

// interests are the lost interests of a night.
type interests struct {
	levels []interestLevel
	found  []interestFinding // in the order of customer, category and product
	lost   []string          // of each customer, the names joined by semicolons
}

// interestLevel is what was tested by category or by product.
type interestLevel struct {
	of     string // category or product
	bought *customers.Interests
	result interest.Result
}

// interestFinding is a row of interests.csv.
type interestFinding struct {
	interest.Loss

	level             int   // among interests.levels
	customer          int32 // a row of the Table
	thing             int32 // among the level's
	category, product string
	to                string // the sibling that took its place; empty: the interest is lost
	since             int32  // last day with it
}

// kind is what became of an interest.
func (f interestFinding) kind() string {
	if f.to == "" {
		return "lost"
	}
	return "switched"
}

// interestRequest is what the job needs for its lost interests.
func (n *night) interestRequest(plan *ledger.Plan) customers.InterestRequest {
	if n.keepDays || !plan.HasCategory && !plan.HasProduct {
		return customers.InterestRequest{}
	}
	rule := n.job.Stages.Interests
	r := customers.InterestRequest{
		Category: plan.HasCategory, Product: plan.HasProduct, From: n.interestsFrom(), FalseDiscoveries: rule.FalseDiscoveries,
	}
	for k, span := range n.interestSpans() {
		r.RecentFrom[k] = n.asOf.AddDate(0, 0, 1-span)
	}
	return r
}

// interestsFrom is the first day that the tests look at.
func (n *night) interestsFrom() time.Time {
	from := firstDayOf(n.job.Stages.Interests.Window, n.asOf)
	if from.Before(n.account.FirstDay) {
		return n.account.FirstDay
	}
	return from
}

// interestSpans are the days of each window of recent days.
func (n *night) interestSpans() [interest.Windows]int {
	days := int(epochDays(n.asOf)-epochDays(n.interestsFrom())) + 1
	return interest.Spans(days, n.job.Stages.Interests.Recent)
}

// interest finds who has lost interest in what: in categories, and in products
// where they are mapped.
func (n *night) interest(workers int) error {
	t := n.customers
	if t.Categories == nil && t.Products == nil {
		if s := n.job.Stages; s != nil && !s.Interests.Off && s.Interests != job.DefaultInterests() {
			n.warn("interests: stages.interests is set, but no source maps category or product, so that no interest can be lost")
		}
		return nil
	}
	found := &interests{lost: make([]string, t.Len())}
	rules := n.job.Stages.Interests.Rules()
	for _, level := range []interestLevel{{of: "category", bought: t.Categories}, {of: "product", bought: t.Products}} {
		if level.bought == nil {
			continue
		}
		var err error
		if level.result, err = interest.Find(&level.bought.Input, rules, workers); err != nil {
			return err
		}
		found.add(level, rules)
	}
	slices.SortFunc(found.found, compareFindings)
	found.name()
	n.interests = found
	return nil
}

// add adds the findings of a level. Where products come after categories, a
// product goes without saying for a customer who has lost its whole category.
func (f *interests) add(level interestLevel, rules interest.Rules) {
	type interest struct {
		customer int32
		category string
	}
	gone := map[interest]bool{}
	for _, before := range f.found {
		gone[interest{before.customer, before.category}] = true
	}
	b := level.bought
	siblings := b.Input.Siblings(level.result.Lost, rules)
	for i, lost := range level.result.Lost {
		row := level.finding(lost, siblings[i], len(f.levels))
		if !gone[interest{row.customer, row.category}] {
			f.found = append(f.found, row)
		}
	}
	f.levels = append(f.levels, level)
}

// finding names what a customer has lost, and the pair that took its place.
func (l interestLevel) finding(lost interest.Loss, sibling, number int) interestFinding {
	b := l.bought
	pair := b.Input.Pairs[lost.Pair]
	f := interestFinding{
		Loss: lost, level: number, customer: b.Customer[pair.Customer], thing: pair.Thing,
		category: b.Things[pair.Thing], since: b.LastDay[lost.Pair],
	}
	if number > 0 { // a product under a category
		f.category, f.product = b.Parent(pair.Thing), f.category
	}
	if sibling != interest.NoParent {
		f.to = b.Things[b.Input.Pairs[sibling].Thing]
	}
	return f
}

// compareFindings orders by customer (the Table is in order of id), category
// and product.
func compareFindings(a, b interestFinding) int {
	return cmp.Or(cmp.Compare(a.customer, b.customer), strings.Compare(a.category, b.category), strings.Compare(a.product, b.product))
}

// name fills the column lost_interest: the categories that a customer has lost
// or, where only products are mapped, the products. A semicolon within a name
// becomes a comma.
func (f *interests) name() {
	for _, x := range f.found {
		if x.level > 0 {
			continue
		}
		name := strings.ReplaceAll(x.category, ";", ",")
		if f.lost[x.customer] != "" {
			name = f.lost[x.customer] + ";" + name
		}
		f.lost[x.customer] = name
	}
}

package hierarchy

import (
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/internal/forest"
	"clientele/internal/money"
	"clientele/internal/wording"
)

// Needs are what the stage takes of others.
type Needs struct {
	// Past and Future are what customers are worth; nil: lifetime values are off, or there is
	// no model.
	Past, Future []float64
	// Members are those of whom accounts consist, where the account at the top is the customer.
	Members []Member
}

// Result is what the stage found.
type Result struct {
	night  night.Context
	needs  Needs
	listed []int // accounts by their places, but for those who turned out to be alone
	rolled Rolled
}

// Run rolls the value of customers up; nil where no source says who stands above whom.
func Run(n night.Context, needs Needs) *Result {
	found := n.Accounts
	if found == nil {
		return nil
	}
	r := &Result{night: n, needs: needs}
	for at, alone := range found.Alone() {
		if !alone {
			r.listed = append(r.listed, at)
		}
	}
	if n.Job.ByTop() {
		r.needs.Members = r.known(needs.Members)
	} else {
		r.rolled = RollUp(found, n.Customers.ID, r.sumsOf)
	}
	if found.Circular > 0 {
		n.Warn("warning.accounts_circular", "accounts", wording.Plain(found.Circular))
	}
	return r
}

// sumsOf is what a customer comes to.
func (r *Result) sumsOf(customer int) Sums {
	t := r.night.Customers
	s := Sums{Customers: 1, Orders: t.Orders[customer], Spend: t.Net[customer]}
	if r.needs.Past != nil {
		s.Past = money.FromFloat(r.needs.Past[customer])
	}
	if r.needs.Future != nil {
		s.Future = money.FromFloat(r.needs.Future[customer])
	}
	return s
}

// Counts sums it up; nil where the stage is off.
func (r *Result) Counts() *publication.Hierarchy {
	if r == nil {
		return nil
	}
	found := r.night.Accounts
	h := &publication.Hierarchy{Level: publication.LevelCustomer, Circular: found.Circular, Several: found.Several, Deepest: int64(found.Deepest())}
	for _, at := range r.listed {
		h.Accounts++
		if found.Above[at] == forest.None {
			h.Tops++
		}
		if !r.night.Job.ByTop() && r.rolled.Own[at].Customers == 0 {
			h.Indirect++
		}
	}
	if r.night.Job.ByTop() {
		h.Level = publication.LevelTop
		h.Accounts, h.Indirect = r.counted()
	}
	return h
}

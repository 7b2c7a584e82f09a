package referrals

import (
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/forest"
	"clientele/internal/money"
	"clientele/internal/wording"
)

// Needs are what the stage takes of others.
type Needs struct {
	// Said is who is said to have brought whom, on the first day on which it is said; nil: no
	// source maps referrers.
	Said []forest.Said
	// CLV is what customers are worth, past and future; nil: lifetime values are off.
	CLV []float64
}

// Result has one entry per customer in each column.
type Result struct {
	transfer
	brought forest.Forest
	stated  bool // the job has a rule of its own, and wants to see more
}

// Run moves what referred customers are worth to those above them; nil where no source maps
// referrers, or lifetime values are off.
func Run(n night.Context, needs Needs) *Result {
	if needs.Said == nil || needs.CLV == nil {
		return nil
	}
	// Who brought a customer did so once: of several the first counts.
	r := &Result{brought: forest.Decide(n.Customers.Len(), needs.Said, forest.First), stated: n.Job.Referral != nil}
	r.transfer = transferOf(needs.CLV, r.brought, n.Job.Referrals())
	if r.brought.Unknown > 0 {
		n.Warn("warning.referrer_unknown", "customers", wording.Plain(r.brought.Unknown))
	}
	if r.brought.Circular > 0 {
		n.Warn("warning.referrals_circular", "customers", wording.Plain(r.brought.Circular))
	}
	return r
}

// Columns are what the stage says of each customer.
func (r *Result) Columns() publication.Columns {
	value := func(i int) money.Amount { return r.Credit[i].Minus(r.Debit[i]) }
	all := publication.Columns{column.ReferralValue: publication.AmountsAt(len(r.Credit), value)}
	if r.stated {
		all[column.ReferralCredit] = publication.Amounts(r.Credit)
		all[column.ReferredCustomers] = publication.Counts(r.Below)
	}
	return all
}

// Counts sums it up; nil where the stage is off.
func (r *Result) Counts() *publication.Referrals {
	if r == nil {
		return nil
	}
	b := r.brought
	out := &publication.Referrals{Unknown: b.Unknown, Self: b.Self, Circular: b.Circular, Several: b.Several}
	for _, s := range r.steps {
		out.Value = out.Value.Plus(s.Value)
	}
	out.Referred = r.steps[0].Customers
	if r.stated {
		out.Steps = r.steps
	}
	above := map[int]bool{}
	for _, by := range b.Above {
		if by != forest.None {
			above[by] = true
		}
	}
	out.Referrers = int64(len(above))
	return out
}

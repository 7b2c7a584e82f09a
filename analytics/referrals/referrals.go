package referrals

import (
	"clientele/analytics/night"
	"clientele/analytics/publication"
	"clientele/analytics/publication/column"
	"clientele/internal/money"
	"clientele/internal/wording"
)

// Needs are what the stage takes of others.
type Needs struct {
	// Said is who is said to have brought whom; nil: no source maps referrers.
	Said []Said
	// CLV is what customers are worth, past and future; nil: lifetime values are off.
	CLV []float64
}

// Result has one entry per customer in each column.
type Result struct {
	Value []money.Amount // credit for those brought, less the debit of who was brought

	links
	moved money.Amount
}

// Run moves what referred customers are worth to who brought them; nil where no source
// maps referrers, or lifetime values are off.
//
// The transfer is of one level: what the friend of a friend is worth goes to the friend.
// A referred customer who has cost more than they bring is a debit of the referrer's.
func Run(n night.Context, needs Needs) *Result {
	if needs.Said == nil || needs.CLV == nil {
		return nil
	}
	r := &Result{Value: make([]money.Amount, n.Customers.Len()), links: linksOf(n.Customers.Len(), needs.Said)}
	share := float64(n.Job.CLV.ReferralShare)
	for i, referrer := range r.referrer {
		if referrer == Unknown {
			continue
		}
		worth := money.FromFloat(share * needs.CLV[i])
		r.Value[referrer] = r.Value[referrer].Plus(worth)
		r.Value[i] = r.Value[i].Minus(worth)
		r.moved = r.moved.Plus(worth)
	}
	if r.unknown > 0 {
		n.Warn("warning.referrer_unknown", "customers", wording.Plain(r.unknown))
	}
	if r.circular > 0 {
		n.Warn("warning.referrals_circular", "customers", wording.Plain(r.circular))
	}
	return r
}

// Columns are what the stage says of each customer.
func (r *Result) Columns() publication.Columns {
	return publication.Columns{column.ReferralValue: publication.Amounts(r.Value)}
}

// Counts sums it up; nil where the stage is off.
func (r *Result) Counts() *publication.Referrals {
	if r == nil {
		return nil
	}
	out := &publication.Referrals{Value: r.moved, Unknown: r.unknown, Self: r.self, Circular: r.circular, Several: r.several}
	brought := map[int]bool{}
	for _, referrer := range r.referrer {
		if referrer != Unknown {
			out.Referred++
			brought[referrer] = true
		}
	}
	out.Referrers = int64(len(brought))
	return out
}

package referrals

import (
	"clientele/analytics/job"
	"clientele/analytics/publication"
	"clientele/internal/forest"
	"clientele/internal/money"
)

// transfer is what went from customers to those above them.
type transfer struct {
	Credit []money.Amount // what came of those below
	Debit  []money.Amount // what went to those above
	Below  []int64        // customers so many steps below, at most, as the rule says

	steps []publication.ReferralStep
}

// transferOf moves value up. The amount of each step is rounded once, and is a credit and a
// debit alike. A customer who has cost more than they bring is a debit of those above.
//
// Each step takes its share of what the customer is worth of their own: nobody is credited
// with less because they were brought themselves.
func transferOf(worth []float64, brought forest.Forest, rule job.Referral) transfer {
	t := transfer{
		Credit: make([]money.Amount, len(worth)), Debit: make([]money.Amount, len(worth)), Below: make([]int64, len(worth)),
		steps: make([]publication.ReferralStep, rule.Depth),
	}
	for step := range t.steps {
		t.steps[step] = publication.ReferralStep{Step: int64(step + 1), Share: rule.At(step + 1)}
	}
	for i := range worth {
		at := i
		for step := range t.steps {
			if at = brought.Above[at]; at == forest.None {
				break
			}
			s := &t.steps[step]
			amount := money.FromFloat(s.Share * worth[i])
			t.Credit[at], t.Debit[i] = t.Credit[at].Plus(amount), t.Debit[i].Plus(amount)
			t.Below[at]++
			s.Customers++
			s.Value = s.Value.Plus(amount)
		}
	}
	return t
}

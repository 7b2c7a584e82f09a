package analytics

import (
	"cmp"
	"math"
	"slices"

	"clientele/analytics/ledger"
	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/segment/lifecycle"
)

// atRisk is what is at stake with each customer: NaN where nothing is known.
type atRisk struct {
	formerPace []float64 // value ahead, were the customer to go on at the former pace
	value      []float64 // that less the future value, not below 0
}

// values is what is at stake with each customer; nil where nothing is known of any.
func (r *atRisk) values() []float64 {
	if r == nil {
		return nil
	}
	return r.value
}

// weighRisk works out what customers would be worth at their former pace. What is left
// of that is the future value.
func (n *night) weighRisk() error {
	w := n.worth
	if n.stages == nil || !w.Modelled() {
		return nil
	}
	r := &atRisk{formerPace: w.AtPace(n.stages.FormerRate), value: make([]float64, n.customers.Len())}
	for i, former := range r.formerPace {
		r.value[i] = math.Round(max(0, former-w.Future[i])*1e6) / 1e6
	}
	n.atRisk = r
	return nil
}

// slipping are the customers in decline or watched, those with most at stake first.
func (n *night) slipping() []int {
	if n.atRisk == nil {
		return nil
	}
	var all []int
	for i, stage := range n.stages.Stage {
		if stage == lifecycle.Declining || n.stages.Decline[i] == lifecycle.DeclineWatch {
			all = append(all, i)
		}
	}
	stake := func(i int) float64 {
		if v := n.atRisk.value[i]; !math.IsNaN(v) {
			return v
		}
		return 0
	}
	slices.SortStableFunc(all, func(a, b int) int { return cmp.Compare(stake(b), stake(a)) })
	return all
}

// writeAtRisk stages the list of who is slipping and what is at stake.
func (n *night) writeAtRisk(place *publish.Staging) error {
	if n.atRisk == nil {
		return nil
	}
	order := n.slipping()
	s := n.stages
	rank := make([]int64, len(order))
	for i := range rank {
		rank[i] = int64(i + 1)
	}
	tier := publication.TextsAt(n.customers.Len(), func(int) string { return "" })
	if n.tiers != nil {
		tier = n.tierNames()
	}
	return writeColumns(place, publication.AtRiskFile, []publish.Col{
		{Name: "rank", Values: rank},
		publication.Texts(n.customers.ID).Of("customer_id", order),
		publication.Texts(s.Stage).Of("stage", order),
		tier.Of("tier", order),
		publication.Numbers(s.Momentum).Of("momentum", order),
		publication.Numbers(n.worth.PNext).Of("p_next", order),
		publication.Numbers(n.atRisk.formerPace).Of("value_at_former_pace", order),
		publication.Numbers(n.worth.Future).Of("future_value", order),
		publication.Numbers(n.atRisk.value).Of("value_at_risk", order),
		publication.Days(n.customers.LastDay).Of("last_day", order),
		publication.Numbers(s.UsualGap).Of("usual_gap_days", order),
		publication.Texts(s.Reasons).Of("reasons", order),
	}, csvFor(n.job))
}

func (n *night) atRiskTotal() *AtRiskTotal {
	if n.atRisk == nil {
		return nil
	}
	t := &AtRiskTotal{}
	for _, i := range n.slipping() {
		t.Customers++
		if v := n.atRisk.value[i]; !math.IsNaN(v) {
			t.Value = t.Value.Plus(ledger.MoneyFromFloat(v))
		}
	}
	return t
}

func (n *night) churn() *ChurnBands {
	if !n.worth.Modelled() {
		return nil
	}
	b := &ChurnBands{}
	for _, p := range n.worth.PNext {
		switch {
		case p > 2./3:
			b.Low++
		case p < 1./3:
			b.High++
		default:
			b.Middle++
		}
	}
	return b
}

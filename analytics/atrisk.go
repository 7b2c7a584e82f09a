package analytics

import (
	"cmp"
	"math"
	"slices"

	"clientele/analytics/ledger"
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
	tier := publish.Col{Name: "tier", Values: make([]string, len(order))}
	if n.tiers != nil {
		tier = publish.Col{Name: "tier", Values: ranked(order, n.tiers.Level, n.tierName)}
	}
	return writeColumns(place, "at_risk.csv", []publish.Col{
		{Name: "rank", Values: rank},
		texts("customer_id", order, n.customers.ID),
		{Name: "stage", Values: ranked(order, s.Stage, asText[lifecycle.Stage])},
		tier,
		numbers("momentum", order, s.Momentum),
		numbers("p_next", order, n.worth.PNext),
		numbers("value_at_former_pace", order, n.atRisk.formerPace),
		numbers("future_value", order, n.worth.Future),
		numbers("value_at_risk", order, n.atRisk.value),
		{Name: "last_day", Values: ranked(order, n.customers.LastDay, calendarDay)},
		numbers("usual_gap_days", order, s.UsualGap),
		texts("reasons", order, s.Reasons),
	}, csvFor(n.job))
}

// AtRiskTotal is what at_risk.csv comes to.
type AtRiskTotal struct {
	Customers int64        `json:"customers"`
	Value     ledger.Money `json:"value"` // at risk
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

// ChurnBands count customers by the risk that they do not buy within 91 days, which is
// 1 - p_next: below a third, above two thirds, and between.
type ChurnBands struct {
	Low    int64 `json:"low"`
	Middle int64 `json:"middle"`
	High   int64 `json:"high"`
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

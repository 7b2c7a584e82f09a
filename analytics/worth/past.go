package worth

import (
	"fmt"

	"clientele/analytics/night"
	"clientele/analytics/worth/acquisition"
	"clientele/analytics/worth/valuation"
)

// margin is the share of spend that is profit: what the mapped costs leave of
// all that was sold or, without them, as the job file says.
func margin(n night.Context) float64 {
	if !n.HasCost {
		return n.Job.CLV.Margin
	}
	var net, cost float64
	for i := range n.Customers.ID {
		net += n.Customers.Net[i].Float()
		cost += n.Customers.Cost[i].Float()
	}
	if net <= 0 || cost >= net {
		n.Warn("warning.costs_high", "cost", fmt.Sprintf("%.2f", cost), "net", fmt.Sprintf("%.2f", net))
		return 0
	}
	return (net - cost) / net
}

// pastValue is margin less costs so far; won is what winning each customer cost. Where costs
// are mapped, the margin is what they leave.
func pastValue(n night.Context, won acquisition.Costs) []float64 {
	rules := valuation.SoFar(n.Job.CLV, n.HasCost)
	t, today := n.Customers, n.Today()
	past := make([]float64, t.Len())
	for i := range past {
		earned := t.Net[i]
		if n.HasCost {
			earned = earned.Minus(t.Cost[i])
		}
		past[i] = rules.Winning(won.Of(i)).Past(earned, t.Orders[i], today-t.FirstDay[i])
	}
	return past
}

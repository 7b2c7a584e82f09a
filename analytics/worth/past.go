package worth

import (
	"fmt"

	"clientele/analytics/job"
	"clientele/analytics/night"
	"clientele/clv"
	"clientele/internal/money"
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

// prices are the job's costs for clv.
func prices(c *job.CLV, margin float64) clv.Prices {
	return clv.Prices{
		Margin:       margin,
		PerOrder:     c.Costs.PerOrder,
		PerYearAlive: c.Costs.PerYearAlive,
		Acquisition:  c.Costs.Acquisition,
		UnitsPerYear: daysPerYear / c.Unit.Days(),
	}
}

// pastValue is margin less costs so far. Where costs are mapped, the margin is
// what they leave.
func pastValue(n night.Context) []float64 {
	p := prices(n.Job.CLV, n.Job.CLV.Margin)
	if n.HasCost {
		p.Margin = 1
	}
	t, today := n.Customers, n.Today()
	past := make([]float64, t.Len())
	for i := range past {
		earned := t.Net[i]
		if n.HasCost {
			earned = earned.Minus(t.Cost[i])
		}
		years := float64(today-t.FirstDay[i]) / daysPerYear
		past[i] = money.Round(clv.PastValue(p, earned.Float(), float64(t.Orders[i]), years))
	}
	return past
}

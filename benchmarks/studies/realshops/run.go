package main

import (
	"clientele/benchmarks/studies/published"
	"clientele/internal/calendar"
)

// future is a night and what its customers did after it.
type future struct {
	night published.Night
	days  int32
	// By customer, in the night's order:
	bought []float64 // purchases within the days
	spent  []float64 // net
	count  []float64 // chance of that many purchases; nil without a model
	any    []float64 // chance of any purchase; nil without a model
}

func (v visits) future(n published.Night, days int32) future {
	f := future{night: n, days: days, bought: make([]float64, len(n.Customers)), spent: make([]float64, len(n.Customers))}
	for i, c := range n.Customers {
		f.bought[i], f.spent[i] = v.between(c.ID, n.Day, n.Day+days)
	}
	f.count, f.any = n.Model.Chances(n.Customers, float64(days), f.bought, 1)
	return f
}

// judge asks all that a night can be asked.
func (v visits) judge(n published.Night, days int32) run {
	f := v.future(n, days)
	r := run{
		Origin: calendar.Format(n.Day), Days: days, Model: n.Model.Name, Refused: n.Refused, Customers: len(n.Customers),
		Money: f.total(), Purchases: f.purchases(), Intervals: f.intervals(), Return: v.returning(f), SpendRank: f.spendRank(),
		AtRisk: f.atRisk(),
	}
	if days == quarter {
		p := f.paces()
		r.Lists, r.Paces, r.Stages = f.lists(p), f.paceBins(p), f.stages()
	}
	return r
}

// column is one number of each customer.
func (f future) column(of func(c published.Customer) float64) []float64 {
	out := make([]float64, len(f.night.Customers))
	for i, c := range f.night.Customers {
		out[i] = of(c)
	}
	return out
}

package lifecycle

import (
	"clientele/analytics/customers"
	"clientele/analytics/lifecycle/outlook"
	"clientele/analytics/night"
	"clientele/internal/idhash"
	stages "clientele/segment/lifecycle"
)

// Needs are what the stage takes of the lifetime models; nothing where there are none.
type Needs struct {
	PAlive  []float64
	Weights func(day int32) map[string]float64 // of the models on a day
}

// Result has one entry per customer in each column.
type Result struct {
	stages.Result

	// Record is what the next night goes on from.
	Record *stages.Record
}

// Ask says what stages need of each customer.
func Ask(f *night.Frame, r *customers.Request) {
	if f.Job.Stages != nil {
		r.KeepSpend = true // they look at single days
	}
}

// Run follows every customer through the nights since the last publication, one by one;
// nil where the stage is off.
func Run(n night.Context, needs Needs) (*Result, error) {
	if n.Job.Stages == nil {
		return nil, nil //nolint:nilnil // a stage that is off has no result
	}
	t := n.Customers
	p := stages.Purchases{Days: t.Days, Start: t.DayStart, Spend: t.DaySold, Key: idhash.All(t.ID)}
	of := stages.Tracker{
		Rules:      n.Job.Stages.Rules(),
		Forecaster: outlook.Models{Weights: needs.Weights, Workers: n.Threads},
		Workers:    n.Threads,
		Say:        n.Say(),
	}
	before, err := recall(n)
	if err != nil {
		return nil, err
	}
	r := &Result{}
	if r.Record, err = of.Follow(p, before, n.Today()); err != nil {
		return nil, err
	}
	r.Result, err = of.Describe(p, r.Record, needs.PAlive)
	return r, err
}

package analytics

import (
	"math"

	"clientele/analytics/job"
	"clientele/segment"
)

// tier gives every customer a level of the loyalty programme.
func (n *night) tier() error {
	if n.job.Tiers == nil {
		return nil
	}
	result, err := segment.AssignTiers(levels(n.job.Tiers.Levels), n.customers.ID, n.metrics())
	if err != nil {
		return err
	}
	n.tiers = &result
	return nil
}

func levels(from []job.Level) []segment.Level {
	out := make([]segment.Level, len(from))
	for i, l := range from {
		out[i].Name = l.Name
		for _, metric := range job.Metrics() {
			if least, ok := l.Qualify[metric]; ok {
				out[i].Qualify = append(out[i].Qualify, segment.Threshold{Metric: metric, AtLeast: least})
			}
		}
		if l.Limit != nil {
			out[i].Limit = &segment.Limit{Share: l.Limit.Share, Count: l.Limit.Count, By: l.Limit.By}
		}
	}
	return out
}

// metrics are the numbers by which tiers are earned, by the names of the job
// file. Spend, orders and purchase days are those in the tiers' window.
func (n *night) metrics() map[string][]float64 {
	t := n.customers
	m := map[string][]float64{
		"spend":         amounts(t.TierNet),
		"orders":        floats(t.TierOrders),
		"purchase_days": floats(t.TierPurchaseDays),
	}
	if n.job.RFM != nil {
		m["frequency"], m["monetary"] = floats(t.RFMOrders), amounts(t.RFMNet)
		m["r"], m["f"], m["m"] = scoreColumn(n.scores.R), scoreColumn(n.scores.F), scoreColumn(n.scores.M)
	}
	if w := n.worth; w != nil {
		m["clv"], m["past_value"], m["future_value"] = w.clv, w.past, w.future
		if w.modelled {
			m["p_alive"], m["expected_purchases"] = w.pAlive, w.expected
		} else {
			m["p_alive"], m["expected_purchases"] = unknown(t.Len()), unknown(t.Len())
		}
	}
	return m
}

func scoreColumn(scores []int8) []float64 {
	f := make([]float64, len(scores))
	for i, s := range scores {
		f[i] = float64(s)
	}
	return f
}

func unknown(n int) []float64 {
	f := make([]float64, n)
	for i := range f {
		f[i] = math.NaN()
	}
	return f
}

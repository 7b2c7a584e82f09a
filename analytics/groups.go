package analytics

import (
	"math"

	"clientele/analytics/job"
	"clientele/segment"
)

// stage places every customer in a stage of the relationship.
func (n *night) stage(workers int) error {
	if n.job.Stages == nil {
		return nil
	}
	h := n.history()
	rhythm, err := segment.FitRhythm(h)
	if err != nil {
		return err
	}
	result, err := segment.Stages(h, stageRules(n.job.Stages), rhythm, workers)
	if err != nil {
		return err
	}
	n.rhythm, n.stages = rhythm, &result
	return nil
}

// stageRules are the job's thresholds for segment.
func stageRules(s *job.Stages) segment.StageRules {
	r := segment.DefaultStageRules()
	r.FormationDays = s.Formation.PurchaseDays
	r.StabilityDays = s.Stability.PurchaseDays
	r.StabilityTenureDays = s.Stability.Tenure.Days()
	r.SpendCV = s.Stability.SpendCV
	r.Alpha, r.WatchAlpha = s.Decline.Alpha, s.Decline.WatchAlpha
	r.LostSilenceDays = s.Lost.Silence.Days()
	r.LostPAlive = s.Lost.PAlive
	return r
}

// history is what the stages need of each customer.
func (n *night) history() segment.History {
	t, today := n.customers, epochDays(n.asOf)
	size := t.Len()
	h := segment.History{
		PurchaseDays: make([]int32, size), TenureDays: make([]int32, size),
		ActiveDays: make([]int32, size), SilenceDays: make([]int32, size),
		FirstGapDays: make([]int32, size), SecondGapDays: make([]int32, size),
		SumSquaredGaps: floats(t.SumSquaredGaps), SumRepeatDays: make([]float64, size),
		SpendMean: make([]float64, size), SpendSD: make([]float64, size),
	}
	if n.worth != nil {
		h.PAlive = n.worth.pAlive
	}
	for i := range size {
		days := t.PurchaseDays[i]
		h.PurchaseDays[i] = int32(days)
		h.TenureDays[i] = today - t.FirstDay[i]
		h.ActiveDays[i] = t.LastDay[i] - t.FirstDay[i]
		h.SilenceDays[i] = today - t.LastDay[i]
		h.FirstGapDays[i], h.SecondGapDays[i] = int32(t.FirstGap[i]), int32(t.SecondGap[i])
		h.SumRepeatDays[i] = float64(t.SumDays[i] - days*int64(t.FirstDay[i]))
		h.SpendMean[i], h.SpendSD[i] = spread(t.Sold[i].Float(), t.SumSquaredSold[i], float64(days))
	}
	return h
}

// spread is mean and sample standard deviation of n values from their sum and
// the sum of their squares.
func spread(sum, squares, n float64) (mean, sd float64) {
	mean = sum / n
	if n < 2 {
		return mean, 0
	}
	return mean, math.Sqrt(max(0, squares-sum*mean) / (n - 1))
}

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

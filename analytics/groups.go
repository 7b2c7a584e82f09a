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

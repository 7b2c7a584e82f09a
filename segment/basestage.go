package segment

import "math"

// steadyP is the two-sided p-value above which gaps count as neither growing
// nor shrinking.
const steadyP = 0.10

// base is the stage that customer i had reached at the last purchase.
func (j *stageJudge) base(i int) Stage {
	n := int(j.h.PurchaseDays[i])
	switch {
	case n < j.rules.FormationDays:
		return Exploration
	case n >= j.rules.StabilityDays && j.longEnough(i) && j.steadySpend(i) && j.steadyGaps(i):
		return Stability
	}
	return Formation
}

// longEnough compares the length of the relationship with the thresholds. A
// silence counts towards it only until the next purchase was due, or else
// a burst of orders would become a stable relationship by waiting.
func (j *stageJudge) longEnough(i int) bool {
	gap := j.h.meanGap(i)
	length := min(float64(j.h.TenureDays[i]), float64(j.h.ActiveDays[i])+gap)
	return length >= max(j.rules.StabilityTenureDays, 4*gap)
}

// steadySpend tells whether spend per purchase day varies little. Customers
// who brought nothing on balance are not steady.
func (j *stageJudge) steadySpend(i int) bool {
	return j.h.SpendMean[i] > 0 && j.h.SpendSD[i] <= j.rules.SpendCV*j.h.SpendMean[i]
}

func (j *stageJudge) steadyGaps(i int) bool {
	return 2*normalCDF(-math.Abs(j.h.trendDone(i, j.rhythm.K))) > steadyP
}

// meanGap is the mean gap between purchase days in days, 0 for one-time buyers.
func (h *History) meanGap(i int) float64 {
	x := h.PurchaseDays[i] - 1
	if x < 1 {
		return 0
	}
	return float64(h.ActiveDays[i]) / float64(x)
}

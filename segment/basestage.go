package segment

import "math"

// steadyP is the two-sided p-value above which gaps count as neither growing
// nor shrinking.
const steadyP = 0.10

// base is the stage that the purchases on days reach, of which the last is
// today's. Stability is entered, and left, only when two purchases in
// succession say so.
func (c *course) base(days []int32, spend []float64, l *Life) Stage {
	if len(days) < c.rules.FormationDays {
		return Exploration
	}
	c.spell.begin(&c.line, days, l)
	n := len(c.spell.days)
	spend = spendSince(spend, len(days), n)
	now, before := c.steady(spend, n), c.steady(spend, n-1)
	if now && before || (now || before) && l.Base == Stability {
		return Stability
	}
	return Formation
}

// steady tells whether the first n purchases of the spell make for stability.
func (c *course) steady(spend []float64, n int) bool {
	if n < c.rules.StabilityDays || float64(c.spell.days[n-1]-c.spell.days[0]) < c.rules.StabilitySpanDays {
		return false
	}
	return c.steadyGaps(n) && (spend == nil || c.steadySpend(spend[:n]))
}

// steadySpend tells whether spend per purchase day varies little. Customers
// who brought nothing on balance are not steady.
func (c *course) steadySpend(spend []float64) bool {
	average := mean(spend)
	squares := 0.0
	for _, v := range spend {
		squares += (v - average) * (v - average)
	}
	return average > 0 && math.Sqrt(squares/float64(len(spend)-1)) <= c.rules.SpendCV*average
}

func (c *course) steadyGaps(n int) bool {
	times := c.spell.times[:n]
	sum := 0.0
	for _, t := range times[1 : n-1] {
		sum += t - times[0]
	}
	u := laplace(float64(n-2), sum, times[n-1]-times[0], c.rhythm.K)
	return 2*normalCDF(-math.Abs(u)) > steadyP
}

// spendSince is the spend of the last of the first total purchases.
func spendSince(spend []float64, total, last int) []float64 {
	if spend == nil {
		return nil
	}
	return spend[total-last : total]
}

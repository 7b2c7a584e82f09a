package lifecycle

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
	c.begin(&c.line, days, l)
	n := len(c.spell())
	spend = spendSince(spend, len(days), n)
	now, before := c.steady(spend, n), c.steady(spend, n-1)
	if now && before || (now || before) && l.Base == Stability {
		return Stability
	}
	return Formation
}

// steady tells whether the first n purchases of the spell make for stability.
func (c *course) steady(spend []float64, n int) bool {
	if spell := c.spell(); n < c.rules.StabilityDays || float64(spell[n-1]-spell[0]) < c.rules.StabilitySpanDays {
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
	times := c.times[c.from:][:n]
	sum := 0.0
	for _, t := range times[1 : n-1] {
		sum += t - times[0]
	}
	u := laplace(float64(n-2), sum, times[n-1]-times[0], c.panel.K)
	return 2*normalCDF(-math.Abs(u)) > steadyP
}

// laplace is Laplace's statistic for events 0 < s_1 ≤ … ≤ s_n within (0, span],
// given their number and sum:
//
//	U = (mean(s) − span/2) / (span/√(12·n)) · √k
//
// Without a trend U is close to standard normal; it is negative when events
// crowd at the beginning, that is when the rate falls. The factor √k is Lewis
// and Robinson's correction for events that are not Poisson: they divide by
// the coefficient of variation of the gaps, here that of Gamma(k) for the
// whole panel, 1/√k, because one customer's own is too noisy. It is 0, no
// trend, when there is no event or no time.
//
// Source: Cox and Lewis (1966), The Statistical Analysis of Series of Events,
// section 3.3; Lewis and Robinson (1974), Testing for a Monotone Trend in a
// Modulated Renewal Process.
func laplace(n, sum, span, k float64) float64 {
	if n < 1 || span <= 0 {
		return 0
	}
	return (sum/n - span/2) / span * math.Sqrt(12*n*k)
}

// spendSince is the spend of the last of the first total purchases.
func spendSince(spend []float64, total, last int) []float64 {
	if spend == nil {
		return nil
	}
	return spend[total-last : total]
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

// normalCDF is the distribution function of the standard normal, by erfc so
// that small tails keep their digits.
func normalCDF(u float64) float64 { return 0.5 * math.Erfc(-u/math.Sqrt2) }

package lifecycle

import "math"

// trendLevel is the two-sided level of the test for a trend in the gaps: below it a
// customer's gaps are not steady. 0.10 rather than 0.05, because here the error that
// matters is to call a customer stable whose gaps grow.
const trendLevel = 0.10

// base is the stage that the purchases on days reach; the last one is today's. Stability
// is entered and left only if two purchases in succession say so.
func (c *customer) base(days []int32, spend []float64, l *Life) Stage {
	if len(days) < c.rules.FormationDays {
		return Exploration
	}
	c.set(&c.line, days, l)
	n := len(c.sinceReturn())
	spend = spendSince(spend, len(days), n)
	now, before := c.steady(spend, n), c.steady(spend, n-1)
	if now && before || (now || before) && l.Base == Stability {
		return Stability
	}
	return Formation
}

// steady tells whether the first n purchases since the last return meet the conditions of
// stability.
func (c *customer) steady(spend []float64, n int) bool {
	if days := c.sinceReturn(); n < c.rules.StabilityDays || float64(days[n-1]-days[0]) < c.rules.StabilitySpanDays {
		return false
	}
	return c.steadyGaps(n) && (spend == nil || c.steadySpend(spend[:n]))
}

// steadySpend tells whether spend per purchase day varies little. It does not for
// customers whose spend is 0 or less in all.
func (c *customer) steadySpend(spend []float64) bool {
	average := mean(spend)
	squares := 0.0
	for _, v := range spend {
		squares += (v - average) * (v - average)
	}
	return average > 0 && math.Sqrt(squares/float64(len(spend)-1)) <= c.rules.SpendCV*average
}

// steadyGaps tells whether the gaps between the first n purchases since the last return
// have no trend, by Laplace's test.
func (c *customer) steadyGaps(n int) bool {
	times := c.times[c.from:][:n]
	sum := 0.0
	for _, t := range times[1 : n-1] {
		sum += t - times[0]
	}
	u := laplace(float64(n-2), sum, times[n-1]-times[0], c.panel.K)
	return 2*normalCDF(-math.Abs(u)) > trendLevel
}

// laplace is Laplace's statistic for n events 0 < s_1 ≤ … ≤ s_n within (0, span], given
// their number and sum:
//
//	U = (mean(s) − span/2) / (span/√(12·n)) · √k
//
// Without a trend U is close to standard normal. It is negative if events crowd at the
// beginning, that is if the rate falls. The factor √k is Lewis and Robinson's correction
// for events that are not Poisson: they divide by the coefficient of variation of the
// gaps. Here that is 1/√k, of Gamma(k) for all customers, because the coefficient of one
// customer is too uncertain. U is 0 if there is no event or no time.
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

package segment

import "math"

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

// normalCDF is the distribution function of the standard normal, by erfc so
// that small tails keep their digits.
func normalCDF(u float64) float64 { return 0.5 * math.Erfc(-u/math.Sqrt2) }

// trendOpen is Laplace's statistic of the repeats over the whole tenure: it
// sees the silence as well as the gaps.
func (h *History) trendOpen(i int, k float64) float64 {
	return laplace(float64(h.PurchaseDays[i]-1), h.SumRepeatDays[i], float64(h.TenureDays[i]), k)
}

// trendDone is Laplace's statistic of the completed gaps alone: the repeats
// but the last, over the time up to the last. The last one ends the span, so
// it carries no evidence of its own.
func (h *History) trendDone(i int, k float64) float64 {
	active := float64(h.ActiveDays[i])
	return laplace(float64(h.PurchaseDays[i]-2), h.SumRepeatDays[i]-active, active, k)
}

package segment

import "math"

// slackened tells whether the rate had been falling before the last gap began,
// rather than at once: whether purchases at ascending times, seen until now,
// are better described by a rate that falls exponentially all the time than by
// one that falls in a step.
//
// Three things must hold: the completed gaps alone had been growing (Laplace's
// test, one-sided, at grownP); the step at its best place is not more likely by
// stepLead than the slope, on the scale of log-likelihoods, where the lead makes
// up for the free place of the step, which finds steps in slopes; and a stop
// after the last purchase is not more likely by stopLead. Bounds come from
// simulation: see benchmarks/decline.
//
// Source: Cox and Lewis (1966), sections 3.3 (the test) and 3.2 (the slope).
func slackened(times []float64, now, k float64) bool {
	n := len(times) - 1 // repeats
	if n < 3 {
		return false
	}
	span := now - times[0]
	done := times[n] - times[0]
	sum := 0.0
	for _, t := range times[1:n] {
		sum += t - times[0]
	}
	grown := normalCDF(laplace(float64(n-1), sum, done, k))
	if grown > grownP {
		return false
	}
	sum += done
	step, slope := bestStep(times, now), bestSlope(float64(n), sum, span)
	stop := poissonLog(float64(n), done)
	return k*(step-slope) < stepLead && k*(stop-slope) < stopLead
}

const (
	grownP   = 0.25
	stepLead = 4
	stopLead = 3
	// shortSpell is the number of purchases since a return up to which those
	// before it count too.
	shortSpell = 6
)

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

// bestStep is the largest log-likelihood of Poisson events with one rate up to
// some event and another from it on.
func bestStep(times []float64, now float64) float64 {
	n := len(times) - 1
	best := math.Inf(-1)
	for at := 1; at <= n; at++ {
		before, after := times[at]-times[0], now-times[at]
		best = max(best, poissonLog(float64(at), before)+poissonLog(float64(n-at), after))
	}
	return best
}

// poissonLog is the largest log-likelihood of n Poisson events within span.
func poissonLog(n, span float64) float64 {
	if n == 0 || span <= 0 {
		return 0
	}
	return n*math.Log(n/span) - n
}

// bestSlope is the largest log-likelihood of n Poisson events within (0, span]
// that sum to sum, under a rate exp(α + βt):
//
//	n·ln(n·β/(e^{β·span}−1)) + β·sum − n
//
// where β solves 1/(1−e^{−β·span}) − 1/(β·span) = sum/(n·span); that rises with β.
func bestSlope(n, sum, span float64) float64 {
	place := sum / (n * span)
	lo, hi := -60.0, 60.0 // of β·span
	for range 40 {
		mid := (lo + hi) / 2
		if centre(mid) < place {
			lo = mid
		} else {
			hi = mid
		}
	}
	b := (lo + hi) / 2
	scale := 1.0
	if math.Abs(b) > 1e-6 {
		scale = b / math.Expm1(b)
	}
	return n*math.Log(n/span*scale) + b*place*n - n
}

// centre is where events lie on the average, between 0 and 1, at a slope b.
func centre(b float64) float64 {
	if math.Abs(b) < 1e-4 {
		return 0.5 + b/12
	}
	return 1/-math.Expm1(-b) - 1/b
}

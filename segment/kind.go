package segment

import "math"

// slackened tells whether the rate of purchases, at ascending times and seen until
// now, had been falling little by little rather than at once: whether the
// purchases after the first are better explained by a rate that falls all the
// time, exponentially or in a straight line, than by one that falls in a step or
// stops.
//
// For a rate λ·f(u) at the share u of the time seen, the n repeats at u_1 … u_n
// have the marginal likelihood, with a flat prior of ln λ,
//
//	Π f(u_i) / (∫ f)^n
//
// up to a factor that all f share. It is averaged over the shapes of each kind,
// and the logarithm of the ratio compared with slackLead, which leans towards
// sudden as far as simulation showed both kinds to be told equally well: see
// benchmarks/decline. For gaps ~ Gamma(k) with k < 1, which come in bursts, the
// ratio counts k-fold: they say as much as k times as many of a Poisson buyer.
//
// Source: Cox and Lewis (1966), The Statistical Analysis of Series of Events,
// section 3.2, for conditioning on n; Raftery and Akman (1986), Bayesian Analysis
// of a Poisson Process with a Change-Point, Biometrika 73(1), for the step.
func slackened(times []float64, now, k float64) bool {
	n := len(times) - 1
	if n < 3 {
		return false
	}
	u := make([]float64, n)
	for i := range u {
		u[i] = (times[i+1] - times[0]) / (now - times[0])
	}
	return min(k, 1)*(logMean(slopeShapes(u))-logMean(stepShapes(u))) > slackLead
}

const (
	slackLead = 0.1
	// shortSpell is the number of purchases since a return up to which those
	// before it count too.
	shortSpell = 6
)

// shape is the logarithm of a marginal likelihood, and the weight of its shape.
type shape struct{ log, weight float64 }

// logMean is the logarithm of the weighted mean of likelihoods.
func logMean(shapes []shape) float64 {
	best := math.Inf(-1)
	for _, s := range shapes {
		best = max(best, s.log)
	}
	sum := 0.0
	for _, s := range shapes {
		sum += s.weight * math.Exp(s.log-best)
	}
	return best + math.Log(sum)
}

// What is left of the rate at the end of a slope, and after a step.
var (
	slopeEnds = [...]float64{0.4, 0.2, 0.1, 0.05, 0.02}
	lineEnds  = [...]float64{0.2, 0.1, 0.03, 0}
	stepEnds  = [...]float64{0.1, 0.2, 0.35}
)

// slopeShapes are exponential ones, e^(−βu), and straight ones, 1 − s·u, with the same
// weight.
func slopeShapes(u []float64) []shape {
	n, sum := float64(len(u)), 0.0
	for _, at := range u {
		sum += at
	}
	var shapes []shape
	for _, end := range slopeEnds {
		beta := -math.Log(end)
		shapes = append(shapes, shape{-beta*sum - n*math.Log((1-end)/beta), 0.5 / float64(len(slopeEnds))})
	}
	for _, end := range lineEnds {
		log := -n * math.Log((1+end)/2)
		for _, at := range u {
			log += math.Log(max(1-(1-end)*at, 1e-9))
		}
		shapes = append(shapes, shape{log, 0.5 / float64(len(lineEnds))})
	}
	return shapes
}

// stepShapes are a stop, and a fall to each of stepEnds, at a time of which all are as
// probable, with the same weight. With m repeats until a step at τ to a share ρ,
//
//	Π f / (∫ f)^n = ρ^(n−m) / (ρ + (1−ρ)·τ)^n
//
// which is integrated between one purchase and the next, where m stays the same.
func stepShapes(u []float64) []shape {
	n := len(u)
	shapes := []shape{{stepLog(n, 0, u[n-1], 1), 0.5}}
	for _, end := range stepEnds {
		for m := 1; m <= n; m++ {
			from, to := u[m-1], 1.0
			if m < n {
				to = u[m]
			}
			if to > from {
				shapes = append(shapes, shape{float64(n-m)*math.Log(end) + stepLog(n, end, from, to), 0.5 / float64(len(stepEnds))})
			}
		}
	}
	return shapes
}

// stepLog is ln ∫ (ρ + (1−ρ)·τ)^−n dτ from one τ > 0 to another, n > 1.
func stepLog(n int, rho, from, to float64) float64 {
	low, high, power := rho+(1-rho)*from, rho+(1-rho)*to, float64(n-1)
	return -power*math.Log(low) + math.Log(-math.Expm1(-power*math.Log(high/low))) - math.Log((1-rho)*power)
}

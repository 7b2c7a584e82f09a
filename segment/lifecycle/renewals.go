package lifecycle

import "math"

// fellGradually compares two explanations of a decline: a rate of purchases that fell
// all the time, exponentially or linearly (true), and a rate that fell at one change
// point, to less or to nothing (false). times are those of the purchases, ascending, and
// now is the end of what has been seen.
//
// Purchases are a renewal process with gaps ~ Gamma(k, λ) in a time that runs at the
// relative rate f(u), where u is the share of the time seen: a gap is G = ∫ f over it. For
// n completed gaps with the sum S, the open gap O, and a flat prior of ln λ, the marginal
// likelihood of f is
//
//	Π f(u_i) · Π G_i^(k−1) · S^−kn · I_w(kn, k),  w = S/(S+O)
//
// up to a factor that is the same for all f. For k = 1 it is Π f(u_i)/(∫ f)^n. It is
// averaged over the rates of each explanation, and the larger average wins (a Bayes
// factor above or below 1). k is rounded to a whole number, at least 1, for which I is a
// short sum.
//
// Source: Cox and Lewis (1966), section 3.2, for a trend of the rate; Raftery and
// Akman (1986), Bayesian Analysis of a Poisson Process with a Change-Point,
// Biometrika 73(1), for the change point; Berman (1981), Inhomogeneous and Modulated Gamma
// Processes, Biometrika 68(1), for gamma gaps.
func fellGradually(times []float64, now, k float64) bool {
	if len(times) < 4 {
		return false
	}
	r := newRenewals(times, now, k)
	return logMean(r.trends()) > logMean(r.changePoints())
}

// renewals are a customer's purchases, as shares of the time seen.
type renewals struct {
	k    float64
	at   []float64 // u_0 = 0, u_1, …, u_n
	logs []float64 // logs[i] is Σ ln(u_j − u_{j−1}) over j ≤ i
}

func newRenewals(times []float64, now, k float64) renewals {
	span := now - times[0]
	r := renewals{k: max(1, math.Round(k)), at: make([]float64, len(times)), logs: make([]float64, len(times))}
	for i := 1; i < len(times); i++ {
		r.at[i] = (times[i] - times[0]) / span
		r.logs[i] = r.logs[i-1] + math.Log(r.at[i]-r.at[i-1])
	}
	return r
}

// repeats is n, the number of completed gaps.
func (r *renewals) repeats() int { return len(r.at) - 1 }

// last is u_n.
func (r *renewals) last() float64 { return r.at[r.repeats()] }

// logLikelihood is the logarithm of the marginal likelihood, given Σ ln f(u_i),
// Σ ln G_i, S and O.
func (r *renewals) logLikelihood(rates, gaps, sum, open float64) float64 {
	kn := r.k * float64(r.repeats())
	return rates + (r.k-1)*gaps - kn*math.Log(sum+open) + math.Log(tailSum(kn, r.k, sum/(sum+open)))
}

// weighted is the log-likelihood of one rate, and the prior weight of that rate.
type weighted struct{ logLikelihood, weight float64 }

// logMean is the logarithm of the weighted mean of likelihoods.
func logMean(shapes []weighted) float64 {
	best := math.Inf(-1)
	for _, s := range shapes {
		best = max(best, s.logLikelihood)
	}
	sum := 0.0
	for _, s := range shapes {
		sum += s.weight * math.Exp(s.logLikelihood-best)
	}
	return best + math.Log(sum)
}

// The relative rate at the end of an exponential and of a linear fall, and after a
// change point. They cover what counts as a decline, from less than half of the former
// rate down to next to nothing, about evenly in the logarithm. A change point also
// includes a stop, to 0. Other grids over the same range move the shares of gradual
// declines in TestConstants by 5 percentage points at most.
var (
	exponentialEnds = [...]float64{0.4, 0.2, 0.1, 0.05, 0.02}
	linearEnds      = [...]float64{0.2, 0.1, 0.03, 0}
	stepEnds        = [...]float64{0.1, 0.2, 0.35}
)

// trends are the exponential falls e^(−βu) and the linear falls 1 − s·u. Both kinds have
// half of the weight.
func (r *renewals) trends() []weighted {
	shapes := make([]weighted, 0, len(exponentialEnds)+len(linearEnds))
	for _, end := range exponentialEnds {
		beta := -math.Log(end)
		log := r.trend(
			func(u float64) float64 { return -beta * u },
			func(u float64) float64 { return -math.Expm1(-beta*u) / beta },
		)
		shapes = append(shapes, weighted{log, 0.5 / float64(len(exponentialEnds))})
	}
	for _, end := range linearEnds {
		fall := 1 - end
		log := r.trend(
			func(u float64) float64 { return math.Log(max(1-fall*u, 1e-9)) },
			func(u float64) float64 { return u - fall*u*u/2 },
		)
		shapes = append(shapes, weighted{log, 0.5 / float64(len(linearEnds))})
	}
	return shapes
}

// trend is the log-likelihood of a rate, given its logarithm and its integral from 0.
func (r *renewals) trend(logRate, integral func(float64) float64) float64 {
	var rates, gaps, before float64
	for _, u := range r.at[1:] {
		sum := integral(u)
		rates += logRate(u)
		if r.k > 1 {
			gaps += math.Log(sum - before)
		}
		before = sum
	}
	return r.logLikelihood(rates, gaps, before, integral(1)-before)
}

// changePoints are a stop, and a fall to each of stepEnds. Both kinds have half of the
// weight. The time of the change is uniform from the first repeat purchase on.
func (r *renewals) changePoints() []weighted {
	n := r.repeats()
	shapes := make([]weighted, 0, 2*len(openNodes)*(1+len(stepEnds))+len(stepEnds)*n*len(gapNodes))
	shapes = r.changePointInOpenGap(shapes, 0, 0.5)
	for _, end := range stepEnds {
		weight := 0.5 / float64(len(stepEnds))
		shapes = r.changePointInOpenGap(shapes, end, weight)
		for j := 2; j <= n; j++ {
			for _, node := range gapNodes {
				shapes = append(shapes, weighted{r.changePoint(j, end, node), weight * (r.at[j] - r.at[j-1]) / float64(len(gapNodes))})
			}
		}
	}
	return shapes
}

// gapNodes and openNodes are the places within a gap at which the likelihood is taken,
// and openWeights the weights of the latter: Gauss-Legendre quadrature on (0, 1) with two
// and with four points (with two, both weights are a half).
var (
	gapNodes    = [...]float64{0.21132486540518713, 0.78867513459481287}
	openNodes   = [...]float64{0.06943184420297371, 0.33000947820757187, 0.66999052179242813, 0.93056815579702629}
	openWeights = [...]float64{0.17392742256872693, 0.32607257743127307, 0.32607257743127307, 0.17392742256872693}
)

// changePoint is the log-likelihood of a change within gap j, at a share of it.
func (r *renewals) changePoint(j int, end, share float64) float64 {
	n, gap, logEnd := r.repeats(), r.at[j]-r.at[j-1], math.Log(end)
	at := r.at[j-1] + share*gap
	own := gap * (share + end*(1-share))
	after := float64(n - j)
	gaps := r.logs[j-1] + math.Log(own) + r.logs[n] - r.logs[j] + after*logEnd
	return r.logLikelihood((after+1)*logEnd, gaps, at+end*(r.last()-at), end*(1-r.last()))
}

// changePointInOpenGap adds the log-likelihoods of a change after the last purchase. The
// likelihood of a stop is large only within a few usual gaps, so that half of the nodes
// are put there.
func (r *renewals) changePointInOpenGap(shapes []weighted, end, weight float64) []weighted {
	open := 1 - r.last()
	near := min(open, 2*r.last()/float64(r.repeats()))
	for _, part := range [2][2]float64{{0, near}, {near, open}} {
		width := part[1] - part[0]
		if width <= 0 {
			continue
		}
		for i, node := range openNodes {
			after := part[0] + node*width
			log := r.logLikelihood(0, r.logs[r.repeats()], r.last(), after+end*(open-after))
			shapes = append(shapes, weighted{log, weight * width * openWeights[i]})
		}
	}
	return shapes
}

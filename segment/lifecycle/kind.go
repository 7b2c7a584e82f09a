package lifecycle

import "math"

// slackened tells whether the rate of purchases, at ascending times and seen until
// now, had been falling little by little rather than at once: whether the
// purchases are better explained by a rate that falls all the time, exponentially
// or in a straight line, than by one that falls in a step or stops.
//
// Gaps are ~ Gamma(k, λ) in a time that runs like the rate: at a rate f(u), where u
// is the share of the time seen, a gap is G = ∫ f over it. With n repeats, S the
// sum of their gaps and O the open one, and a flat prior of ln λ, the marginal
// likelihood of f is
//
//	Π f(u_i) · Π G_i^(k−1) · S^−kn · I_w(kn, k),  w = S/(S+O)
//
// up to a factor that all f share; at k = 1 it is Π f(u_i)/(∫ f)^n. It is averaged
// over the shapes of each kind, and the larger mean wins. k is rounded to a whole
// number, 1 or more, at which I is a short sum.
//
// Source: Cox and Lewis (1966), section 3.2, for a trend of the rate; Raftery and
// Akman (1986), Bayesian Analysis of a Poisson Process with a Change-Point,
// Biometrika 73(1), for the step; Berman (1981), Inhomogeneous and Modulated Gamma
// Processes, Biometrika 68(1), for gamma gaps.
func slackened(times []float64, now, k float64) bool {
	if len(times) < 4 {
		return false
	}
	h := newHistory(times, now, k)
	return logMean(h.slopes()) > logMean(h.steps())
}

// history is a customer's purchases as shares of the time seen.
type history struct {
	k    float64
	at   []float64 // u_0 = 0, u_1, …, u_n
	logs []float64 // logs[i] is Σ ln(u_j − u_{j−1}) over j ≤ i
}

func newHistory(times []float64, now, k float64) history {
	span := now - times[0]
	h := history{k: max(1, math.Round(k)), at: make([]float64, len(times)), logs: make([]float64, len(times))}
	for i := 1; i < len(times); i++ {
		h.at[i] = (times[i] - times[0]) / span
		h.logs[i] = h.logs[i-1] + math.Log(h.at[i]-h.at[i-1])
	}
	return h
}

// repeats is n.
func (h *history) repeats() int { return len(h.at) - 1 }

// last is u_n.
func (h *history) last() float64 { return h.at[h.repeats()] }

// likelihood is the logarithm of the marginal likelihood, given Σ ln f(u_i),
// Σ ln G_i, S and O.
func (h *history) likelihood(rates, gaps, sum, open float64) float64 {
	kn := h.k * float64(h.repeats())
	return rates + (h.k-1)*gaps - kn*math.Log(sum+open) + math.Log(tailSum(kn, h.k, sum/(sum+open)))
}

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

// slopes are exponential ones, e^(−βu), and straight ones, 1 − s·u, with the same
// weight.
func (h *history) slopes() []shape {
	shapes := make([]shape, 0, len(slopeEnds)+len(lineEnds))
	for _, end := range slopeEnds {
		beta := -math.Log(end)
		log := h.slope(
			func(u float64) float64 { return -beta * u },
			func(u float64) float64 { return -math.Expm1(-beta*u) / beta },
		)
		shapes = append(shapes, shape{log, 0.5 / float64(len(slopeEnds))})
	}
	for _, end := range lineEnds {
		fall := 1 - end
		log := h.slope(
			func(u float64) float64 { return math.Log(max(1-fall*u, 1e-9)) },
			func(u float64) float64 { return u - fall*u*u/2 },
		)
		shapes = append(shapes, shape{log, 0.5 / float64(len(lineEnds))})
	}
	return shapes
}

// slope is the likelihood of a rate, given its logarithm and its integral from 0.
func (h *history) slope(logRate, integral func(float64) float64) float64 {
	var rates, gaps, before float64
	for _, u := range h.at[1:] {
		sum := integral(u)
		rates += logRate(u)
		if h.k > 1 {
			gaps += math.Log(sum - before)
		}
		before = sum
	}
	return h.likelihood(rates, gaps, before, integral(1)-before)
}

// steps are a stop, and a fall to each of stepEnds, at a time of which all after
// the first repeat are as probable, with the same weight.
func (h *history) steps() []shape {
	n := h.repeats()
	shapes := make([]shape, 0, 2*len(openNodes)*(1+len(stepEnds))+len(stepEnds)*n*len(gapNodes))
	shapes = h.stepInOpenGap(shapes, 0, 0.5)
	for _, end := range stepEnds {
		weight := 0.5 / float64(len(stepEnds))
		shapes = h.stepInOpenGap(shapes, end, weight)
		for j := 2; j <= n; j++ {
			for _, node := range gapNodes {
				shapes = append(shapes, shape{h.step(j, end, node), weight * (h.at[j] - h.at[j-1]) / float64(len(gapNodes))})
			}
		}
	}
	return shapes
}

// gapNodes and openNodes are where the likelihood is taken within a gap, those of
// Gauss and Legendre for two and four points, and openWeights theirs.
var (
	gapNodes    = [...]float64{0.21132486540518713, 0.78867513459481287}
	openNodes   = [...]float64{0.06943184420297371, 0.33000947820757187, 0.66999052179242813, 0.93056815579702629}
	openWeights = [...]float64{0.17392742256872693, 0.32607257743127307, 0.32607257743127307, 0.17392742256872693}
)

// step is the likelihood of a step within gap j, at a share of it.
func (h *history) step(j int, end, share float64) float64 {
	n, gap, logEnd := h.repeats(), h.at[j]-h.at[j-1], math.Log(end)
	at := h.at[j-1] + share*gap
	own := gap * (share + end*(1-share))
	after := float64(n - j)
	gaps := h.logs[j-1] + math.Log(own) + h.logs[n] - h.logs[j] + after*logEnd
	return h.likelihood((after+1)*logEnd, gaps, at+end*(h.last()-at), end*(1-h.last()))
}

// stepInOpenGap adds the likelihoods of a step after the last purchase. As after a
// stop it is over within a few usual gaps, those get half of the points.
func (h *history) stepInOpenGap(shapes []shape, end, weight float64) []shape {
	open := 1 - h.last()
	near := min(open, 2*h.last()/float64(h.repeats()))
	for _, part := range [2][2]float64{{0, near}, {near, open}} {
		width := part[1] - part[0]
		if width <= 0 {
			continue
		}
		for i, node := range openNodes {
			after := part[0] + node*width
			log := h.likelihood(0, h.logs[h.repeats()], h.last(), after+end*(open-after))
			shapes = append(shapes, shape{log, weight * width * openWeights[i]})
		}
	}
	return shapes
}

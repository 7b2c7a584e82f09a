package segment

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/optimize"
)

// minRepeaters is how many customers must have come back before the spread of
// rates is estimated at all; three parameters ask for more than a few.
const minRepeaters = 20

// fitRhythm learns the rhythm of a panel in three steps.
//
// First regularity, from how even neighbouring gaps are. Then the spread of rates
// and the share of those who quit, by maximum likelihood over the repeat
// buyers, given the one k that describes them best and given that they came
// back at all. A customer with x ≥ 1 repeats within
// S days and a silence of c days has, with q = QuitShare and T = S + c,
//
//	(1−q)^(x−1) · Γ(a+kx)·b^a / (Γ(a)·(b+S)^(a+kx)) · { q + (1−q)·I_u(a+kx, k) }
//	/ I_v(k, a),   u = (b+S)/(b+S+c),  v = T/(b+T)
//
// The open gap counts: without it slow buyers, whose long gaps are still open,
// would be missing from the prior and then look overdue. So does q: without it
// the silence of those who left would make all buyers look slow. One-time
// buyers are left out, which the divisor makes up for: most panels have far
// more of them than any spread of rates explains, and they would pass for
// buyers who return once in ten years.
//
// Last the share of first-time buyers who return, by maximum likelihood given
// that those who do have the rhythm of repeat buyers.
//
// Weak priors, worth about one customer, keep the estimates finite where the
// panel says nothing. With fewer than 20 repeat buyers only regularity is estimated
// (shrunk towards 1) and A = 0.
//
// Source: the quitting after a purchase is that of Fader, Hardie and Lee
// (2005), Counting Your Customers the Easy Way, Marketing Science 24(2), with
// one share for all instead of a beta distribution and with gamma gaps; the
// return share is the cure model of Berkson and Gage (1952).
func fitRhythm(p *Purchases, line *timeLine, lastDay int32) (Rhythm, []rhythmCell, error) {
	s := sumRhythm(p, line, lastDay)
	r := Rhythm{Customers: s.customers, Repeaters: s.repeaters, MedianGap: s.medianGap}
	r.Regularity, r.K, r.Gaps = fitRegularity(s.even)
	if r.Repeaters < minRepeaters {
		// Half a customer on either side keeps the shares inside (0, 1).
		r.ReturnShare = (float64(r.Repeaters) + 0.5) / (float64(r.Customers) + 1)
		r.QuitShare = 0.5
		return r, s.again, nil
	}
	r, err := fitRates(r, s.again)
	if err != nil {
		return Rhythm{}, nil, err
	}
	r.ReturnShare = fitReturnShare(r, s.once)
	return r, s.again, nil
}

// fitRates fills in A, MeanGap and QuitShare from the cells of repeat buyers.
func fitRates(r Rhythm, again []rhythmCell) (Rhythm, error) {
	problem := optimize.Problem{Func: func(theta []float64) float64 {
		return rhythmLoss(rhythmAt(r, theta), theta[0], again)
	}}
	settings := &optimize.Settings{
		FuncEvaluations: 1000,
		// The loss is per customer. A million customers tell losses apart that
		// differ by 1e-6 or more; below that the search chases noise.
		Converger: &optimize.FunctionConverge{Absolute: 1e-7, Iterations: 20},
	}
	method := &optimize.NelderMead{SimplexSize: 0.5}
	result, err := optimize.Minimize(problem, rhythmStart(again), settings, method)
	if err != nil {
		return Rhythm{}, fmt.Errorf("segment: fit the purchase rhythm of %d repeat buyers: %w", r.Repeaters, err)
	}
	return rhythmAt(r, result.X), nil
}

// mostLogA and mostLogGap bound the search: customers who are all alike, and gaps of
// longer than any history.
const mostLogA, mostLogGap = 7, 15

// rhythmAt reads the searched parameters: ln A, ln MeanGap, and the logit of
// QuitShare. The mean gap is nearly independent of A in the likelihood, which
// the rate b is not.
func rhythmAt(r Rhythm, theta []float64) Rhythm {
	r.A = math.Exp(min(max(theta[0], -5), mostLogA))
	r.MeanGap = math.Exp(min(max(theta[1], -5), mostLogGap))
	r.QuitShare = 1 / (1 + math.Exp(-theta[2]))
	return r
}

// rhythmStart begins at rates as spread as an exponential distribution, the
// panel's mean gap with open gaps counted, and one in ten quitting.
func rhythmStart(again []rhythmCell) []float64 {
	var repeats, days float64
	for _, c := range again {
		repeats += c.customers * c.x
		days += c.customers * (c.active + c.silence)
	}
	return []float64{0, math.Log(days / repeats), -2}
}

// rhythmLoss is the negative log-likelihood per customer, with the weak prior.
func rhythmLoss(r Rhythm, lnA float64, again []rhythmCell) float64 {
	q, b := r.QuitShare, r.A*r.MeanGap/r.K
	// Prior: q ~ Beta(3/2, 3/2), ln A ~ Normal(0, 3²).
	sum, customers := 0.5*math.Log(q*(1-q))-lnA*lnA/18, 0.0
	lgA, _ := math.Lgamma(r.A)
	stay := math.Log1p(-q)
	for _, c := range again {
		shape, past := r.A+r.K*c.x, b+c.active
		lg, _ := math.Lgamma(shape)
		gaps := lg - lgA + r.A*math.Log(b) - shape*math.Log(past)
		open := q + (1-q)*mathext.RegIncBeta(shape, r.K, past/(past+c.silence))
		tenure := c.active + c.silence
		returned := mathext.RegIncBeta(r.K, r.A, tenure/(b+tenure))
		sum += c.customers * (gaps + (c.x-1)*stay + math.Log(open/returned))
		customers += c.customers
	}
	return -sum / customers
}

// fitReturnShare is the π that maximises
//
//	(R + ½)·ln π + ½·ln(1−π) + Σ ln(1 − π·w_i)
//
// over the one-time buyers i, where R is the number of repeat buyers and w_i
// the share of the returning who are back within a silence as long as that of
// i. The halves are a weak prior that keeps π inside (0, 1). The derivative
// falls all the way, so that halving the interval finds its zero.
func fitReturnShare(r Rhythm, once []rhythmCell) float64 {
	back := make([]float64, len(once))
	for i, c := range once {
		back[i] = 1 - r.overdue(&r.Regularity, 0, 0, 1, c.silence, 1)
	}
	slope := func(p float64) float64 {
		d := (float64(r.Repeaters)+0.5)/p - 0.5/(1-p)
		for i, c := range once {
			d -= c.customers * back[i] / (1 - p*back[i])
		}
		return d
	}
	lo, hi := 0.0, 1.0
	for range 50 {
		if mid := (lo + hi) / 2; slope(mid) > 0 {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}

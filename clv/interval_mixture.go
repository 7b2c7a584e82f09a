package clv

import "math"

// mixture is the distribution of one customer's future under a blend: a mixture of those
// of its members. It is set again for the next customer, so that it belongs to one
// goroutine.
type mixture struct {
	p          *Predictive
	components []component // of the members
	nothing    float64     // probability of no purchase
	unknown    bool        // a member has no scores for the row
}

// component is the distribution of one customer's future under one member: a mixture of
// having left, staying without a purchase, and buying.
type component struct {
	spot
	share     float64 // the member's weight for the customer
	scores    rowScores
	nothing   float64 // probability of no purchase
	buyerMean float64 // purchases expected of a customer who makes any
	// What is asked for, given a purchase, is distributed as a unit times a variable
	// with the weighted mean of these distributions.
	lnUnit        float64
	distributions [4]*distribution // of the cells
	known         [4]float64       // weights of those that are known, which sum to 1 or are all 0
}

func (p *Predictive) newMixture() *mixture {
	return &mixture{p: p, components: make([]component, len(p.forecasters))}
}

// set makes it the mixture of the customer of a row of scores.
func (v *mixture) set(x, t float64, s BlendScores, row int) *mixture {
	v.nothing, v.unknown = 0, false
	for i := range v.p.forecasters {
		of := &v.p.forecasters[i]
		scores := s.Members[i].row(row)
		if math.IsNaN(scores.pAlive) {
			v.unknown = true
			return v
		}
		v.components[i].set(of, x, t, scores, v.p.purchasesMean(scores))
		v.components[i].share = s.share(i, row)
		v.nothing += v.components[i].share * v.components[i].nothing
	}
	return v
}

// purchasesMean is the mean that cell.idleRate is per unit of.
func (p *Predictive) purchasesMean(s rowScores) float64 {
	if math.IsInf(p.o.Horizon, 1) {
		return s.dect
	}
	return s.cet
}

// set is the mixture of a customer with these scores, mean being the expected
// purchases.
func (s *component) set(of *forecaster, x, t float64, scores rowScores, mean float64) {
	s.share, s.scores, s.n = 1, scores, 0
	s.nothing, s.buyerMean = 1, 1
	// Where P(alive) is next to nothing no cell is needed, and quotients by P(alive)
	// might overflow.
	if scores.pAlive < leastProbability {
		return
	}
	s.spot = of.cells.spot(x, t)
	mean /= scores.pAlive
	idleRate := 0.
	for k := range s.n {
		idleRate += s.weight[k] * s.cells[k].idleRate
	}
	buys := -math.Expm1(-idleRate * mean)
	s.nothing = 1 - scores.pAlive*buys
	s.buyerMean = buyerMean(mean, buys)
}

// scaleCounts makes the distributions those of purchases, less a half.
func (v *mixture) scaleCounts() {
	for i := range v.components {
		s := &v.components[i]
		s.scale(s.buyerMean-0.5, func(c *cell) *distribution { return &c.counts })
	}
}

// scaleSpend makes the distributions those of discounted spend, in multiples of what is
// expected per purchase.
func (v *mixture) scaleSpend() {
	for i := range v.components {
		s := &v.components[i]
		s.scale(ratio(s.scores.dect, s.scores.pAlive), func(c *cell) *distribution { return &c.spend })
	}
}

func (s *component) scale(unit float64, of func(*cell) *distribution) {
	s.lnUnit = math.Log(unit)
	sum := 0.
	for k := range s.n {
		s.distributions[k], s.known[k] = of(s.cells[k]), 0
		if s.distributions[k].below != nil {
			s.known[k] = s.weight[k]
			sum += s.weight[k]
		}
	}
	for k := range s.n {
		s.known[k] = ratio(s.known[k], sum)
	}
}

// below is the probability of a purchase and of less than a value, given by its
// logarithm.
func (s *component) below(ln float64) float64 {
	sum := 0.
	for k := range s.n {
		if s.known[k] > 0 {
			sum += s.known[k] * s.distributions[k].at(ln-s.lnUnit)
		}
	}
	return (1 - s.nothing) * sum
}

// tails are the ends of the interval that leaves out as much below as above.
func (v *mixture) tails(level float64) (low, high float64) {
	out := (1 - level) / 2
	return v.quantile(out), v.quantile(1 - out)
}

// quantile is the value that is not reached with a probability of u; 0 where nothing
// at all comes with that probability.
func (v *mixture) quantile(u float64) float64 {
	if v.nothing >= u {
		return 0
	}
	low, high := v.span()
	if !(low < high) {
		return 0 // no simulated future has a purchase
	}
	return math.Exp(v.solve(u, low, high))
}

// span is where all distributions lie, in logarithms.
func (v *mixture) span() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for i := range v.components {
		s := &v.components[i]
		for k := range s.n {
			if s.known[k] > 0 && s.nothing < 1 {
				low, high = min(low, s.lnUnit+s.distributions[k].low), max(high, s.lnUnit+s.distributions[k].high())
			}
		}
	}
	return low, high
}

// mostSteps bounds the steps to a quantile. Each third halves the stretch at least,
// and fifty halvings of it are below the last digit.
const mostSteps = 150

// solve finds where the probability of less is u, between two logarithms: by false
// position with the Illinois rule, which is exact once both ends are within one step
// of all distributions, and by halving where that is slow.
//
// Source: Dowell and Jarratt (1971), A modified regula falsi method for computing
// the root of an equation, BIT 11.
func (v *mixture) solve(u, low, high float64) float64 {
	atLow, atHigh := v.nothing-u, v.below(high)-u
	if atHigh <= 0 {
		return high
	}
	last := 0
	for i := range mostSteps {
		ln := (low*atHigh - high*atLow) / (atHigh - atLow)
		if i%3 == 2 || !(ln > low && ln < high) {
			ln = low + (high-low)/2
		}
		at := v.below(ln) - u
		switch {
		case at == 0 || high-low <= 1e-13*math.Max(1, math.Abs(ln)):
			return ln
		case at < 0:
			low, atLow = ln, at
			if last < 0 {
				atHigh /= 2
			}
			last = -1
		default:
			high, atHigh = ln, at
			if last > 0 {
				atLow /= 2
			}
			last = 1
		}
	}
	return low
}

// below is the probability of less than a value, given by its logarithm.
func (v *mixture) below(ln float64) float64 {
	sum := v.nothing
	for i := range v.components {
		s := &v.components[i]
		if s.nothing < 1 {
			sum += s.share * s.below(ln)
		}
	}
	return sum
}

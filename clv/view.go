package clv

import "math"

// view is the future of one customer as all members of a blend see it. It is
// looked at again for the next customer, so that it belongs to one goroutine.
type view struct {
	p       *Predictive
	sights  []sight // of the members
	nothing float64 // probability of no purchase
	unknown bool    // a member has no scores for the row
}

// sight is the future of one customer as one member sees it: a mixture of having
// left, staying without a purchase, and buying.
type sight struct {
	spot
	share     float64 // the member's weight for the customer
	scores    rowScores
	nothing   float64 // probability of no purchase
	buyerMean float64 // purchases expected of a customer who makes any
	// What is asked for, given a purchase, is a shape times a unit.
	lnUnit float64
	shapes [4]*shape  // of the cells
	known  [4]float64 // weights of those with a shape, which sum to 1 or are all 0
}

func (p *Predictive) newView() *view { return &view{p: p, sights: make([]sight, len(p.forecasters))} }

// look turns to the customer of a row of scores.
func (v *view) look(x, t float64, s BlendScores, row int) *view {
	v.nothing, v.unknown = 0, false
	for i := range v.p.forecasters {
		of := &v.p.forecasters[i]
		scores := s.Members[i].row(row)
		if math.IsNaN(scores.pAlive) {
			v.unknown = true
			return v
		}
		v.sights[i].set(of, x, t, scores, v.p.purchasesMean(scores))
		v.sights[i].share = s.share(i, row)
		v.nothing += v.sights[i].share * v.sights[i].nothing
	}
	return v
}

// purchasesMean is the mean that cell.idleness goes with.
func (p *Predictive) purchasesMean(s rowScores) float64 {
	if math.IsInf(p.o.Horizon, 1) {
		return s.dect
	}
	return s.cet
}

// set is the mixture of a customer with these scores, mean being the expected
// purchases.
func (s *sight) set(of *forecaster, x, t float64, scores rowScores, mean float64) {
	s.share, s.scores, s.n = 1, scores, 0
	s.nothing, s.buyerMean = 1, 1
	// Where hardly anybody is left nobody needs a look at the grid, nor may the
	// quotients by P(alive) overflow.
	if scores.pAlive < leastProbability {
		return
	}
	s.spot = of.cells.spot(x, t)
	mean /= scores.pAlive
	idleness := 0.
	for k := range s.n {
		idleness += s.weight[k] * s.cells[k].idleness
	}
	buys := -math.Expm1(-idleness * mean)
	s.nothing = 1 - scores.pAlive*buys
	s.buyerMean = buyerMean(mean, buys)
}

// scaleCounts makes the shapes those of purchases, less a half.
func (v *view) scaleCounts() {
	for i := range v.sights {
		s := &v.sights[i]
		s.scale(s.buyerMean-0.5, func(c *cell) *shape { return &c.counts })
	}
}

// scaleSpend makes the shapes those of discounted spend, in multiples of what is
// expected per purchase.
func (v *view) scaleSpend() {
	for i := range v.sights {
		s := &v.sights[i]
		s.scale(ratio(s.scores.dect, s.scores.pAlive), func(c *cell) *shape { return &c.spend })
	}
}

func (s *sight) scale(unit float64, of func(*cell) *shape) {
	s.lnUnit = math.Log(unit)
	sum := 0.
	for k := range s.n {
		s.shapes[k], s.known[k] = of(s.cells[k]), 0
		if s.shapes[k].below != nil {
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
func (s *sight) below(ln float64) float64 {
	sum := 0.
	for k := range s.n {
		if s.known[k] > 0 {
			sum += s.known[k] * s.shapes[k].at(ln-s.lnUnit)
		}
	}
	return (1 - s.nothing) * sum
}

// tails are the ends of the interval that leaves out as much below as above.
func (v *view) tails(level float64) (low, high float64) {
	out := (1 - level) / 2
	return v.quantile(out), v.quantile(1 - out)
}

// quantile is the value that is not reached with a probability of u; 0 where nothing
// at all comes with that probability.
func (v *view) quantile(u float64) float64 {
	if v.nothing >= u {
		return 0
	}
	low, high := v.span()
	if !(low < high) {
		return 0 // nobody of those who were played has bought
	}
	return math.Exp(v.solve(u, low, high))
}

// span is where all shapes lie, in logarithms.
func (v *view) span() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for i := range v.sights {
		s := &v.sights[i]
		for k := range s.n {
			if s.known[k] > 0 && s.nothing < 1 {
				low, high = min(low, s.lnUnit+s.shapes[k].low), max(high, s.lnUnit+s.shapes[k].high())
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
// of all shapes, and by halving where that is slow.
//
// Source: Dowell and Jarratt (1971), A modified regula falsi method for computing
// the root of an equation, BIT 11.
func (v *view) solve(u, low, high float64) float64 {
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
func (v *view) below(ln float64) float64 {
	sum := v.nothing
	for i := range v.sights {
		s := &v.sights[i]
		if s.nothing < 1 {
			sum += s.share * s.below(ln)
		}
	}
	return sum
}

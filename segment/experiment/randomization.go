package experiment

import (
	"math"
	"math/rand/v2"
	"slices"
)

// randomized is the interval of all shifts that a randomisation test does not refuse. If
// being treated adds δ to every customer, then y − δ·treated is what each would have brought
// untreated, and every other choice of as many customers in each block was as likely as the
// one that was drawn. δ is in the interval if the observed
//
//	t(δ) = (d − δ) / SE
//
// lies between the 5th and the 95th percentile of t over such choices, each by its own SE.
// At δ = 0 the test is exact, for any size and any distribution, against an effect on
// nobody; as t is divided by its standard error, it holds in large arms for the mean effect
// too, where customers react each in their own way.
//
// Source: Fisher (1935), The Design of Experiments, sections 20 and 21; Neuhaus (1993),
// Annals of Statistics 21(4), and Janssen (1997), Statistics and Probability Letters 36(1),
// on the studentised statistic; Ernst (2004), Statistical Science 19(4), section 4.3, on
// intervals; Wu and Ding (2021), Journal of the American Statistical Association 116, on
// mean effects.
func (a Arms) randomized(y []float64, c comparison) Estimate {
	s := newShuffles(y, c)
	e := c.estimate()
	e.Low = s.end(c, +1)
	e.High = s.end(c, -1)
	return e
}

// picked are sums over the customers whom one choice puts into control, centred on the mean
// of the block.
type picked struct {
	y, yy   float64
	moved   float64 // how many of them were treated: a shift moves their y
	movedY  float64
	treated bool // the choice is of the treated, as there are fewer of them
}

// shuffles are other choices of as many customers.
type shuffles struct {
	c      comparison
	all    []picked   // by block: sums over all of its customers
	chosen [][]picked // by block, then by round
	t      []float64  // room for the statistics of one shift
}

// member is a customer in the urn from which a choice is drawn.
type member struct {
	y       float64
	treated bool
}

func newShuffles(y []float64, c comparison) *shuffles {
	s := &shuffles{c: c, t: make([]float64, rounds)}
	for _, b := range c.blocks {
		urn, all := fillUrn(y, b)
		// The seed is fixed, so that a night gives the same interval again. One of a pair
		// of neighbouring generators per block would be related; a block's size tells them
		// apart where that matters.
		dice := rand.New(rand.NewPCG(uint64(len(urn)), 0x9e3779b97f4a7c15))
		fewer := min(len(b.treated), len(b.control))
		chosen := make([]picked, rounds)
		for r := range chosen {
			chosen[r] = drawFrom(urn, fewer, dice)
			chosen[r].treated = len(b.treated) < len(b.control)
		}
		s.all = append(s.all, all)
		s.chosen = append(s.chosen, chosen)
	}
	return s
}

func fillUrn(y []float64, b block) (urn []member, all picked) {
	for _, i := range b.treated {
		urn = append(urn, member{y[i], true})
	}
	for _, i := range b.control {
		urn = append(urn, member{y[i], false})
	}
	mean := 0.0
	for _, m := range urn {
		mean += m.y / float64(len(urn))
	}
	for i := range urn {
		urn[i].y -= mean
		all.add(urn[i])
	}
	return urn, all
}

func (p *picked) add(m member) {
	p.y += m.y
	p.yy += m.y * m.y
	if m.treated {
		p.moved++
		p.movedY += m.y
	}
}

// drawFrom draws so many of the urn, each set of them with one chance: the first steps of
// Fisher and Yates' shuffle, which may begin from any order.
func drawFrom(urn []member, n int, dice *rand.Rand) (p picked) {
	for k := range n {
		other := k + dice.IntN(len(urn)-k)
		urn[k], urn[other] = urn[other], urn[k]
		p.add(urn[k])
	}
	return p
}

// shifted are the moments of n customers once those who were treated are moved by −δ.
func (p picked) shifted(n, delta float64) moments {
	sum := p.y - delta*p.moved
	squares := p.yy - 2*delta*p.movedY + delta*delta*p.moved
	mean := sum / n
	return moments{n, mean, max(squares-n*mean*mean, 0) / (n - 1)}
}

func (p picked) without(o picked) picked {
	return picked{y: p.y - o.y, yy: p.yy - o.yy, moved: p.moved - o.moved, movedY: p.movedY - o.movedY}
}

// statistic is t of one round, if δ is the effect.
func (s *shuffles) statistic(round int, delta float64) float64 {
	d, variance := 0.0, 0.0
	for k, w := range s.c.weights {
		chosen, nT, nC := s.chosen[k][round], s.c.treated[k].n, s.c.control[k].n
		others := s.all[k].without(chosen)
		if chosen.treated {
			chosen, others = others, chosen
		}
		t, o := others.shifted(nT, delta), chosen.shifted(nC, delta)
		d += w * (t.mean - o.mean)
		variance += w * w * (t.variance/nT + o.variance/nC)
	}
	if d == 0 {
		return 0
	}
	return d / math.Sqrt(variance)
}

// bound is the statistic beyond which a share of tail lies, above (+1) or below (−1).
func (s *shuffles) bound(delta float64, side int) float64 {
	for r := range s.t {
		s.t[r] = s.statistic(r, delta)
	}
	slices.Sort(s.t)
	const beyond = (rounds + 1) / 20 // tail, of the rounds and the observed one
	if side > 0 {
		return s.t[rounds-beyond]
	}
	return s.t[beyond-1]
}

// rounding is how far statistics of equal choices may lie apart, since their sums were taken
// in another order. Where few buy, most choices are equal to the observed one.
const rounding = 1e-9

// steps are the distances from the effect, in standard errors, at which the end of an interval
// is looked for, from far to near. In small arms what is refused may lie between shifts that
// are not: the outermost of these bounds the interval.
var steps = []float64{40, 28, 20, 14, 10, 7, 5, 4, 3.5, 3, 2.75, 2.5, 2.25, 2, 1.75, 1.5, 1.25, 1, .75, .5, .25, 0}

// end is the outermost shift that is not refused, below (+1) or above (−1) the effect, to a
// hundredth of a standard error. Where the end may lie on either side of zero, zero is asked, so
// that the interval leaves it out if and only if the test refuses it.
func (s *shuffles) end(c comparison, side int) float64 {
	refused := func(delta float64) bool {
		t := (c.effect - delta) / c.se
		return float64(side)*(t-s.bound(delta, side)) > rounding*math.Abs(t)
	}
	at := func(step float64) float64 { return c.effect - float64(side)*step*c.se }
	inner := slices.IndexFunc(steps, func(step float64) bool { return !refused(at(step)) })
	switch inner {
	case 0:
		return math.Inf(-side) // some choices have no variance: no shift is too large
	case -1:
		return c.effect
	}
	out, in := at(steps[inner-1]), at(steps[inner])
	if min(out, in) < 0 && max(out, in) > 0 {
		if refused(0) {
			out = 0
		} else {
			in = 0
		}
	}
	const precision = 0.005 // standard errors
	for math.Abs(in-out) > precision*c.se {
		if middle := (in + out) / 2; refused(middle) {
			out = middle
		} else {
			in = middle
		}
	}
	return (in + out) / 2
}

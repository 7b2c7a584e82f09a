package clv

import (
	"fmt"
	"math"
)

// Change is by how much customers will behave otherwise from now on than they did so far:
// their history was made under the old behaviour and tells who they are, their future is
// lived under the new. Nothing is fitted anew. Whoever a customer is (which rates λ and μ,
// or which chance p, given the history) is a question that the posterior answers, and only
// then are these multiplied.
//
// Dropout scales the risk to leave, per unit of time, and Rate the rate of purchases while
// a customer. One does not move the other: those who buy more often stay as long. The zero
// Change, and one of 1 and 1, is none.
//
// Under every model in which the risk to leave does not change with time,
//
//	P'(still alive at u) = P(still alive at Dropout*u),
//
// the proportional hazards of Cox (1972), Regression Models and Life-Tables, JRSS B 34(2),
// https://doi.org/10.1111/j.2517-6161.1972.tb00899.x. What that comes to for each model
// stands beside its prospect.
type Change struct {
	Dropout float64
	Rate    float64
}

// LeastChange and MostChange bound both factors.
const (
	LeastChange = 1. / 1024
	MostChange  = 1024
)

// Validate returns an error that wraps ErrParameter where a factor is out of range.
func (c Change) Validate() error {
	for _, f := range []struct {
		name  string
		value float64
	}{{"dropout", c.Dropout}, {"rate", c.Rate}} {
		if !(f.value >= LeastChange && f.value <= MostChange) {
			return fmt.Errorf("%w: change: %s (%v) is not a number from %v to %v", ErrParameter, f.name, f.value, LeastChange, float64(MostChange))
		}
	}
	return nil
}

// factors are both, 1 each for the zero Change.
func (c Change) factors() (dropout, rate float64) {
	if c == (Change{}) {
		return 1, 1
	}
	return c.Dropout, c.Rate
}

// WithChange is the blend of customers who behave otherwise from now on. All that is said of
// the future changes, intervals too. P(alive) and the weights of the members are of the past
// and do not change. The error wraps ErrParameter.
func (b *Blend) WithChange(c Change) (*Blend, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	changed := &Blend{pace: b.pace}
	for _, m := range b.members {
		m.Model = m.Model.withChange(c)
		changed.members = append(changed.members, m)
	}
	return changed, nil
}

// withChange is the model, at any parameters that its error may move it to, of customers who
// behave otherwise from now on.
func (m *Model) withChange(c Change) *Model {
	f := m.family
	as := f.process
	f.process = func(theta []float64) process { return as(theta).changed(c) }
	return &Model{family: f, theta: m.theta, process: m.changed(c)}
}

// tosses is how many tosses of its coin a purchase counts for, where customers leave by the
// toss after a purchase: Dropout/Rate, so that the risk per unit of time is scaled by Dropout
// however often one buys.
type tosses float64

// lost is the chance that a purchase is the last, of a customer for whom it was p, and the
// logarithm of the chance that it is not. Of fewer than one toss, each that is lost counts
// with that chance,
//
//	p' = q p,  q <= 1,
//
// which scales the risk λp exactly. More than one are all to be survived,
//
//	1 - p' = (1-p)^q,  q > 1,
//
// proportional hazards in discrete time: q p could be above 1. Both are p at q = 1.
//
// Source: Kalbfleisch and Prentice (1973), Marginal likelihoods based on Cox's regression and
// life model, Biometrika 60(2), https://doi.org/10.1093/biomet/60.2.267, for the latter.
func (q tosses) lost(p float64) (chance, lnStays float64) {
	if q <= 1 {
		chance = float64(q) * p
		return chance, math.Log1p(-chance)
	}
	lnStays = float64(q) * math.Log1p(-p)
	return -math.Expm1(lnStays), lnStays
}

// changes reports whether there are more or fewer than one; 0 stands for one.
func (q tosses) changes() bool { return q != 0 && q != 1 }

// of is the chance that a purchase is the last.
func (q tosses) of(p float64) float64 {
	if !q.changes() {
		return p
	}
	chance, _ := q.lost(p)
	return chance
}

// tosses are those of a purchase after the change; one without any.
func (c Change) tosses() tosses {
	dropout, rate := c.factors()
	return tosses(dropout / rate)
}

// dropout is p ~ Beta(a, b) of a customer, with how many tosses a purchase counts for from
// now on.
type dropout struct {
	a, b float64
	q    tosses
}

// perPurchase is E[1/p'], how many purchases a customer makes for ever, a > 1: E[1/p] =
// (a+b-1)/(a-1) where each counts for one toss. Of q tosses it is E[1/p]/q and what 1/p' is
// more than 1/(qp), which is bounded: (q-1)/2q for p near 0.
func (d dropout) perPurchase() float64 {
	all := (d.a + d.b - 1) / (d.a - 1)
	if !d.q.changes() {
		return all
	}
	q := float64(d.q)
	if q < 1 {
		return all / q
	}
	const nearly0 = 1e-8
	return all/q + d.mean(0, func(p, chance, _ float64) float64 {
		if p < nearly0 {
			return (q - 1) / (2 * q)
		}
		return 1/chance - 1/(q*p)
	})
}

// lnStays is the logarithm of the chance to survive n purchases, E[(1-p')^n].
func (d dropout) lnStays(n float64) float64 {
	switch {
	case !d.q.changes():
		return lnSurvival(d.a, d.b, n)
	case n == 0:
		return 0
	case d.q > 1:
		return lnSurvival(d.a, d.b, float64(d.q)*n)
	}
	return math.Log(d.mean(n, func(_, _, lnStays float64) float64 { return math.Exp(n * lnStays) }))
}

// lnLeavesAfter is the logarithm of the chance to survive n purchases and not the next,
// E[p' (1-p')^n].
func (d dropout) lnLeavesAfter(n float64) float64 {
	if !d.q.changes() {
		return lnLeavesAfter(d.a, d.b, n)
	}
	return math.Log(d.mean(n, func(_, chance, lnStays float64) float64 {
		if n == 0 {
			return chance // of a customer who is sure to leave the other factor is 0^0
		}
		return chance * math.Exp(n*lnStays)
	}))
}

// met is how many of count opportunities in a row a customer meets, who is there for the first
// and survives each with the chance 1-p' for the next, each discounted to the first:
//
//	E[Σ ρ^i], i = 0, ..., count-1, ρ = e^-delta (1-p').
func (d dropout) met(count, delta float64) float64 {
	if math.IsInf(count, 1) && delta == 0 {
		if d.a <= 1 {
			return math.Inf(1)
		}
		return d.perPurchase()
	}
	return d.mean(0, func(_, _, lnStays float64) float64 {
		lnRho := lnStays - delta
		if -lnRho*count < 1e-17 {
			return count
		}
		return math.Expm1(count*lnRho) / math.Expm1(lnRho)
	})
}

// survival is the chance that a customer who has survived n purchases survives the next, as
// [survivalAfter] has it where each counts for one toss. What it makes it keeps, so that it
// belongs to one goroutine.
func (d dropout) survival() func(n float64) float64 {
	if !d.q.changes() {
		return survivalAfter(d.a, d.b)
	}
	var stays, weights []float64 // 1-p' by node, and the chance to be at it and have survived
	chances := []float64{1}      // to have survived n
	return func(n float64) float64 {
		if stays == nil {
			stays, weights = betaNodes(d.a, d.b, mostEvents, 1, 1)
			for i, p := range stays {
				stays[i] = 1 - d.q.of(p)
			}
		}
		for len(chances) < int(n)+2 {
			sum := 0.
			for i := range weights {
				weights[i] *= stays[i]
				sum += weights[i]
			}
			chances = append(chances, sum)
		}
		return ratio(chances[int(n)+1], chances[int(n)])
	}
}

// mean is E[f(p, p', ln(1-p'))], where f has a power of n in it.
func (d dropout) mean(n float64, f func(p, chance, lnStays float64) float64) (sum float64) {
	nodes, weights := betaNodes(d.a, d.b, n, 1, 1)
	for i, p := range nodes {
		chance, lnStays := d.q.lost(p)
		sum += weights[i] * f(p, chance, lnStays)
	}
	return sum
}

package clv

import (
	"math"

	"clientele/clv/internal/special"
)

// lifeFrom integrates over the time u that is left to a customer of Gamma-Gompertz/NBD
// who is alive, has bought with shape n in a (+Inf: purchases play no part) and has
// aged to g:
//
//	∫ weight(u) (1+u/a)^-n (1 + g (e^bu - 1))^-s e^-δu du.
type lifeFrom struct {
	n, a    float64
	b, g, s float64
	delta   float64

	beta, v float64 // of which g is the age: β, and b times the time so far
}

// agingFrom is that of a customer alive right after x purchases in y.
func (m gompertz) agingFrom(x, y float64) lifeFrom {
	return lifeFrom{n: m.r + x, a: m.alpha + y, b: m.b, g: m.age(y), s: m.s, beta: m.beta, v: m.b * y}
}

// leaving is the rate at which a customer who is alive leaves at u, given that
// e^bu - 1 is grown: s b G, with the age G = g e^bu/(1 + g (e^bu - 1)).
func (l lifeFrom) leaving(u, lnGrown float64) float64 {
	return l.s * l.b * math.Exp(math.Log(l.g)+l.b*u-lnGrown)
}

// buying is the rate of the next purchase at u.
func (l lifeFrom) buying(u float64) float64 { return l.n / (l.a + u) }

// chances are those of leaving before the next purchase, and of the other way round.
func (l lifeFrom) chances() (leaves, buys float64) {
	l.panels(math.Inf(1), func(middle, half float64) float64 {
		leaving, buying := 0.0, 0.0
		for i, node := range special.GaussNodes {
			u := middle + half*node
			fall, grown := l.fall(u)
			weight := special.GaussWeights[i] * math.Exp(-fall)
			leaving += weight * l.leaving(u, grown)
			buying += weight * l.buying(u)
		}
		leaving, buying = leaving*half, buying*half
		leaves, buys = leaves+leaving, buys+buying
		return max(leaving/leaves, buying/buys)
	})
	return leaves, buys
}

// fall is minus the logarithm of what the weight is multiplied with, and lnGrown its
// part by age.
func (l lifeFrom) fall(u float64) (fall, grown float64) {
	grown = lnGrown(l.b*u, l.g)
	fall = l.s*grown + l.delta*u
	if !math.IsInf(l.a, 1) {
		fall += l.n * math.Log1p(u/l.a)
	}
	return fall, grown
}

const (
	// mostLifePanels bounds the work: panels grow with the time passed, and no
	// integral needs more than some forty.
	mostLifePanels = 2000
	// steepest is by how much the logarithm of an integrand may change in a panel:
	// with powers of order 10 that a panel stretches by a factor of 2, sixteen nodes
	// are then exact to 1e-14.
	steepest = 6
)

// until is the integral up to h, with a weight of 1.
func (l lifeFrom) until(h float64) float64 {
	total := 0.0
	l.panels(h, func(middle, half float64) float64 {
		panel := 0.0
		for i, node := range special.GaussNodes {
			u := middle + half*node
			fall, _ := l.fall(u)
			panel += special.GaussWeights[i] * math.Exp(-fall)
		}
		panel *= half
		total += panel
		return panel / total
	})
	return total
}

// panels calls visit for one panel of u after another up to h, until one has no
// share in the total.
func (l lifeFrom) panels(h float64, visit func(middle, half float64) (share float64)) {
	u, fallen := 0.0, 0.0
	for range mostLifePanels {
		step := min(l.smooth(u), h-u)
		fall, _ := l.fall(u + step)
		for fall-fallen > steepest && step > u*1e-15 {
			step /= 2
			fall, _ = l.fall(u + step)
		}
		share := visit(u+step/2, step/2)
		if u += step; !(share > 1e-17) || u >= h {
			return
		}
		fallen = fall
	}
}

// smooth is how long a panel from u on may be for the nearest singularities of the
// integrand, seen from its middle, to be well outside. They are at -a, and where the
// age is infinite, e^v = 1-β with v = b times the time as a customer: for β < 1 that is
// before the first purchase, for β > 1 beside the real axis, by π. There the risk to
// leave turns from rising to level.
func (l lifeFrom) smooth(u float64) float64 {
	const far, beside = 1.5, 3.5
	step := far * (l.a + u)
	if l.delta > 0 {
		step = min(step, steepest/l.delta)
	}
	v := l.v + l.b*u
	// Derivatives have e^-2v as a factor, until nothing is left of it.
	step = min(step, max(steepest/2, v+negligible/2)/l.b)
	if l.beta <= 1 {
		return min(step, far*(v-math.Log1p(-l.beta))/l.b, farthest)
	}
	if left := math.Log(l.beta-1) - v; left > 0 {
		step = min(step, max(beside, 0.7*left)/l.b)
	} else {
		step = min(step, (beside-left)/l.b)
	}
	return min(step, farthest)
}

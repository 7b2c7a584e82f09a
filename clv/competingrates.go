package clv

import (
	"math"

	"clientele/clv/internal/special"
)

// competingRates are two events at unknown rates, λ ~ Gamma(p, rate a) and
// μ ~ Gamma(q, rate b).
type competingRates struct{ p, a, q, b float64 }

// chance is that the event at the rate μ comes first,
//
//	E[μ/(λ+μ)] = q/b ∫_0^∞ (1+v/a)^-p (1+v/b)^-(q+1) dv,  p, q, a, b > 0.
//
// It is a Gauss hypergeometric function. The chances of the two events add up to 1,
// but neither is computed as 1 less the other: each has all its digits however
// small it is.
func (r competingRates) chance() float64 {
	j, factor := r.integral()
	return r.q * factor * j.value()
}

// lnZeta is ln ζ, of the lesser rate to the greater.
func (r competingRates) lnZeta() float64 { return -math.Log1p(math.Abs(r.a-r.b) / min(r.a, r.b)) }

// hypergeometric is the integral of chance in v = m (e^θ - 1), where m is the lesser
// of a and b, M the greater and ζ = m/M,
//
//	J = ∫_0^∞ e^-gθ (1 + ζ(e^θ-1))^-e dθ,
//
// e being the exponent of M's factor, f that of m's and g = f-1. The logarithm of
// the integrand is concave, so there is one peak at most.
type hypergeometric struct {
	e, f, g float64
	w       float64 // e + g = p + q; adding them would lose a small p or q
	zeta, z float64 // m/M and 1 - m/M
}

// integral returns J and what q J has to be multiplied by.
func (r competingRates) integral() (j hypergeometric, factor float64) {
	p, a, q, b := r.p, r.a, r.q, r.b
	if b <= a {
		return hypergeometric{e: p, f: q + 1, g: q, w: p + q, zeta: b / a, z: (a - b) / a}, 1
	}
	zeta := a / b
	return hypergeometric{e: q + 1, f: p, g: p - 1, w: p + q, zeta: zeta, z: (b - a) / b}, zeta
}

// The series of J, Σ_k (e)_k/(w+1)_k z^k / w, has terms above 0 only, but it is
// slow where z is near 1. There the integral is taken over panels up to a θ from
// which on z, that falls with θ, is small enough for the series to do the rest.
const (
	// quickTerms and quickRatio say where the series is short. Its terms fall by
	// the factors z (e+k)/(w+1+k); their logarithms are concave in k, so that the
	// product of the first 2 quickTerms is below the middle one to that power,
	// 0.73^128 = 3e-18.
	quickTerms = 64
	quickRatio = 0.73
	// mostTerms bounds the series; no z, e and w that are quick come near to it.
	mostTerms = 1000
	// nearZ is the z at which the panels hand over to the series.
	nearZ = 0.5
	// A panel is no wider than panelWidth, the integrand's singularities being π
	// away from the real axis. And over it the logarithm of the integrand falls by
	// no more than panelFall, plus panelMore times what it has fallen before: what
	// is e^-20 of the whole need not have all digits. 16-point Gauss-Legendre then
	// leaves 1e-14; a width of 3 would leave 1e-10, a fall of 18 1e-12.
	panelWidth = 2
	panelFall  = 12
	panelMore  = 2
	// nothingLeft is the part of an integral that is left out.
	nothingLeft = 1e-17
)

// quick reports whether the series is short.
func (j hypergeometric) quick() bool {
	return j.z*(j.e+quickTerms) <= quickRatio*(j.w+1+quickTerms)
}

// value is J.
func (j hypergeometric) value() float64 {
	if j.quick() {
		return j.series()
	}
	return j.byPanels()
}

// byPanels is J by panels and series, for z above nearZ.
func (j hypergeometric) byPanels() float64 {
	sum := 0.0
	rest := j.overPanels(func(n hypergeometricNode) { sum += n.weight })
	if rest.weight > 0 {
		sum += rest.weight * j.from(rest).series()
	}
	return sum
}

// series is J where quick says so.
func (j hypergeometric) series() float64 {
	sum, term := 1.0, 1.0
	for k := 0.0; k < mostTerms; k++ {
		term *= j.z * (j.e + k) / (j.w + 1 + k)
		sum += term
		// Terms may fall slowly, by 0.85 each: what is left is a few times the last.
		if term < 1e-17*sum {
			break
		}
	}
	return sum / j.w
}

// hypergeometricNode is a point of the integrand of J.
type hypergeometricNode struct {
	theta   float64
	lnGreat float64 // ln(1 + ζ(e^θ-1)), of M's factor
	share   float64 // ζ(e^θ-1) / (1 + ζ(e^θ-1))
	weight  float64 // the integrand, in a panel times the rule's weight
}

// node is the integrand at θ.
func (j hypergeometric) node(theta float64) hypergeometricNode {
	passed := j.zeta * math.Expm1(theta)
	n := hypergeometricNode{theta: theta, lnGreat: math.Log1p(passed), share: passed / (1 + passed)}
	n.weight = math.Exp(-j.g*theta - j.e*n.lnGreat)
	return n
}

// fall is how fast the integrand falls at θ, minus the slope of its logarithm. It
// never lessens.
func (j hypergeometric) fall(theta float64) float64 {
	passed := j.zeta * math.Expm1(theta)
	return j.g + j.e*(passed+j.zeta)/(1+passed)
}

// overPanels visits the nodes of J up to the point that it returns, from where
// on the series serves; its weight is 0 where nothing is left by then.
func (j hypergeometric) overPanels(visit func(hypergeometricNode)) hypergeometricNode {
	end := math.Log1p((j.z/nearZ - 1) / j.zeta)
	here := j.node(0)
	total := 0.0
	for here.theta < end {
		fallen := max(0, -math.Log(here.weight))
		half := j.panel(here.theta, end, panelFall+panelMore*fallen) / 2
		for i, x := range special.GaussNodes {
			n := j.node(here.theta + half*(1+x))
			n.weight *= half * special.GaussWeights[i]
			total += n.weight
			visit(n)
		}
		if here.theta+2*half == here.theta {
			break
		}
		here = j.node(here.theta + 2*half)
		// What is left is below weight/fall, as the integrand falls ever faster.
		if here.weight <= nothingLeft*total*j.fall(here.theta) {
			here.weight = 0
			break
		}
	}
	return here
}

// panel is the width of a panel from θ on, over which the logarithm of the
// integrand falls by no more than most.
func (j hypergeometric) panel(theta, end, most float64) float64 {
	width := min(panelWidth, end-theta)
	before := max(0, j.fall(theta))
	if before*width > most {
		width = most / before
	}
	if mean := (before + j.fall(theta+width)) / 2; mean*width > most {
		width = most / mean
	}
	return width
}

// from is the integral from a node on, in multiples of the node's weight: the
// same at a later time, when m and M are nearer to each other.
func (j hypergeometric) from(n hypergeometricNode) hypergeometric {
	great := math.Exp(n.lnGreat)
	j.zeta *= math.Exp(n.theta) / great
	j.z /= great
	return j
}

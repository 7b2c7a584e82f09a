package clv

import (
	"math"

	"clientele/clv/internal/special"
)

// pmf implements prospect: the customer stays until h and buys n times, or leaves
// at some τ before and has bought n times by then. With NB the count of one who
// never leaves,
//
//	P(n) = NB(n; h) S(h) + ∫_0^h s b^s (b+τ)^-(s+1) NB(n; τ) dτ,  b = (β+t)/c.
//
// Both are above 0, so nothing cancels. In θ = ln τ the logarithm of the
// integrand is concave, and it is analytic for |Im θ| < π. So it is integrated
// over panels from its peak to both sides, until nothing is left. For few
// purchases it falls slowly to the left in θ, and is integrated over τ from 0 on
// instead: one or two panels do for a quarter of a year where θ takes twenty.
//
// Source: derived; Fader and Hardie (2014), Deriving the Conditional PMF of the
// Pareto/NBD Model, http://brucehardie.com/notes/028/, has hypergeometric
// functions and sums of n terms.
func (l lifetime) pmf(n, h, t float64) float64 {
	if h == 0 {
		return lifeless(n)
	}
	c := newLeaverCount(n, l, t)
	stays := math.Exp(special.LnNegativeBinomial(n, l.shape, h/l.buying(t))) * l.survival(h, t)
	return stays + c.within(h)
}

// lifeless is the chance of n purchases in no time.
func lifeless(n float64) float64 {
	if n == 0 {
		return 1
	}
	return 0
}

// leaverCount is the integrand of lifetime.pmf in θ = ln τ.
type leaverCount struct {
	n, shape, s float64
	a, b        float64 // those of lifetime.buying and leaving
	lnA, lnB    float64 // of these
	ln          float64 // of what does not depend on τ
}

func newLeaverCount(n float64, l lifetime, t float64) leaverCount {
	lnFactorial, _ := math.Lgamma(n + 1)
	return leaverCount{
		n: n, shape: l.shape, s: l.s,
		a: l.buying(t), b: l.leaving(t),
		lnA: math.Log(l.buying(t)), lnB: math.Log(l.leaving(t)),
		ln: math.Log(l.s) + special.LnRising(l.shape, n) - lnFactorial,
	}
}

const (
	// fewCounts is the largest n for which the integral is taken over τ: τ^n is then a
	// polynomial of which the rule over a panel has three quarters of its degree to spare.
	fewCounts = 8
	// A panel of τ is no longer than panelShare times its distance from the singularities
	// at -a and -b, and the powers of a+τ and b+τ fall by no more than powerFall over it:
	// 16-point Gauss-Legendre then leaves 1e-15.
	panelShare = 1.5
	powerFall  = 8
)

// within is the integral up to τ = h.
func (c leaverCount) within(h float64) float64 {
	if c.n > fewCounts {
		return c.upTo(math.Log(h))
	}
	nearest, total := min(c.a, c.b), 0.0
	for from := 0.0; from < h; {
		length := min(panelShare*(from+nearest), powerFall*(c.a+from)/(c.shape+c.n), powerFall*(c.b+from)/(c.s+1))
		half := min(length, h-from) / 2
		panel := 0.0
		for i, x := range special.GaussNodes {
			panel += special.GaussWeights[i] * c.leaving(from+half*(1+x))
		}
		panel *= half
		total += panel
		if panel <= 1e-17*total && total > 0 || from+2*half == from {
			break
		}
		from += 2 * half
	}
	return total * math.Exp(c.ln) / c.b
}

// leaving is the integrand over τ, for few purchases, but for what does not depend on τ.
func (c leaverCount) leaving(tau float64) float64 {
	return power(tau/(c.a+tau), c.n) * math.Exp(-c.shape*math.Log1p(tau/c.a)-(c.s+1)*math.Log1p(tau/c.b))
}

// at is the integrand.
func (c leaverCount) at(theta float64) float64 {
	u, v := theta-c.lnA, theta-c.lnB // ln τ/a, ln τ/b
	kept, bought := special.SoftplusPair(u)
	return math.Exp(c.ln + v - c.n*bought - c.shape*kept - (c.s+1)*special.Softplus(v))
}

// slope is that of the integrand's logarithm, and curvature minus its second
// derivative.
func (c leaverCount) slope(theta float64) (slope, curvature float64) {
	p, q := special.Logistic(theta-c.lnA), special.Logistic(theta-c.lnB)
	slope = c.n*(1-p) + 1 - c.shape*p - (c.s+1)*q
	curvature = (c.n+c.shape)*p*(1-p) + (c.s+1)*q*(1-q)
	return slope, curvature
}

// upTo is the integral up to θ = end.
func (c leaverCount) upTo(end float64) float64 {
	peak := c.peak(end)
	return c.walk(peak, end, 1) + c.walk(peak, math.Inf(-1), -1)
}

// peak is where the integrand is largest up to end, within what 60 halvings find.
func (c leaverCount) peak(end float64) float64 {
	if slope, _ := c.slope(end); slope >= 0 {
		return end
	}
	low, high := min(end, c.lnA, c.lnB)-60, end
	for range 60 {
		middle := low + (high-low)/2
		if slope, _ := c.slope(middle); slope > 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// walk integrates from a point to one side, direction 1 or -1.
func (c leaverCount) walk(from, end, direction float64) float64 {
	// mostPanels bounds the work: θ has 900 values between the ends of a float64.
	const mostPanels = 1000
	total := 0.0
	for range mostPanels {
		left := (end - from) * direction
		if !(left > 0) {
			break
		}
		slope, curvature := c.slope(from)
		half := min(panelWidth, 4/(math.Abs(slope)/2+math.Sqrt(curvature)), left) / 2
		panel := 0.0
		for i, x := range special.GaussNodes {
			panel += special.GaussWeights[i] * c.at(from+direction*half*(1+x))
		}
		panel *= half
		total += panel
		if panel <= 1e-17*total {
			break
		}
		from += 2 * half * direction
	}
	return total
}

package clv

import "math"

// pmf implements prospect: the customer stays until h and buys n times, or leaves
// at some τ before and has bought n times by then. With NB the count of one who
// never leaves,
//
//	P(n) = NB(n; h) S(h) + ∫_0^h s b^s (b+τ)^-(s+1) NB(n; τ) dτ,  b = β+t.
//
// Both are above 0, so nothing cancels. In θ = ln τ the logarithm of the
// integrand is concave, and it is analytic for |Im θ| < π. So it is integrated
// over panels from its peak to both sides, until nothing is left.
//
// Source: derived; Fader and Hardie (2014), Deriving the Conditional PMF of the
// Pareto/NBD Model, http://brucehardie.com/notes/028/, has hypergeometric
// functions and sums of n terms.
func (l lifetime) pmf(n, h, t float64) float64 {
	if h == 0 {
		return lifeless(n)
	}
	c := newLeaverCount(n, l, t)
	stays := math.Exp(lnNegativeBinomial(n, l.shape, h/(l.alpha+t))) * l.survival(h, t)
	return stays + c.upTo(math.Log(h))
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
	lnA, lnB    float64 // of α+t and β+t
	ln          float64 // of what does not depend on τ
}

func newLeaverCount(n float64, l lifetime, t float64) leaverCount {
	lnFactorial, _ := math.Lgamma(n + 1)
	return leaverCount{
		n: n, shape: l.shape, s: l.s,
		lnA: math.Log(l.alpha + t), lnB: math.Log(l.beta + t),
		ln: math.Log(l.s) + lnRising(l.shape, n) - lnFactorial,
	}
}

// at is the integrand.
func (c leaverCount) at(theta float64) float64 {
	u, v := theta-c.lnA, theta-c.lnB // ln τ/a, ln τ/b
	return math.Exp(c.ln + v - c.n*softplus(-u) - c.shape*softplus(u) - (c.s+1)*softplus(v))
}

// slope is that of the integrand's logarithm, and curvature minus its second
// derivative.
func (c leaverCount) slope(theta float64) (slope, curvature float64) {
	p, q := logistic(theta-c.lnA), logistic(theta-c.lnB)
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
		for i, x := range gaussNodes {
			panel += gaussWeights[i] * c.at(from+direction*half*(1+x))
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

package clv

import (
	"math"

	"clientele/clv/internal/special"
)

// pmf implements prospect as that of lifetime does: the customer stays until h and
// buys n times, or leaves at some τ before and has bought n times by then.
//
// Over θ = ln τ the integrand may have two tops: where the n-th purchase is likeliest,
// and where most leave. From both it is integrated to both sides.
func (c aging) pmf(n, h, t float64) float64 {
	if h == 0 {
		return lifeless(n)
	}
	l := agingCount{aging: c, n: n, lnA: math.Log(c.buying(t)), g: c.risk(t)}
	lnFactorial, _ := math.Lgamma(n + 1)
	l.ln = special.LnRising(c.shape, n) - lnFactorial + math.Log(c.s) + math.Log(c.b) + math.Log(l.g)
	stays := math.Exp(special.LnNegativeBinomial(n, c.shape, h/c.buying(t))) * c.survival(h, t)
	return stays + l.upTo(math.Log(h))
}

// agingCount is the integrand of aging.pmf in θ = ln τ.
type agingCount struct {
	aging
	n, lnA, g float64
	ln        float64 // of what does not depend on τ
}

// lnAt is the integrand's logarithm, with its slope and about its curvature.
func (l agingCount) lnAt(theta float64) (ln, slope, bend float64) {
	u, v := theta-l.lnA, l.b*math.Exp(theta)
	grown := lnGrown(v, l.g)
	age := math.Exp(math.Log(l.g) + v - grown)
	p := special.Logistic(u)
	kept, bought := special.SoftplusPair(u)
	ln = l.ln + theta - l.n*bought - l.shape*kept + v - (l.s+1)*grown
	slope = 1 + l.n*(1-p) - l.shape*p + v - (l.s+1)*v*age
	bend = (l.n+l.shape)*p*(1-p) + math.Abs(v-(l.s+1)*v*age*(1+v*(1-age)))
	return ln, slope, bend
}

// upTo is the integral up to θ = end.
func (l agingCount) upTo(end float64) float64 {
	buys := min(end, l.lnA+math.Log((l.n+1)/l.shape))
	leaves := min(end, math.Log(max(math.Log(1/l.g), 1/(1+l.g*l.s))/l.b))
	low, high := min(buys, leaves), max(buys, leaves)
	middle := low + (high-low)/2
	return l.walk(low, math.Inf(-1), -1) + l.walk(low, middle, 1) + l.walk(high, middle, -1) + l.walk(high, end, 1)
}

// walk integrates from a point to one side, direction 1 or -1.
func (l agingCount) walk(from, end, direction float64) float64 {
	const mostPanels = 1000
	total := 0.0
	for range mostPanels {
		left := (end - from) * direction
		if !(left > 0) {
			break
		}
		_, slope, bend := l.lnAt(from)
		half := min(panelWidth, 4/(math.Abs(slope)/2+math.Sqrt(bend)), left) / 2
		panel := 0.0
		for i, x := range special.GaussNodes {
			ln, _, _ := l.lnAt(from + direction*half*(1+x))
			panel += special.GaussWeights[i] * math.Exp(ln)
		}
		panel *= half
		total += panel
		if panel <= 1e-17*total && slope*direction <= 0 {
			break
		}
		from += 2 * half * direction
	}
	return total
}

package clv

import (
	"math"

	"clientele/clv/internal/special"
)

// negligible is the logarithm below which a weight relative to the largest one
// is left out: e^-40 = 4e-18.
const negligible = -40

// betaNodes returns nodes p and weights w of a quadrature for
//
//	E[f(p)] = Σ w f(p),  p ~ Beta(a, b),
//
// exact to about 1e-13 for f(p) = (1+pz)^-s and (1+pz)^-(s+1) with 0 <= z <= u,
// for any a, b, s > 0, and for functions that are as smooth in (1-p)^(1/k). It is exact
// also for a and b near 0, where p is near 0 or near 1, and for large ones, where the
// density is a spike.
//
// It is the trapezoidal rule in θ = logit(p), which converges geometrically
// because the density p^a (1-p)^b dθ and f are analytic in the strip
// |Im θ| < π. The sum would go on for ever to both sides; where f has become
// constant (p -> 0 and p -> 1) the weights are geometric and their sum to
// infinity goes to the nodes p = 0 and p = 1.
//
// Source for the rule: Trefethen and Weideman (2014), The exponentially
// convergent trapezoidal rule, SIAM Review 56(3), theorem 5.1.
func betaNodes(a, b, s, u float64, k int) (p, w []float64) {
	grid := newLogitGrid(a, b, s)
	// Beyond these points f and the density's other factor are constant to
	// e^-40 of themselves.
	lowest := negligible - math.Log1p(b+s*u)
	highest := float64(k) * (-negligible + math.Log1p(a+s))

	p, w = append(p, grid.p(0)), append(w, 1)
	total := 1.0
	add := func(node, weight float64) {
		p, w = append(p, node), append(w, weight)
		total += weight
	}
	for j := -1; ; j-- {
		theta, lnWeight := grid.at(j)
		add(grid.p(j), math.Exp(lnWeight))
		// What is integrated in the end may weigh p by 1/p.
		if lnWeight-theta+grid.peak < negligible {
			break
		}
		if theta < lowest {
			add(0, math.Exp(lnWeight)/math.Expm1(a*grid.step))
			break
		}
	}
	for j := 1; ; j++ {
		theta, lnWeight := grid.at(j)
		add(grid.p(j), math.Exp(lnWeight))
		if lnWeight < negligible {
			break
		}
		if theta > highest {
			add(1, math.Exp(lnWeight)/math.Expm1(b*grid.step))
			break
		}
	}
	for i := range w {
		w[i] /= total
	}
	return p, w
}

// logitGrid is an even grid of logit(p) about the peak of p^a (1-p)^b.
type logitGrid struct {
	a, b       float64
	peak, step float64 // of logit(p)
	p0, q0     float64 // p and 1-p at the peak
}

// newLogitGrid chooses the step. The rule's error is the integrand's Fourier
// transform at 2π/step. For curvature c it behaves like |Γ(c+iω)|/Γ(c), which is
// about e^(-πω/2) where c is small and e^(-ω²/2c) where it is large;
// ω² = 24² + 80c puts both, and what lies between, below 1e-15.
//
// The density p^a (1-p)^b dθ has curvature a*b/(a+b); the factor (1+pu)^-s adds
// to it, by no more than about 10 while that factor is above e^-40.
func newLogitGrid(a, b, s float64) logitGrid {
	curvature := a/(a+b)*b + min(10, a/(a+b+s)*(b+s))
	return logitGrid{
		a: a, b: b,
		peak: math.Log(a / b),
		step: 2 * math.Pi / math.Sqrt(24*24+80*curvature),
		p0:   a / (a + b),
		q0:   b / (a + b),
	}
}

// at returns logit(p) of node j and the logarithm of its weight relative to
// node 0. The two logarithms are of p/p(0) and (1-p)/(1-p(0)): taken on their
// own, a ln p + b ln(1-p) would drown the spike of a large a and b in rounding.
func (g logitGrid) at(j int) (theta, lnWeight float64) {
	d := float64(j) * g.step
	return g.peak + d, -g.a*math.Log1p(g.q0*math.Expm1(-d)) - g.b*math.Log1p(g.p0*math.Expm1(d))
}

// p returns the p of node j.
func (g logitGrid) p(j int) float64 { return special.Logistic(g.peak + float64(j)*g.step) }

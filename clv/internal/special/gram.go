package special

import (
	"math"
	"math/bits"
	"sync"
)

// gramRule is Gauss's rule for sums: its 16 nodes and weights give
//
//	Σ f(k), k = 0, ..., m-1
//
// exactly for a polynomial f of degree 31, as those of Legendre do for an
// integral. Nodes are not whole numbers; weights are positive and add up to m.
type gramRule struct {
	nodes, weights [GaussPoints]float64
}

// manyTerms is a number of terms for which Legendre's rule is the same to the
// last bits: c below differs by (16/m)².
const manyTerms = 1 << 30

// gramRuleOf returns the rule for m terms, m > DirectTerms. Those for powers of
// two are kept.
func gramRuleOf(m float64) *gramRule {
	if m >= manyTerms {
		return legendreRule(m)
	}
	if fraction, exponent := math.Frexp(m); fraction == 0.5 {
		return gramPowers()[exponent-1]
	}
	return newGramRule(m)
}

// gramPowers are the rules for 2^j terms, by j.
var gramPowers = sync.OnceValue(func() map[int]*gramRule {
	rules := make(map[int]*gramRule)
	for m := 2 * DirectTerms; m < manyTerms; m *= 2 {
		rules[bits.TrailingZeros(uint(m))] = newGramRule(float64(m))
	}
	return rules
})

// legendreRule is Legendre's rule for an integral, moved to the sum's terms.
func legendreRule(m float64) *gramRule {
	r := new(gramRule)
	for i, y := range GaussNodes {
		r.nodes[i] = (m - 1 + m*y) / 2
		r.weights[i] = m / 2 * GaussWeights[i]
	}
	return r
}

// newGramRule makes the rule for m terms, m > DirectTerms.
//
// The nodes are the zeros of the polynomial of degree 16 that is orthogonal to
// all lower ones over the m points. In y = (2k-m+1)/m its recurrence is
//
//	P_(j+1) = y P_j - c_j P_(j-1),  c_j = j² (1-j²/m²)/(4j²-1),
//
// which is Legendre's for m without end. Legendre's zeros are therefore where
// Newton's method starts.
//
// Source: Abramowitz and Stegun (1964), 22.17 (discrete Chebyshev polynomials);
// Szegő (1939), Orthogonal Polynomials, 2.8 and 3.4.
func newGramRule(m float64) *gramRule {
	// From one digit right, where m is small, six steps leave nothing to gain.
	const steps = 6
	var c [GaussPoints]float64
	norm := m // of P_15, as the sum of its squares over the m points
	for j := 1; j < GaussPoints; j++ {
		jj := float64(j * j)
		c[j] = jj * (1 - jj/m/m) / (4*jj - 1)
		norm *= c[j]
	}
	r := new(gramRule)
	for i, y := range GaussNodes {
		var before, value, slope float64
		for range steps {
			before, value, slope = gramPolynomial(&c, y)
			y -= value / slope
		}
		r.nodes[i] = (m - 1 + m*y) / 2
		r.weights[i] = norm / (before * slope)
	}
	return r
}

// gramPolynomial returns P_15, P_16 and the derivative of P_16 at y.
func gramPolynomial(c *[GaussPoints]float64, y float64) (before, value, slope float64) {
	value = 1
	slopeBefore := 0.0
	for j := range GaussPoints {
		slope, slopeBefore = value+y*slope-c[j]*slopeBefore, slope
		value, before = y*value-c[j]*before, value
	}
	return before, value, slope
}

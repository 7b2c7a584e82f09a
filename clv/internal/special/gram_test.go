package special

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// The rule sums powers exactly up to the 31st, for few terms and for many.
func TestGramRule(t *testing.T) {
	for _, m := range []float64{65, 66, 100, 128, 1001, 16_384, 20_000} {
		r := gramRuleOf(m)
		for _, degree := range []float64{0, 1, 2, 7, 16, 31} {
			want, got := 0., 0.
			for k := range int(m) {
				want += math.Pow(float64(k)/m, degree)
			}
			for i, node := range r.nodes {
				require.Positive(t, r.weights[i])
				got += r.weights[i] * math.Pow(node/m, degree)
			}
			requireClose(t, want, got, 1e-13, "%v terms of degree %v", m, degree)
		}
	}
}

// With many terms the sum is an integral: Σ k^5 of m = 1e15 terms.
func TestGramRuleOfManyTerms(t *testing.T) {
	r, got := gramRuleOf(1e15), 0.
	for i, node := range r.nodes {
		got += r.weights[i] / 1e15 * math.Pow(node/1e15, 5)
	}
	requireClose(t, 1./6, got, 1e-14)
}

// Sums in blocks are those one by one, whatever the shape of the terms.
func TestSmoothSum(t *testing.T) {
	for name, ln := range map[string]func(k float64) float64{
		"power":       func(k float64) float64 { return -1.3 * math.Log(k+1e-6) },
		"slow power":  func(k float64) float64 { return -0.2 * math.Log(k+3) },
		"falling":     func(k float64) float64 { return -0.7 * k },
		"nearly flat": func(k float64) float64 { return -1e-9 * k },
		"top":         func(k float64) float64 { return -(k - 40_000) * (k - 40_000) / 1e5 },
		"wide top":    func(k float64) float64 { return -(k - 40_000) * (k - 40_000) / 1e9 },
	} {
		t.Run(name, func(t *testing.T) {
			const from, to = 1, 200_000
			want := 0.
			for k := from; k <= to; k++ {
				want += math.Exp(ln(float64(k)))
			}
			begin := 1.
			if ln(40_000) == 0 {
				begin = 40_100 // near the top is enough
			}
			requireClose(t, want, SmoothTerms{ln}.Sum(from, begin, to), 1e-12)
		})
	}
}

// Where Legendre's rule takes over the two agree.
func TestGramRuleMeetsLegendre(t *testing.T) {
	last, first := newGramRule(manyTerms), legendreRule(manyTerms)
	for i := range GaussPoints {
		requireClose(t, last.nodes[i], first.nodes[i], 1e-14)
		requireClose(t, last.weights[i], first.weights[i], 1e-13)
	}
}

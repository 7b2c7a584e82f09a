package special

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// Beta-binomial chances to 20 digits by mpmath 1.3 with mp.dps = 60, from
// loggamma.
func TestLnBetaBinomial(t *testing.T) {
	for _, c := range []struct{ k, m, a, b, want float64 }{
		{0, 6, 1.204, .75, -2.5387071497243762938},
		{3, 2, .01, 1e6, -43.041040763948115314},
		{1, 0, 1e-12, 1, -27.631021115929548208},
		{0, 1000, 1e6, 1e12, -0.00099999949950083383292},
		{500000, 499000, 1e12, 1e12, -7.6335467145433349671},
		{7e9, 3e9, 7e11, 3e11, -11.656515289500503328},
		{5e14, 4.9999e14, .5, 2, -35.173037057767441134},
		{0, 1e15, 1e-3, 1e-12, -20.758381007939603566},
		{20, 1e15, 30, 1e12, -176.30954486726091003},
		{1e5, 1e5, 1e-6, 1e-6, -25.328437409232218725},
		{9, 9, 9.99, 10.01, -2.0117076763592854148},
		{0, 1e-3, 7e6, 1e12, -6.9999755001178292086e-9},
		{6e6, 6e6, 7e6, 1e12, -60852473.261920114151},
	} {
		got := LnBetaBinomial(c.k, c.m, c.a, c.b)
		require.InDelta(t, c.want, got, 2e-14*(1+math.Abs(c.want)), "%v", c)
	}
	require.Zero(t, LnBetaBinomial(0, 0, 0.3, 2))
}

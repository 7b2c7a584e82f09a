package special

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// Differences of gamma functions to 20 digits, by mpmath 1.3 with mp.dps = 60:
// loggamma(z+n)-loggamma(z), psi(0,z+n)-psi(0,z), psi(1,z).
func TestRising(t *testing.T) {
	for _, c := range []struct{ z, n, lnRising, digammaRising, trigamma float64 }{
		{0.01, 3, -3.897085133063938881, 101.48761144771193329, 10001.621213528312804},
		{0.25, 200, 857.96975769785083988, 9.5245211622937936639, 17.197329154507110739},
		{2.5, 0.7, 0.60072195668198974196, 0.29568225064135637975, 0.49035775610023486497},
		{9.99, 1, 2.3015845926604621719, 0.10010010010010009796, 0.10527695014824178439},
		{10, 1000, 5961.5410066901118658, 4.6654578895723040898, 0.10516633568168574612},
		{123456.5, 1, 11.723644146283119768, 8.1000190350447323551e-6, 8.1000518402874905231e-6},
		{1e9, 2, 41.446531674892822312, 1.999999999000000001e-9, 1.0000000005000000002e-9},
		{1e9, 1e9, 21109560197.719728185, 0.69314718080994530948, 1.0000000005000000002e-9},
		{1e-12, 5, -24.452967285578519275, 1000000000002.0833534, 1.0000000000000000402e+24},
		{7, 1e12, 26631021116102.489533, 25.758236780836581069, 0.15354517795933754758},
	} {
		requireClose(t, c.lnRising, LnRising(c.z, c.n), 4e-15, "ln rising of %v by %v", c.z, c.n)
		requireClose(t, c.digammaRising, DigammaRising(c.z, c.n), 4e-15, "digamma of %v by %v", c.z, c.n)
		requireClose(t, c.trigamma, Trigamma(c.z), 2e-14, "Trigamma of %v", c.z)
	}
	require.Zero(t, LnRising(0.3, 0))
	require.Zero(t, DigammaRising(0.3, 0))
}

// ln B(a, b+n) - ln B(a, b) where the plain difference leaves nothing; mpmath
// as above.
func TestLnBetaRatio(t *testing.T) {
	for _, c := range []struct{ a, b, n, want float64 }{
		{0.01, 1e6, 3, -2.9999969850050301534e-8},
		{1e6, 0.5, 2, -27.918705188379079137},
		{0.8, 2.5, 200, -3.5457813354354820987},
		{1e-6, 1e6, 1, -9.9999999999949995475e-13},
		{1e9, 1e9, 1, -0.69314718055994530942},
		{30, 900, 10000, -74.385434122320761011},
		{1e9, 1e-3, 1e-3, -0.71444519746094162841},
	} {
		require.InDelta(t, c.want, LnBetaRatio(c.a, c.b, c.n), 1e-14*(1+math.Abs(c.want)), "a=%v b=%v n=%v", c.a, c.b, c.n)
	}
}

func TestLogisticAndSoftplus(t *testing.T) {
	for _, v := range []float64{-800, -40, -1, 0, 1, 40, 800} {
		require.InDelta(t, 1, Logistic(v)+Logistic(-v), 1e-15)
		require.InDelta(t, v, Softplus(v)-Softplus(-v), 1e-12)
		of, ofMinus := SoftplusPair(v)
		require.Equal(t, []float64{Softplus(v), Softplus(-v)}, []float64{of, ofMinus})
		yes, no, sum := OddsOf(v)
		require.Equal(t, []float64{Logistic(v), Logistic(-v), Softplus(v)}, []float64{yes, no, sum})
	}
	requireClose(t, math.Exp(-700), Logistic(-700), 1e-15)
	requireClose(t, math.Exp(-700), Softplus(-700), 1e-15)
}

package clv

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// drawLog draws a number whose logarithm is even between two bounds.
func drawLog(t *rapid.T, name string, low, high float64) float64 {
	return math.Exp(rapid.Float64Range(math.Log(low), math.Log(high)).Draw(t, "ln "+name))
}

// One of the two comes first. The two chances are computed by different series,
// or integrals, so that this also holds them to each other.
func TestChancesToComeFirstAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, q := drawLog(t, "p", MinParam, 1e16), drawLog(t, "q", MinParam, 1e16)
		a, b := drawLog(t, "a", MinParam, 1e15), drawLog(t, "b", MinParam, 1e15)
		require.InDelta(t, 1, competingRates{p, a, q, b}.chance()+competingRates{q, b, p, a}.chance(), 1e-13)
	})
}

// Cases with a closed form: equal rates a = b, and p = q = 1.
func TestChanceToComeFirstClosedForms(t *testing.T) {
	requireClose(t, 3./10, competingRates{7, 2.5, 3, 2.5}.chance(), 1e-15)
	requireClose(t, 1e-9/(1e-9+4e15), competingRates{4e15, 1e-3, 1e-9, 1e-3}.chance(), 1e-15)
	requireClose(t, 0.5, competingRates{0.7, 1e-9, 0.7, 1e-9}.chance(), 1e-15)
	// With y = a/b the chance is E[yU/(1+(y-1)U)], U uniform on (0, 1).
	for _, y := range []float64{1e-6, 0.01, 0.3, 3, 20, 1e3, 1e9} {
		requireClose(t, y*(y-1-math.Log(y))/((y-1)*(y-1)), competingRates{1, y, 1, 1}.chance(), 1e-14, "%v", y)
	}
}

// The two ways to integrate agree where both serve, with all derivatives.
func TestHypergeometricRegimesAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, f := drawLog(t, "e", 1e-6, 1e6), drawLog(t, "f", 1e-6, 1e6)
		if e+f <= 1 {
			e++ // J diverges
		}
		zeta := rapid.Float64Range(0.05, 0.45).Draw(t, "ζ")
		j := hypergeometric{e: e, f: f, g: f - 1, w: e + f - 1, zeta: zeta, z: 1 - zeta}
		require.InEpsilon(t, j.series(), j.byPanels(), 1e-13)

		var series, panels slope
		j.seriesSlope(&series)
		j.panelSlope(&panels)
		require.InDelta(t, series.f, panels.f, 1e-13*(1+math.Abs(series.f)))
		for i := range 3 {
			requireNear(t, series.g[i], panels.g[i], 1e-10)
			for k := range i + 1 {
				requireNear(t, series.h[i][k], panels.h[i][k], 1e-8)
			}
		}
	})
}

// requireNear wants got near to want, relative to 1 where want is small.
func requireNear(t *rapid.T, want, got, tolerance float64) {
	require.InDelta(t, want, got, tolerance*(1+math.Abs(want)))
}

// The derivatives of the two chances add up to 0: those of e^f are
// e^f g and e^f (h + ggᵀ), here by the logarithms of the parameters.
func TestChanceToComeFirstDerivatives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		theta := make([]float64, 4)
		for i := range theta {
			theta[i] = drawLog(t, "parameter", 1e-6, 1e6)
		}
		var wins, loses, other slope
		competingRates{theta[0], theta[1], theta[2], theta[3]}.slope(nil, &wins)
		competingRates{theta[2], theta[3], theta[0], theta[1]}.slope(nil, &other)
		swapped := [4]int{2, 3, 0, 1}
		for i, a := range swapped {
			loses.g[i] = other.g[a]
			for j, b := range swapped[:i+1] {
				loses.h[i][j] = other.h[max(a, b)][min(a, b)]
			}
		}
		won, lost := math.Exp(wins.f), math.Exp(other.f)
		require.InDelta(t, 1, won+lost, 1e-12)
		for i := range theta {
			first, second := won*wins.g[i]*theta[i], lost*loses.g[i]*theta[i]
			require.InDelta(t, 0, first+second, 1e-10*(1+math.Abs(first)))
			for j := range i + 1 {
				first := won * (wins.h[i][j] + wins.g[i]*wins.g[j]) * theta[i] * theta[j]
				second := lost * (loses.h[i][j] + loses.g[i]*loses.g[j]) * theta[i] * theta[j]
				require.InDelta(t, 0, first+second, 1e-9*(1+math.Abs(first)))
			}
		}
	})
}

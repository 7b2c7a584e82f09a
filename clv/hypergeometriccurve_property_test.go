package clv

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A curve has the values of the integral, with all derivatives, also where exponents are
// as large as those of a fit that runs to the edge of its box.
func TestHypergeometricCurve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := competingRates{
			p: drawLog(t, "p", 1e-4, 1e4), a: drawLog(t, "a", 1e-6, 1e6),
			q: drawLog(t, "q", 1e-4, 1e4), b: drawLog(t, "b", 1e-6, 1e6),
		}
		later := r
		y := drawLog(t, "y", 1e-6, 1e3)
		later.a, later.b = r.a+y, r.b+y
		curves := newHypergeometricCurves([]span{{x: 3, low: 0, high: y, times: math.MaxInt}}, 1, func(_, y float64) competingRates {
			return competingRates{r.p, r.a + y, r.q, r.b + y}
		})
		curve := curves.curve(3)
		if curve == nil {
			require.InDelta(t, r.lnZeta(), later.lnZeta(), 0)
			return
		}
		at := r
		passed := y * rapid.Float64Range(0, 1).Draw(t, "share")
		at.a, at.b = r.a+passed, r.b+passed
		var want, got slope
		at.slope(nil, &want)
		at.slope(curve, &got)
		require.InDelta(t, want.f, got.f, 1e-12*(1+math.Abs(want.f)))
		scale := [4]float64{at.p, at.a, at.q, at.b} // of logarithms, as in fits
		for i := range 4 {
			requireNear(t, want.g[i]*scale[i], got.g[i]*scale[i], 1e-10)
			for k := range i + 1 {
				requireNear(t, want.h[i][k]*scale[i]*scale[k], got.h[i][k]*scale[i]*scale[k], 1e-8)
			}
		}
	})
}

// Few times are not worth a curve.
func TestHypergeometricCurveForFewTimes(t *testing.T) {
	at := func(x, y float64) competingRates { return competingRates{1 + x, 2 + y, 0.5, 3 + y} }
	require.Nil(t, newHypergeometricCurves([]span{{x: 1, low: 0, high: 1, times: pieceDegree - 1}}, 1, at).curve(1))
	require.NotNil(t, newHypergeometricCurves([]span{{x: 1, low: 0, high: 1, times: pieceDegree}}, 1, at).curve(1))
}

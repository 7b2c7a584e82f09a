package clv

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// MeanAtMost is the chance that the mean spend over x purchases of a customer of whom
// nothing is known is m or less: with u = xm/(γ + xm),
//
//	P(Z <= m) = I_u(px, q),
//
// I being the regularised incomplete beta function, as the sum of the purchases times ν is
// Gamma(px) and ν itself Gamma(q). It is 0 at m <= 0; NaN where x < 1, and for what is no
// number.
//
// Source: Fader and Hardie (2013), The Gamma-Gamma Model of Monetary Value, eq. (1a):
// the density, of which this is the integral, http://www.brucehardie.com/notes/025/.
func (g GammaGamma) MeanAtMost(m, x float64) float64 {
	switch {
	case !(x >= 1) || math.IsInf(x, 1) || math.IsNaN(m):
		return math.NaN()
	case m <= 0:
		return 0
	case math.IsInf(m, 1):
		return 1
	}
	return mathext.RegIncBeta(g.P*x, g.Q, x*m/(g.Gamma+x*m))
}

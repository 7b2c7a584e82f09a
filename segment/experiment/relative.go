package experiment

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Relative is an effect as a share of the control's mean, and its 90% interval.
type Relative struct{ Lift, Low, High float64 }

// Relative divides the effect by the control's mean. Where both means are far from 0, three
// standard errors and more, the interval is that of the log ratio:
//
//	ln(T/C) ± z √(s²_T/T² + s²_C/C²),  s the standard errors of the means T and C
//
// and else Fieller's, which are the ratios ρ with (T − ρC)² ≤ z² (s²_T + ρ² s²_C). Where
// the control's mean may be 0 at 90%, that set has no ends, and they are NaN: nothing can be
// said of a ratio to it.
//
// Source: the log ratio by the delta method, as in Katz et al. (1978), Biometrics 34(3);
// Fieller (1954), Journal of the Royal Statistical Society B 16(2).
func (a Arms) Relative(y []float64) Relative {
	c := a.compare(y)
	t, o := c.mean[0], c.mean[1]
	if !a.Measurable() || o <= 0 {
		return Relative{math.NaN(), math.NaN(), math.NaN()}
	}
	var vT, vC float64 // of the means
	for k, w := range c.weights {
		vT += w * w * c.treated[k].variance / c.treated[k].n
		vC += w * w * c.control[k].variance / c.control[k].n
	}
	z := distuv.UnitNormal.Quantile(1 - tail)
	const far = 3
	if o >= far*math.Sqrt(vC) && t >= far*math.Sqrt(vT) {
		half := z * math.Sqrt(vT/(t*t)+vC/(o*o))
		return Relative{t/o - 1, t/o*math.Exp(-half) - 1, t/o*math.Exp(half) - 1}
	}
	low, high := fieller(t, o, vT, vC, z)
	return Relative{t/o - 1, low - 1, high - 1}
}

// fieller solves (t − ρo)² = z² (vT + ρ² vC), of independent means.
func fieller(t, o, vT, vC, z float64) (low, high float64) {
	a := o*o - z*z*vC
	if a <= 0 {
		return math.NaN(), math.NaN()
	}
	half := math.Sqrt(t*t*o*o - a*(t*t-z*z*vT))
	return (t*o - half) / a, (t*o + half) / a
}

package experiment

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Wilson is the 90% interval of a share, of which k of n customers were seen:
//
//	(k + z²/2 ± z √(k(n−k)/n + z²/4)) / (n + z²)
//
// Source: Wilson (1927), Journal of the American Statistical Association 22(158).
func Wilson(k, n float64) (low, high float64) {
	return wilson(k, n, distuv.UnitNormal.Quantile(1-tail))
}

func wilson(k, n, z float64) (low, high float64) {
	if n <= 0 {
		return math.NaN(), math.NaN()
	}
	middle := k + z*z/2
	half := z * math.Sqrt(k*(n-k)/n+z*z/4)
	return max((middle-half)/(n+z*z), 0), min((middle+half)/(n+z*z), 1)
}

// Shares is the difference of shares: y is 1 of those who did, and 0. Wilson's limits l, u
// of each arm of each block give those of the difference,
//
//	d − √Σ w_b² ((p_Tb − l_Tb)² + (u_Cb − p_Cb)²),  d + √Σ w_b² ((u_Tb − p_Tb)² + (p_Cb − l_Cb)²)
//
// which in one block is Newcombe's interval.
//
// Source: Newcombe (1998), Statistics in Medicine 17(8), method 10; of several blocks, Zou
// and Donner (2008), Statistics in Medicine 27(10), eq. 9 and 10, and Yan and Su (2010),
// Statistics in Biopharmaceutical Research 2(3).
func (a Arms) Shares(y []float64) Estimate {
	if !a.Measurable() {
		return unknown()
	}
	return a.compare(y).newcombe(distuv.UnitNormal.Quantile(1 - tail))
}

func (c comparison) newcombe(z float64) Estimate {
	below, above := 0.0, 0.0
	for k, w := range c.weights {
		t, o := c.treated[k], c.control[k]
		lowT, highT := wilson(t.mean*t.n, t.n, z)
		lowC, highC := wilson(o.mean*o.n, o.n, z)
		below += w * w * (square(t.mean-lowT) + square(highC-o.mean))
		above += w * w * (square(highT-t.mean) + square(o.mean-lowC))
	}
	e := c.estimate()
	e.Low, e.High = c.effect-math.Sqrt(below), c.effect+math.Sqrt(above)
	return e
}

func square(x float64) float64 { return x * x }

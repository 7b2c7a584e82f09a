package experiment

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Estimate is a difference between arms, and its 90% interval with equal tails. Numbers
// that cannot be said are NaN.
type Estimate struct {
	Treated, Control float64 // means; that of control is weighted as the treated are
	Effect           float64 // of being treated, per customer
	SE               float64 // standard error
	Low, High        float64
}

func unknown() Estimate {
	nan := math.NaN()
	return Estimate{nan, nan, nan, nan, nan, nan}
}

// Difference is that of the means of a column, by intention to treat: treated are all who
// were drawn to be, whatever reached them. In blocks b with shares w_b of the treated,
//
//	d = Σ w_b (mean_Tb − mean_Cb),  SE² = Σ w_b² (s²_Tb/n_Tb + s²_Cb/n_Cb)
//
// The interval is Welch's where the arms are large for their skewness, by Cochran's rule,
// and else inverts a randomisation test (see [Arms.randomized]): of few customers, many of
// whom buy nothing and a few for much, the mean of a small control is too low most of the
// time, and then its variance is too small as well. Welch's interval lies above the truth
// up to four times as often as it should, and neither the bootstrap-t nor a correction for
// skewness mends that, as both know no more of the tail than the few customers of the arm.
//
// Source: Welch (1938), Biometrika 29(3/4); on intention to treat, Gerber and Green (2012),
// Field Experiments, chapter 5.
func (a Arms) Difference(y []float64) Estimate {
	d := a.compare(y)
	switch {
	case !a.Measurable():
		return unknown()
	case d.se == 0: // nobody differs from anybody: nothing says how large an effect could be
		e := d.estimate()
		e.Low, e.High = math.NaN(), math.NaN()
		return e
	case d.normal(y):
		return d.welch()
	default:
		return a.randomized(y, d)
	}
}

// comparison is the arms of all blocks beside each other.
type comparison struct {
	blocks           []block
	weights          []float64
	treated, control []moments // by block
	mean             [2]float64
	effect, se       float64
}

func (a Arms) compare(y []float64) (c comparison) {
	c.blocks, c.weights = a.weighted()
	variance := 0.0
	for k, b := range c.blocks {
		t, o, w := momentsOf(y, b.treated), momentsOf(y, b.control), c.weights[k]
		c.treated, c.control = append(c.treated, t), append(c.control, o)
		c.mean[0] += w * t.mean
		c.mean[1] += w * o.mean
		variance += w * w * (t.variance/t.n + o.variance/o.n)
	}
	c.effect, c.se = c.mean[0]-c.mean[1], math.Sqrt(variance)
	return c
}

func (c comparison) estimate() Estimate {
	return Estimate{Treated: c.mean[0], Control: c.mean[1], Effect: c.effect, SE: c.se}
}

// normal tells whether each arm has n ≥ 25 G² customers, where G is the skewness of both
// arms together: a small arm has too few customers to show its own.
func (c comparison) normal(y []float64) bool {
	for k, b := range c.blocks {
		g := b.skewness(y, c.treated[k], c.control[k])
		if min(c.treated[k].n, c.control[k].n) < max(cochran*g*g, smallest) {
			return false
		}
	}
	return true
}

// smallest is how many customers an arm must have for Welch's interval even where nothing
// is skewed: of fewer, a skewness of 0 may be chance, and a randomisation costs nothing.
const smallest = 100

// welch is the interval by Student's t with the degrees of freedom of Welch and
// Satterthwaite: of terms a_j = w_b² s_j²/n_j of the arms of all blocks,
//
//	ν = (Σ a_j)² / Σ a_j²/(n_j − 1)
//
// Source: Satterthwaite (1946), Biometrics Bulletin 2(6), eq. 17; Welch (1947), Biometrika
// 34(1/2), eq. 28.
func (c comparison) welch() Estimate {
	sum, below := 0.0, 0.0
	for k, w := range c.weights {
		for _, m := range []moments{c.treated[k], c.control[k]} {
			term := w * w * m.variance / m.n
			sum += term
			below += term * term / (m.n - 1)
		}
	}
	e := c.estimate()
	half := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: sum * sum / below}.Quantile(1-tail) * c.se
	e.Low, e.High = c.effect-half, c.effect+half
	return e
}

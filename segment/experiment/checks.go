package experiment

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// SampleRatio is the chance that the arms would be at least as far from the shares they were
// drawn at, were nothing wrong. Of blocks with N customers and a share s of control,
//
//	χ² = Σ (n_C − N s)² / (N s (1 − s)),  one degree of freedom per block
//
// Below .001 it is an alarm ([Alarming]): somebody is missing from an arm, or was added to
// it, and the arms no longer compare. Blocks that were to have one arm only are left out; it
// is NaN where no others are.
//
// Source: Pearson (1900), Philosophical Magazine 50; Fabijan et al. (2019), Diagnosing
// Sample Ratio Mismatch in Online Controlled Experiments, KDD.
func (a Arms) SampleRatio() float64 {
	chi2, degrees := 0.0, 0.0
	for _, b := range a.blocks {
		if b.share <= 0 || b.share >= 1 {
			continue
		}
		n := float64(b.size())
		chi2 += square(float64(len(b.control))-n*b.share) / (n * b.share * (1 - b.share))
		degrees++
	}
	if degrees == 0 {
		return math.NaN()
	}
	return distuv.ChiSquared{K: degrees}.Survival(chi2)
}

// Alarming tells whether a sample ratio by its chance is an alarm.
func Alarming(p float64) bool { return p < ratioAlarm }

// Uneven tells whether arms, by the chance of their balance, are said to differ.
func Uneven(p float64) bool { return p < balanceMark }

// Balance is the chance that the arms would differ as much in the mean of x, which was fixed
// before the draw, were nothing wrong: that of a randomisation test of both sides, or of
// Welch's where the arms are large for their skewness. Customers without an x, NaN, count
// as the mean of the others. It is NaN where nobody's x differs.
func (a Arms) Balance(x []float64) float64 {
	x = filled(x)
	c := a.compare(x)
	switch {
	case !a.Measurable() || c.se == 0 || math.IsNaN(c.se):
		return math.NaN()
	case c.normal(x):
		return 2 * distuv.UnitNormal.Survival(math.Abs(c.effect/c.se))
	}
	s := newShuffles(x, c)
	beyond := 1.
	for r := range rounds {
		if math.Abs(s.statistic(r, 0)) >= math.Abs(c.effect/c.se)*(1-rounding) {
			beyond++
		}
	}
	return beyond / (rounds + 1)
}

// filled has the mean where there is no number.
func filled(x []float64) []float64 {
	sum, n := 0.0, 0.0
	for _, v := range x {
		if !math.IsNaN(v) {
			sum += v
			n++
		}
	}
	out := make([]float64, len(x))
	for i, v := range x {
		if out[i] = v; math.IsNaN(v) {
			out[i] = sum / n
		}
	}
	return out
}

// Enough tells whether there were outcomes enough for an interval of their mean: customers
// with an outcome other than 0, spread over the arms by their sizes, are five or more in
// each. Of fewer the randomisation test still holds at 0, but its interval does not know
// the tail: where treatment halves purchases, it lies above the truth up to half of the time.
//
// Source: the five are those of Cochran (1954), Biometrics 10(4), on tables of counts.
func (a Arms) Enough(y []float64) bool {
	treated, control, active := 0., 0., 0.
	for _, b := range a.blocks {
		if !b.usable() {
			continue
		}
		treated += float64(len(b.treated))
		control += float64(len(b.control))
		for _, i := range append(b.treated[:len(b.treated):len(b.treated)], b.control...) {
			if y[i] != 0 {
				active++
			}
		}
	}
	const least = 5
	return control > 0 && active*min(treated, control) >= least*(treated+control)
}

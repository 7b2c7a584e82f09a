package clv

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// LRTest is a likelihood ratio test of a model against a larger one.
type LRTest struct {
	Statistic float64 // twice the difference of the log-likelihoods, at least 0
	DF        int     // parameters that the larger model has more
	P         float64 // chance of a statistic as large if the smaller model holds
}

// sameShape is how far unit-free sums over one panel may differ when its times
// come in another unit: rounding, and no more.
const sameShape = 1e-9

// sameOptima is how far the log-likelihood of a model may be below that of one it
// contains: both hold parameters short of a limit, each somewhere else.
const sameOptima = 0.01

// LikelihoodRatio tests whether data ask for the larger of two nested models,
//
//	2 (LL(full) - LL(restricted)) ~ chi-squared, DF degrees of freedom.
//
// The fits must be to the same panel; its times may be in different units. A
// full fit that gave way to the restricted model gives a statistic of 0. The
// pairs are those of a model and what it becomes when nobody leaves: nbd in
// each model with dropout.
//
// There the parameters of dropout reach a bound, and the one that is left means
// nothing. The textbook distribution, which expects neither, then does not hold:
// half of the time the best fit is at the bound itself and the statistic is 0.
// With both parameters counted in DF, P errs on the high side, so that a small P
// may be believed, while a large one leaves more doubt than it seems to.
//
// The error wraps ErrNotNested.
//
// Source: Self and Liang (1987), Asymptotic properties of maximum likelihood
// estimators and likelihood ratio tests under nonstandard conditions, JASA 82,
// https://doi.org/10.1080/01621459.1987.10478472; Davies (1987), Hypothesis
// testing when a nuisance parameter is present only under the alternative,
// Biometrika 74, https://doi.org/10.1093/biomet/74.1.33.
func LikelihoodRatio(restricted, full Fit) (LRTest, error) {
	df, err := nestedBy(restricted, full)
	if err != nil {
		return LRTest{}, err
	}
	if err := restricted.samePanel(full.Estimate); err != nil {
		return LRTest{}, err
	}
	// A density of x times has the unit of time to the power -x.
	unit := full.Customers * full.data.meanX * math.Log(full.data.meanT/restricted.data.meanT)
	statistic := 2 * (full.LogLikelihood + unit - restricted.LogLikelihood)
	if !within(sameOptima, full.LogLikelihood+unit, restricted.LogLikelihood) {
		return LRTest{}, fmt.Errorf("%w: the log-likelihood of %s is below that of %s, by %.3g; its fit is not at its top",
			ErrNotNested, full.Model.Name(), restricted.Model.Name(), -statistic/2)
	}
	statistic = max(statistic, 0)
	return LRTest{Statistic: statistic, DF: df, P: distuv.ChiSquared{K: float64(df)}.Survival(statistic)}, nil
}

// nestedBy returns how many parameters the model asked for in full has beyond
// those of restricted, which it must contain.
func nestedBy(restricted, full Fit) (int, error) {
	if restricted.Model == nil || full.Model == nil {
		return 0, fmt.Errorf("%w: a fit has no model; use fits that FitModel returned", ErrNotNested)
	}
	f, err := familyOf(full.Asked)
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrNotNested, err)
	}
	for _, l := range f.limits {
		if l.model == restricted.Model.Name() {
			return len(f.params) - len(restricted.Params), nil
		}
	}
	return 0, fmt.Errorf("%w: %s does not contain %s", ErrNotNested, full.Asked, restricted.Model.Name())
}

// samePanel returns an error for fits to different customers.
func (e Estimate) samePanel(other Estimate) error {
	for _, pair := range []struct {
		what string
		a, b float64
	}{
		{"customers", e.Customers, other.Customers},
		{"distinct rows", float64(e.Rows), float64(other.Rows)},
		{"mean x", e.data.meanX, other.data.meanX},
		{"mean t_x as a share of t", e.data.tx, other.data.tx},
	} {
		if !(math.Abs(pair.a-pair.b) <= sameShape*math.Abs(pair.a)) {
			return fmt.Errorf("%w: fits to different panels: %s %v and %v", ErrNotNested, pair.what, pair.a, pair.b)
		}
	}
	return nil
}

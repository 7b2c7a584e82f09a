package clv

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"clientele/internal/wording"
)

// checkK returns an error for a k that the family does not have, or that would have
// to be found in a panel that does not tell it.
func (f family) checkK(p Panel, k int) error {
	switch {
	case f.at == nil && k != 0:
		return fmt.Errorf("%w: k (%d) is given, and the model has none", ErrParameter, k)
	case f.at == nil:
		return nil
	case k < 0 || float64(k) > f.params[0].whole:
		return fmt.Errorf("%w: k (%d) is not a whole number from 1 to %v, or 0 for the likeliest", ErrParameter, k, f.params[0].whole)
	case k == 0 && p.LnGaps == nil:
		return fmt.Errorf("%w: the likeliest k shows in the sum of the logarithms of each customer's gaps between purchases; give those, or k", ErrNoGaps)
	}
	return nil
}

// fitBest is the fit at the k given or, of one after another from 1 on, at the last
// before the log-likelihood falls. The likelihood of k rises up to the regularity of the
// gaps and falls beyond it, so that there is one maximum.
func (t problem) fitBest(o FitOptions) (best Fit) {
	if t.family.at == nil {
		return t.fit(o.Start)
	}
	of := t.family.at
	if o.K > 0 {
		t.family = of(o.K)
		return t.fit(o.Start)
	}
	most := int(t.family.params[0].whole)
	for k := 1; k <= most; k++ {
		t.family = of(k)
		next := t.fit(o.Start)
		if k > 1 && !(next.LogLikelihood > best.LogLikelihood) {
			return best
		}
		best = next
	}
	best.Note = best.Note.And(wording.Of("model.rose", "param", "k", "value", strconv.Itoa(most), "means", t.family.params[0].high))
	return best
}

// settings are the values of the fixed parameters.
func (f family) settings() []float64 { return slices.Clone(f.fixedAt) }

// withSettings puts the fixed parameters of a family before those that were fitted.
// They have no standard error: a whole number is no point of a smooth curve. Nor
// does AIC count them.
func (e *Estimate) withSettings(f family) {
	n := f.fixed
	if n == 0 {
		return
	}
	e.Params = append(namedParams(paramNames(f.params[:n]), f.settings()), e.Params...)
	size := len(e.Params)
	covariance := make([][]float64, size)
	for i := range covariance {
		covariance[i] = make([]float64, size)
		for j := range covariance[i] {
			covariance[i][j] = math.NaN()
			if i >= n && j >= n {
				covariance[i][j] = e.Covariance[i-n][j-n]
			}
		}
	}
	e.Covariance = covariance
}

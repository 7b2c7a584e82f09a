package clv

import (
	"fmt"
	"math"
	"slices"

	"clientele/internal/wording"
)

// shortestMeanT is the least mean t of a panel, in model units. In any unit
// from a second upwards it is no time at all, and alpha could no longer be told
// from MinParam.
const shortestMeanT = 1e-6

// Fit is a model fitted by maximum likelihood, times in the panel's unit.
//
// Model is of the kind asked for unless Note says that the data cannot tell it
// from a simpler one, which then takes its place: the fit, its log-likelihood
// and its standard errors are all of Model.
type Fit struct {
	Estimate
	Asked string // name of the model asked for
	Model *Model
}

// FitOptions say how to fit. None of them but K changes the result.
type FitOptions struct {
	// K holds the k of bg-cnbd-k or mbg-cnbd-k. With 0 it is the likeliest, for which
	// the panel needs LnGaps; other models have no k.
	K int

	// Start is a point near which the optimum may be, such as the parameters of a
	// fit to last night's panel, by name and in the panel's unit. It saves steps
	// on a large panel. One that leads elsewhere than a fit without it, or that
	// is not a point of the model, is ignored.
	Start   map[string]float64
	Workers int // goroutines; below 1 means 1
}

// FitModel is FitModelWith from the model's own starts.
func FitModel(name string, p Panel, workers int) (Fit, error) {
	return FitModelWith(name, p, FitOptions{Workers: workers})
}

// FitModelWith fits the named model to a panel by maximum likelihood. The result
// has the same bits for any number of workers, any order of the rows and any
// start, so there is nothing to tune.
//
// Where the data do not determine every parameter, the fit says so in Note and
// makes the best of it: it gives way to a simpler model if that is as good, and
// otherwise holds parameters (Held) where they make no difference. Either way
// it is a maximum of the rest, which Converged confirms, and may be used.
//
// Errors wrap ErrUnknownModel, ErrRow, ErrNoCustomers, ErrNoRepeat or
// ErrNoExposure, ErrNoGaps or ErrParameter, with an empty Fit; or ErrNotIdentified, with the best point
// found, where the data determine not one parameter.
func FitModelWith(name string, p Panel, o FitOptions) (Fit, error) {
	f, err := familyOf(name)
	if err != nil {
		return Fit{}, err
	}
	if err := p.Validate(); err != nil {
		return Fit{}, fmt.Errorf("fit %s: %w", name, err)
	}
	if err := f.checkPanel(p); err != nil {
		return Fit{}, fmt.Errorf("fit %s: %w", name, err)
	}
	if err := f.checkK(p, o.K); err != nil {
		return Fit{}, fmt.Errorf("fit %s: %w", name, err)
	}
	p = p.Merge()
	means, err := meansOf(p)
	if err != nil {
		return Fit{}, fmt.Errorf("fit %s: %w", name, err)
	}
	unit := f.timeUnit(means.t)
	t := problem{
		family: f, panel: p.inUnit(unit), unit: unit, customers: means.customers, meanX: means.x,
		workers: o.Workers, evaluations: new(int),
	}
	fit := t.fitBest(o)
	fit.Evaluations = *t.evaluations
	fit.data = fingerprint{meanX: means.x, meanT: means.t, tx: means.tx / means.t}
	return fit, fit.check("fit " + name)
}

// fit is the best fit of a family without a whole number, or with one that is given.
func (t problem) fit(start map[string]float64) Fit {
	best := t.search(t.startAt(start))
	theta, s := best.refine()
	fit := Fit{Asked: t.family.name}
	fit.Estimate = best.estimate(theta, s, t.customers*t.meanX)
	fit.Model = best.family.model(append(best.family.settings(), theta...))
	fit.withSettings(best.family)
	return fit
}

// check returns an error wrapping ErrNotIdentified for an estimate that is no
// maximum in any parameter.
func (e Estimate) check(where string) error {
	if e.Converged {
		return nil
	}
	return fmt.Errorf("%s: %w", where, failure{ErrNotIdentified, wording.Of("model.not_identified", "note", e.Note)})
}

// startAt turns parameters by name into log parameters, or into nil where they are
// not those of the family.
func (t problem) startAt(params map[string]float64) []float64 {
	theta, err := t.family.values(params)
	if err != nil || !slices.Equal(theta[:t.family.fixed], t.family.settings()) {
		return nil
	}
	theta = theta[t.family.fixed:]
	for i, p := range t.family.free() {
		theta[i] /= p.in(t.unit)
	}
	return logsOf(theta)
}

// timeUnit is what times are divided by for the search: their mean, unless the
// model counts them in opportunities, which must stay whole.
func (f family) timeUnit(mean float64) float64 {
	for _, p := range f.params {
		if p.scales {
			return mean
		}
	}
	return 1
}

// panelMeans are sums and means over the customers of a panel.
type panelMeans struct {
	customers float64
	x, tx, t  float64 // means
}

// meansOf returns the means of a merged panel, or why nothing can be learnt
// from it.
func meansOf(p Panel) (m panelMeans, err error) {
	for i, w := range p.Weight {
		m.customers += w
		m.x += w * p.X[i]
		m.tx += w * p.TX[i]
		m.t += w * p.T[i]
	}
	if m.customers == 0 {
		return m, failure{ErrNoCustomers, wording.Of("model.no_customers")}
	}
	m.x /= m.customers
	m.tx /= m.customers
	m.t /= m.customers
	switch {
	case m.x == 0:
		return m, failure{ErrNoRepeat, wording.Of("model.no_repeat", "customers", fmt.Sprint(m.customers))}
	case m.t < shortestMeanT:
		return m, failure{ErrNoExposure, wording.Of("model.no_exposure", "t", fmt.Sprint(m.t), "least", fmt.Sprint(shortestMeanT))}
	}
	return m, nil
}

// inUnit is the panel with times in multiples of unit.
func (p Panel) inUnit(unit float64) Panel {
	scaled := Panel{X: p.X, TX: make([]float64, p.Len()), T: make([]float64, p.Len()), Weight: p.Weight}
	for i := range p.X {
		scaled.TX[i], scaled.T[i] = p.TX[i]/unit, p.T[i]/unit
	}
	if p.LnGaps != nil {
		scaled.LnGaps = make([]float64, p.Len())
		for i, sum := range p.LnGaps {
			scaled.LnGaps[i] = sum - p.X[i]*math.Log(unit)
		}
	}
	return scaled
}

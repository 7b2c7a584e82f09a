package clv

import "fmt"

// shortestMeanT is the least mean t of a panel, in model units. In any unit
// from a second upwards it is no time at all, and alpha could no longer be told
// from MinParam.
const shortestMeanT = 1e-6

// Fit is a model fitted by maximum likelihood, times in the panel's unit.
type Fit struct {
	Estimate
	Model *Model
}

// FitModel fits the named model to a panel by maximum likelihood, on up to
// workers goroutines; the result has the same bits for any number of them and
// any order of the rows. Its starts are fixed, so there is nothing to tune.
//
// Errors wrap ErrUnknownModel, ErrRow, ErrNoCustomers, ErrNoRepeat or
// ErrNoExposure, with an empty Fit; or ErrNotIdentified, with the best point
// found, Converged false and a Note that says which parameters are loose.
func FitModel(name string, p Panel, workers int) (Fit, error) {
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
	p = p.Merge()
	means, err := meansOf(p)
	if err != nil {
		return Fit{}, fmt.Errorf("fit %s: %w", name, err)
	}
	h := newHill(f.likelihood(p.inUnit(means.t)), f.params, means.t, means.customers, workers)
	fit := Fit{Estimate: h.estimate(h.climbFromAny(f.starts(means.x)), func(theta []float64) func(i int) float64 {
		m := f.model(theta)
		return func(i int) float64 { return m.LogLikelihood(p.X[i], p.TX[i], p.T[i]) }
	})}
	fit.Model = f.model(fit.theta())
	if !fit.Converged {
		return fit, fmt.Errorf("fit %s: %w: %s", name, ErrNotIdentified, fit.Note)
	}
	return fit, nil
}

// panelMeans are sums and means over the customers of a panel.
type panelMeans struct {
	customers float64
	x, t      float64 // means
}

// meansOf returns the means of a merged panel, or why nothing can be learnt
// from it.
func meansOf(p Panel) (m panelMeans, err error) {
	for i, w := range p.Weight {
		m.customers += w
		m.x += w * p.X[i]
		m.t += w * p.T[i]
	}
	if m.customers == 0 {
		return m, fmt.Errorf("%w: expected at least one row with a weight above 0", ErrNoCustomers)
	}
	m.x /= m.customers
	m.t /= m.customers
	switch {
	case m.x == 0:
		return m, fmt.Errorf("%w: x is 0 for all %v customers", ErrNoRepeat, m.customers)
	case m.t < shortestMeanT:
		return m, fmt.Errorf("%w: the mean of t is %v model units, expected at least %v; use a smaller unit or observe for longer",
			ErrNoExposure, m.t, shortestMeanT)
	}
	return m, nil
}

// inUnit is the panel with times in multiples of unit.
func (p Panel) inUnit(unit float64) Panel {
	scaled := Panel{X: p.X, TX: make([]float64, p.Len()), T: make([]float64, p.Len()), Weight: p.Weight}
	for i := range p.X {
		scaled.TX[i], scaled.T[i] = p.TX[i]/unit, p.T[i]/unit
	}
	return scaled
}

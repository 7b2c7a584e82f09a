package clv

import (
	"fmt"
	"math"
)

const (
	// boxLow and boxHigh bound the parameters of a fit, times in multiples of
	// the mean t. A fit that gets there has found no such parameter in the data.
	boxLow  = 1e-6
	boxHigh = 1e6
	// shortestMeanT is the least mean t of a panel, in model units. In any unit
	// from a second upwards it is no time at all, and alpha could no longer be
	// told from MinParam.
	shortestMeanT = 1e-6
)

// Fit is a model fitted by maximum likelihood, and how well.
type Fit struct {
	Model         Model
	Params        []Param     // as Model.Params, with standard errors
	LogLikelihood float64     // at the fitted parameters, times in the panel's unit
	Customers     float64     // sum of the weights
	Rows          int         // distinct rows
	Covariance    [][]float64 // of Params; NaN where it does not exist
	AIC, BIC      float64     // BIC counts customers, not rows
	Iterations    int         // of the climb that was kept
	GradNorm      float64     // largest |dLL/d ln(parameter)| per customer
	Converged     bool        // a maximum that pins down every parameter
	Note          string      // why it did not converge; empty otherwise
}

// FitModel fits the named model to a panel by maximum likelihood, on up to
// workers goroutines; the result has the same bits for any number of them and
// any order of the rows. Its starts are fixed, so there is nothing to tune.
//
// Errors wrap ErrUnknownModel, ErrRow, ErrNoCustomers, ErrNoRepeat or
// ErrNoExposure, with an empty Fit; or ErrNotIdentified, with the best point
// found, Converged false and a Note that says which parameter is loose.
func FitModel(name string, p Panel, workers int) (Fit, error) {
	f, err := familyOf(name)
	if err != nil {
		return Fit{}, err
	}
	if err := p.Validate(); err != nil {
		return Fit{}, fmt.Errorf("fit %s: %w", name, err)
	}
	p = p.Merge()
	means, err := meansOf(p)
	if err != nil {
		return Fit{}, fmt.Errorf("fit %s: %w", name, err)
	}
	box := f.hill(p, means, workers)
	top := box.climbFromAny(logsOf(f.starts(means.x)))
	fit := f.fitAt(top, p, means, workers)
	if fit.Converged = box.converged(top); !fit.Converged {
		fit.Note = box.explain(top, f.params)
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

// hill puts the likelihood of a panel into a box, with times in multiples of
// the mean t, so that the unit of the data changes nothing.
func (f family) hill(p Panel, m panelMeans, workers int) hill {
	scaled := Panel{X: p.X, TX: make([]float64, p.Len()), T: make([]float64, p.Len()), Weight: p.Weight}
	for i := range p.X {
		scaled.TX[i], scaled.T[i] = p.TX[i]/m.t, p.T[i]/m.t
	}
	h := newHill(f.likelihood(scaled), m.customers, workers)
	for _, i := range f.times {
		h.low[i] = max(h.low[i], math.Log(MinParam/m.t))
		h.high[i] = min(h.high[i], math.Log(MaxParam/m.t))
	}
	return h
}

// newHill makes a hill in the box from boxLow to boxHigh.
func newHill(l likelihood, customers float64, workers int) hill {
	h := hill{likelihood: l, customers: customers, workers: workers}
	for range l.k {
		h.low = append(h.low, math.Log(boxLow))
		h.high = append(h.high, math.Log(boxHigh))
	}
	return h
}

// logsOf takes the logarithms of starts.
func logsOf(starts [][]float64) [][]float64 {
	logs := make([][]float64, len(starts))
	for i, start := range starts {
		for _, v := range start {
			logs[i] = append(logs[i], math.Log(v))
		}
	}
	return logs
}

// fitAt describes the summit in the panel's unit.
func (f family) fitAt(top summit, p Panel, m panelMeans, workers int) Fit {
	units := ones(len(f.params))
	for _, i := range f.times {
		units[i] = m.t
	}
	theta := top.params(units)
	model := f.build(theta)
	fit := Fit{
		Model:      model,
		Customers:  m.customers,
		Rows:       p.Len(),
		Covariance: top.covariance(theta),
		Iterations: top.steps,
		GradNorm:   top.gradNorm,
	}
	fit.Params = withErrors(model.Params(), fit.Covariance)
	fit.LogLikelihood = sumRows(p.Weight, workers, func(i int) float64 {
		return model.LogLikelihood(p.X[i], p.TX[i], p.T[i])
	})
	fit.AIC, fit.BIC = criteria(fit.LogLikelihood, len(theta), m.customers)
	return fit
}

package clv

import "math"

// Estimate is what maximum likelihood found, and how sure it is.
type Estimate struct {
	Params        []Param     // in the papers' order, with standard errors
	LogLikelihood float64     // at the fitted parameters, in the units of the data
	Customers     float64     // weight of the rows used
	Rows          int         // distinct rows used
	Covariance    [][]float64 // of Params; NaN where it does not exist
	AIC, BIC      float64     // BIC counts customers, not rows
	Iterations    int         // of the climb that was kept
	GradNorm      float64     // largest |dLL/d ln(parameter)| per customer
	Converged     bool        // a maximum that pins down every parameter
	Note          string      // what is wrong with the fit; empty where nothing is
}

// estimate describes a summit in the unit of the data, where at(theta) gives
// the log-likelihood of row i.
func (h hill) estimate(s summit, at func(theta []float64) func(i int) float64) Estimate {
	theta := make([]float64, len(h.params))
	for i, v := range s.logs {
		theta[i] = math.Exp(v) * h.unitOf(i)
	}
	e := Estimate{
		Params:        namedParams(paramNames(h.params), theta),
		LogLikelihood: h.sumRows(at(theta)),
		Customers:     h.customers,
		Rows:          len(h.weight),
		Covariance:    s.covariance(theta),
		Iterations:    s.steps,
		GradNorm:      s.gradNorm,
		Converged:     h.converged(s),
	}
	for i := range e.Params {
		e.Params[i].StdErr = math.Sqrt(e.Covariance[i][i])
	}
	k := float64(len(theta))
	e.AIC = 2*k - 2*e.LogLikelihood
	e.BIC = k*math.Log(h.customers) - 2*e.LogLikelihood
	if !e.Converged {
		e.Note = h.explain(s)
	}
	return e
}

// sumRows adds up the weighted log-likelihoods of all rows.
func (h hill) sumRows(of func(i int) float64) float64 {
	parts := make([]float64, chunks(len(h.weight)))
	inChunks(len(h.weight), h.workers, func(c, low, high int) {
		for i := low; i < high; i++ {
			parts[c] += h.weight[i] * of(i)
		}
	})
	total := 0.0
	for _, v := range parts {
		total += v
	}
	return total
}

// theta are the values of the parameters.
func (e Estimate) theta() []float64 {
	theta := make([]float64, len(e.Params))
	for i, p := range e.Params {
		theta[i] = p.Value
	}
	return theta
}
